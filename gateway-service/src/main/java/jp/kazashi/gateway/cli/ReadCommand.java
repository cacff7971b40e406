package jp.kazashi.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.YearMonth;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The doctor's or receipt computer's read of one category of a check. */
@Command(
    name = "read",
    description = "Reads the records a check has consent for.",
    mixinStandardHelpOptions = true)
final class ReadCommand implements Callable<Integer> {
  private static final Map<String, String> PATHS =
      Map.of(
          "medication", "medications",
          "checkup", "checkups",
          "care", "care",
          "surgery", "surgeries");

  @Spec CommandSpec spec;

  @Option(names = "--check", required = true, description = "id of the check")
  String check;

  @Option(
      names = "--category",
      required = true,
      description = "medication, checkup, care or surgery")
  String category;

  @Option(names = "--from", description = "first month, YYYY-MM")
  @Nullable YearMonth from;

  @Option(names = "--to", description = "last month, YYYY-MM")
  @Nullable YearMonth to;

  @Option(names = "--json", description = "print the whole answer")
  boolean whole;

  @Override
  public Integer call() throws WorldAccess.Fault {
    try (WorldAccess gateway = WorldAccess.asReceiptComputer()) {
      WorldAccess.Reply reply = gateway.get("/v1/checks/" + check + "/" + path() + months());
      print(reply);
      return reply.isGiven() ? GatewayCommand.GOOD : GatewayCommand.NEGATIVE;
    }
  }

  private String path() {
    String path = PATHS.get(category);
    if (path == null) {
      throw new ParameterException(
          spec.commandLine(),
          "'" + category + "' is no category; categories: medication, checkup, care, surgery");
    }
    return path;
  }

  private String months() {
    String query = (from == null ? "" : "&from=" + from) + (to == null ? "" : "&to=" + to);
    return query.isEmpty() ? "" : "?" + query.substring(1);
  }

  private void print(WorldAccess.Reply reply) {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode body = reply.body();
    if (whole) {
      out.println(body.toPrettyString());
    } else if (reply.isGiven()) {
      body.path("records").forEach(record -> out.println(line(record)));
    } else {
      out.println(body.path("reason").asText() + ": " + body.path("title").asText());
      WorldAccess.nextStep(body).ifPresent(step -> out.println("next step: " + step));
    }
  }

  /** What a category does not have is left out. */
  private static String line(JsonNode record) {
    return Stream.of(
            record.path("date").asText(),
            record.path("name").asText(record.path("practice").path("name").asText()),
            record.path("quantity").asText() + record.path("unit").asText(),
            record.path("kind").asText(),
            results(record.path("results")),
            record.path("facilityName").asText())
        .filter(part -> !part.isBlank())
        .collect(Collectors.joining("  "));
  }

  private static String results(JsonNode results) {
    return StreamSupport.stream(results.spliterator(), false)
        .map(each ->
            each.path("name").asText()
                + " "
                + each.path("value").asText()
                + each.path("unit").asText(""))
        .collect(Collectors.joining(", "));
  }
}
