package jp.kazashi.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Who is insured, without a card. */
@Command(
    name = "lookup",
    description = "Looks a qualification up without a card.",
    mixinStandardHelpOptions = true)
final class LookUpCommand implements Callable<Integer> {
  private static final int VALID = 1;
  private static final int VALID_UNREGISTERED = 6;

  @Spec CommandSpec spec;

  @Option(names = "--insurer", required = true, description = "insurer number (6 or 8 digits)")
  String insurer;

  @Option(names = "--symbol", description = "symbol on the document (記号)")
  @Nullable String symbol;

  @Option(names = "--number", required = true, description = "number on the document (番号)")
  String number;

  @Option(names = "--branch", description = "branch number (枝番)")
  @Nullable String branch;

  @Option(names = "--birth", required = true, description = "birth date, YYYY-MM-DD")
  LocalDate birth;

  @Option(names = "--on", description = "the day to judge; today if left out")
  @Nullable LocalDate on;

  @Option(names = "--json", description = "print the whole answer")
  boolean whole;

  @Override
  public Integer call() throws WorldAccess.Fault {
    try (WorldAccess gateway = WorldAccess.asReceiptComputer()) {
      WorldAccess.Reply reply = gateway.post("/v1/lookups", question());
      print(reply.body());
      return exit(reply);
    }
  }

  private ObjectNode question() {
    ObjectNode question = new ObjectMapper().createObjectNode();
    question.put("insurerNumber", insurer).put("symbol", symbol).put("number", number);
    question.put("branchNumber", branch).put("birthDate", birth.toString());
    question.put("on", on == null ? null : on.toString());
    return question;
  }

  private void print(JsonNode body) {
    PrintWriter out = spec.commandLine().getOut();
    if (whole) {
      out.println(body.toPrettyString());
      return;
    }
    JsonNode found = body.path("qualification");
    out.println("validity code: " + body.path("validityCode").asText("-"));
    if (found.isObject()) {
      out.println(found.path("name").asText() + "  " + found.path("insurerName").asText());
    }
    WorldAccess.nextStep(body).ifPresent(step -> out.println("next step: " + step));
  }

  private static int exit(WorldAccess.Reply reply) {
    int validity = reply.body().path("validityCode").asInt();
    boolean good = validity == VALID || validity == VALID_UNREGISTERED;
    return good ? GatewayCommand.GOOD : GatewayCommand.NEGATIVE;
  }
}
