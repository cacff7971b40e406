package jp.kazashi.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.YearMonth;
import java.util.Map;
import java.util.concurrent.Callable;
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
  private static final Map<String, String> PATHS = Map.of("medication", "medications");

  @Spec CommandSpec spec;

  @Option(names = "--check", required = true, description = "id of the check")
  String check;

  @Option(names = "--category", required = true, description = "medication")
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
          "'" + category + "' cannot be read in this version; categories: medication");
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

  private static String line(JsonNode record) {
    return String.join(
        "  ",
        record.path("date").asText(),
        record.path("name").asText(),
        record.path("quantity").asText() + record.path("unit").asText(),
        record.path("facilityName").asText());
  }
}
