package jp.kazashi.reader.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import jp.kazashi.consent.MedicalCategory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One complete visit, carried out by the running reader. */
@Command(
    name = "visit",
    description = "Carries out one complete visit with a virtual card.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:answered", "1:a fault", "3:refused"},
    optionListHeading = "%nOptions:%n",
    sortOptions = false)
public final class VisitCommand implements Callable<Integer> {

  private static final int ANSWERED = 0;
  private static final int FAULT = 1;
  private static final int REFUSED = 3;

  /** What is a fault of the machinery rather than an answer about the card. */
  private static final Set<String> FAULTS =
      Set.of("GATEWAY_UNREACHABLE", "READER_TROUBLE", "METHOD_UNAVAILABLE");

  @Spec private CommandSpec spec;

  @Option(
      names = "--card",
      required = true,
      paramLabel = "NAME",
      description = "The card, such as hanako (see: kazashi card list).")
  private String card;

  @Option(
      names = "--method",
      defaultValue = "pin",
      paramLabel = "pin|face|staff",
      description =
          "How the holder of a card is confirmed: pin (default), face (scripted) or staff (the"
              + " first demo account confirms by sight). A phone is its own method.")
  private String method;

  @Option(
      names = "--pin",
      defaultValue = "1234",
      paramLabel = "1234",
      description = "The PIN to type, once (default: ${DEFAULT-VALUE}).")
  private String pin;

  @Option(
      names = "--consent",
      defaultValue = "none",
      paramLabel = "all|none|LIST",
      description =
          "What the patient lets the institution read, of what is offered: all, none (default), or"
              + " a list of medication, checkup, care, surgery.")
  private String consent;

  @Option(
      names = "--register",
      defaultValue = "no",
      paramLabel = "yes|no",
      description = "Whether a card not yet registered is registered (default: no).")
  private String register;

  @Option(names = "--json", description = "Prints the whole answer as JSON.")
  private boolean asJson;

  @Override
  public Integer call() throws Fault {
    ObjectNode order = order();
    RunningWorld world = RunningWorld.in(WorldHome.find());
    if (method.equals("staff")) {
      order.set("staff", world.demoStaff());
    }
    try (RunningWorld.HeadlessReader reader = world.openReader(card)) {
      return print(world.visit(order.put("reader", reader.name())));
    }
  }

  private ObjectNode order() throws Fault {
    if (!Set.of("pin", "face", "staff").contains(method)) {
      throw new Fault("There is no method '" + method + "'. Use --method pin, face or staff");
    }
    if (!pin.matches("[0-9]{4}")) {
      throw new Fault("A PIN has four digits. Use --pin 1234");
    }
    if (!Set.of("yes", "no").contains(register)) {
      throw new Fault("--register is yes or no, not '" + register + "'.");
    }
    ObjectNode order = RunningWorld.json().createObjectNode();
    order.put("method", method.toUpperCase(Locale.ROOT)).put("pin", pin);
    order.put("register", register.equals("yes"));
    putConsent(order);
    return order;
  }

  private void putConsent(ObjectNode order) throws Fault {
    if (consent.equals("all") || consent.equals("none")) {
      order.put("consent", consent);
      return;
    }
    List<String> words = Stream.of(consent.split(",", -1)).map(String::strip).toList();
    for (String word : words) {
      if (MedicalCategory.named(word).isEmpty()) {
        throw new Fault(
            "Nobody can consent to '"
                + word
                + "'. Use all, none, or a list of medication, checkup, care, surgery.");
      }
    }
    order.set("consent", RunningWorld.json().valueToTree(words));
  }

  private int print(JsonNode visit) {
    PrintWriter out = spec.commandLine().getOut();
    boolean answered = visit.path("outcome").asText().equals("ANSWERED");
    if (asJson) {
      out.println(pretty(visit));
    } else if (answered) {
      out.println(VisitText.of(visit));
    }
    boolean whole = answered && !visit.has("reason");
    if (!whole) {
      spec.commandLine().getErr().println(VisitText.ofRefusal(visit));
    }
    out.flush();
    if (answered) {
      return whole ? ANSWERED : FAULT;
    }
    return FAULTS.contains(visit.path("reason").asText()) ? FAULT : REFUSED;
  }

  private static String pretty(JsonNode visit) {
    try {
      return RunningWorld.json().writerWithDefaultPrettyPrinter().writeValueAsString(visit);
    } catch (JsonProcessingException aTreeCanBeWritten) {
      throw new IllegalStateException(aTreeCanBeWritten);
    }
  }
}
