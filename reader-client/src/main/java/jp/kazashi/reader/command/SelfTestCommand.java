package jp.kazashi.reader.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.pcsc.PcscReaders;
import jp.kazashi.reader.face.Calibration;
import jp.kazashi.reader.face.FaceNetworks;
import jp.kazashi.reader.face.Terms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at all this terminal needs, and says the next step for what is wrong. */
@Command(
    name = "self-test",
    description = "Checks service, reader, card, camera, faces, clock and line; says the remedy.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all that is needed works", "1:something does not"},
    optionListHeading = "%nOptions:%n",
    sortOptions = false)
public final class SelfTestCommand implements Callable<Integer> {

  private static final int WELL = 0;
  private static final int SOMETHING_IS_WRONG = 1;

  /** What was looked at, and how it is. */
  record Finding(String what, State state, String words) {
    enum State {
      OK,
      NOTE,
      FAULT
    }

    @Override
    public String toString() {
      return "%-8s %-6s %s".formatted(what, state, words);
    }
  }

  private final InstantSource clock;
  private final LongSupplier ticks;

  @Spec private CommandSpec spec;

  @Option(names = "--reader", paramLabel = "NAME", description = "The reader to look at.")
  private String reader;

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
    List<Finding> findings = new ArrayList<>();
    findings.add(service(readers));
    findings.add(reader(readers));
    findings.add(card(readers.port(reader), readers));
    findings.add(camera());
    findings.add(face());
    findings.addAll(LineCheck.of(readers).findings());
    if (speed) {
      RunningWorld world = RunningWorld.in(WorldHome.find());
      findings.add(new DetectionSpeed(world, ticks).measure(readers));
    }
    PrintWriter out = spec.commandLine().getOut();
    findings.forEach(out::println);
    out.flush();
    return findings.stream().anyMatch(f -> f.state() == Finding.State.FAULT)
        ? SOMETHING_IS_WRONG
        : WELL;
  }

  private static Finding service(Readers readers) {
    return readers
        .trouble()
        .map(what ->
            new Finding(
                "service",
                Finding.State.FAULT,
                what
                    + (readers.areVirtual()
                        ? " See what runs with: ./kazashi status"
                        : " Start it: 'systemctl start pcscd' on Linux, the service 'Smart Card'"
                            + " on Windows.")))
        .orElseGet(() -> recovery(readers));
  }

  private static Finding recovery(Readers readers) {
    return readers.areVirtual() || PcscReaders.survivesRestartOfTheService()
        ? new Finding("service", Finding.State.OK, "It answers.")
        : new Finding(
            "service",
            Finding.State.NOTE,
            "It answers, but its restart would not be survived. Start Java with --add-opens"
                + " java.smartcardio/sun.security.smartcardio=ALL-UNNAMED");
  }

  private Finding reader(Readers readers) {
    List<String> names = readers.names();
    if (names.isEmpty()) {
      return new Finding(
          "reader", Finding.State.FAULT, "None is connected. Plug one in; see docs/hardware.md");
    }
    if (reader != null && !names.contains(reader)) {
      return new Finding(
          "reader",
          Finding.State.FAULT,
          "None is named '%s'. There are: %s".formatted(reader, String.join(", ", names)));
    }
    return new Finding("reader", Finding.State.OK, String.join(", ", names));
  }

  private static Finding card(CardPort port, Readers readers) {
    return switch (port.open()) {
      case CardOpening.Opened(CardSession session) -> {
        try (session) {
          yield cardOn(session, readers);
        }
      }
      case CardOpening.NoCard _ ->
          new Finding(
              "card", Finding.State.NOTE, "None is on " + port.name() + ". Put one on it to see.");
      case CardOpening.ReaderTrouble(String what) ->
          new Finding("card", Finding.State.FAULT, what + " Mend service and reader first.");
    };
  }

  private static Finding cardOn(CardSession session, Readers readers) {
    try {
      CardTelling telling = CardTelling.of(session, readers.now());
      return new Finding(
          "card",
          telling.isUsable() ? Finding.State.OK : Finding.State.NOTE,
          telling.lines().getFirst().replaceFirst("^Card +", ""));
    } catch (Fault e) {
      return new Finding(
          "card", Finding.State.FAULT, e.line() + " Try another card, then another reader.");
    }
  }

  /** The PIN needs no network either. */
  private static Finding face() throws Fault {
    return switch (new FaceOptions().pictures().open()) {
      case Terms.Opening.Open(FaceNetworks networks, Calibration calibration) ->
          new Finding(
              "face",
              Finding.State.OK,
              "%s, calibration %s.".formatted(networks.model().id(), calibration.id()));
      case Terms.Opening.Closed(List<String> remedies) ->
          new Finding(
              "face",
              Finding.State.NOTE,
              "No faces are compared here; PIN and staff confirm. "
                  + String.join("; ", remedies)
                  + ". See docs/face.md");
    };
  }

  /** The PIN needs no camera. */
  private static Finding camera() {
    return Files.exists(Path.of("/dev/video0"))
        ? new Finding("camera", Finding.State.OK, "/dev/video0 is there.")
        : new Finding(
            "camera",
            Finding.State.NOTE,
            "None was found. The PIN needs none; for faces connect one.");
  }
}
