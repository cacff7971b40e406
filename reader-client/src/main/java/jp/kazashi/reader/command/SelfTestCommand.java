package jp.kazashi.reader.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.desk.FrontDesk.Light;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.desk.StaffDesk;
import jp.kazashi.reader.face.Calibration;
import jp.kazashi.reader.face.FaceNetworks;
import jp.kazashi.reader.face.Terms;
import jp.kazashi.reader.selftest.SelfTest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at all this terminal needs, as the desk's page does, and at the card that lies there. */
@Command(
    name = "self-test",
    description = {
      "Checks line, gateway, clock, certificates, service, reader, camera, faces, the store for",
      "failures and the exchange as the desk's page does, and the card on the reader; says the",
      "remedy."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all that is needed works", "1:something does not"},
    optionListHeading = "%nOptions:%n",
    sortOptions = false)
public final class SelfTestCommand implements Callable<Integer> {

  private static final int WELL = 0;
  private static final int SOMETHING_IS_WRONG = 1;
  private static final Path CAMERA = Path.of("/dev/video0");

  private final InstantSource clock;
  private final LongSupplier ticks;

  @Spec private CommandSpec spec;

  @Option(names = "--reader", paramLabel = "NAME", description = "The reader to look at.")
  private @Nullable String reader;

  @Option(
      names = "--speed",
      description = "In a running world: how soon a card that comes or goes is noticed.")
  private boolean speed;

  public SelfTestCommand(InstantSource clock, LongSupplier ticks) {
    this.clock = clock;
    this.ticks = ticks;
  }

  @Override
  public Integer call() throws Fault {
    Readers readers = Readers.ofThisMachine(clock);
    List<Light> lights = new ArrayList<>(selfTest(readers).get());
    lights.add(card(readers.port(reader), readers));
    if (speed) {
      RunningWorld world = RunningWorld.in(WorldHome.find());
      lights.add(new DetectionSpeed(world, ticks).measure(readers));
    }
    PrintWriter out = spec.commandLine().getOut();
    lights.forEach(light -> out.println(line(light)));
    out.flush();
    return lights.stream().anyMatch(light -> light.state() == Light.State.RED)
        ? SOMETHING_IS_WRONG
        : WELL;
  }

  private SelfTest selfTest(Readers readers) throws Fault {
    TerminalHere here = TerminalHere.find();
    Terms terms = new FaceOptions().pictures();
    return new SelfTest(
        new SelfTest.Equipment(
            here.certificates(), () -> readers.forSelfTest(reader), CAMERA, () -> faces(terms)),
        here.line(),
        () -> store(here.folder()),
        new SelfTest.Clocks(readers::now, clock));
  }

  private static SelfTest.Store store(Optional<Path> folder) {
    try {
      return StaffDesk.storeIn(folder);
    } catch (IOException unreadable) {
      return new SelfTest.Store.Unusable();
    }
  }

  private static SelfTest.Faces faces(Terms terms) {
    return switch (terms.open()) {
      case Terms.Opening.Open(FaceNetworks networks, Calibration calibration) ->
          new SelfTest.Faces.Ready(networks.model().id(), calibration.id());
      case Terms.Opening.Closed(List<String> remedies) -> new SelfTest.Faces.Unavailable(remedies);
    };
  }

  /** One finding, as the page has it, in one line. */
  private static String line(Light light) {
    return "%-12s %-5s %s%s"
        .formatted(
            light.subject().name().toLowerCase(Locale.ROOT),
            colour(light.state()),
            light.says().en(),
            light.remedy().map(remedy -> " " + remedy.en()).orElse(""));
  }

  private static String colour(Light.State state) {
    return switch (state) {
      case GREEN -> "fine";
      case YELLOW -> "note";
      case RED -> "FAULT";
    };
  }

  /** Only here: at the desk it would be the patient's. */
  private static Light card(CardPort port, Readers readers) {
    return switch (port.open()) {
      case CardOpening.Opened(CardSession session) -> {
        try (session) {
          yield cardOn(session, readers);
        }
      }
      case CardOpening.NoCard _ ->
          Light.yellow(
              Light.Subject.CARD,
              new Sentence(port.name() + " にはありません。", "None is on " + port.name() + "."),
              new Sentence("置いて、もう一度点検してください。", "Put one on it to see."));
      case CardOpening.ReaderTrouble(String what) ->
          Light.red(
              Light.Subject.CARD,
              new Sentence(what, what),
              new Sentence("先にサービスとリーダーを直してください。", "Mend service and reader first."));
    };
  }

  private static Light cardOn(CardSession session, Readers readers) {
    Sentence another =
        new Sentence("別のカード、次に別のリーダーを試してください。", "Try another card, then another reader.");
    try {
      CardTelling telling = CardTelling.of(session, readers.now());
      String kind = telling.lines().getFirst().replaceFirst("^Card +", "");
      Sentence says = new Sentence(kind, kind);
      return telling.isUsable()
          ? Light.green(Light.Subject.CARD, says)
          : Light.yellow(Light.Subject.CARD, says, another);
    } catch (Fault e) {
      return Light.red(Light.Subject.CARD, new Sentence(e.line(), e.line()), another);
    }
  }
}
