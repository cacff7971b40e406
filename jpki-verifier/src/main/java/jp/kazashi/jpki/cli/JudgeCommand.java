package jp.kazashi.jpki.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.bundle.EvidenceBundle;
import jp.kazashi.jpki.bundle.JudgeReport;
import jp.kazashi.jpki.bundle.RecordedVerdict.Outcome;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.revocation.ListLimits;
import jp.kazashi.jpki.revocation.RevocationList;

/** {@code ./kazashi judge BUNDLE}: judges stored evidence again and says why. */
public final class JudgeCommand {
  private static final int TRUSTED = 0;
  private static final int FAULT = 1;
  private static final int NOT_TRUSTED = 3;
  private static final long MOST_OCTETS = 256L * 1024 * 1024;
  private static final String HELP =
      """
      ./kazashi judge BUNDLE [--json] [--anchors PEM] [--crl FILE]...

      Judges a stored evidence bundle (DER or JSON) again, at the instant and by the rules it was
      judged by, and says why, step by step.

        --json           the report as JSON
        --anchors PEM    judge by these anchors instead of those in the bundle
        --crl FILE       a revocation list the bundle only cites; may be repeated

      Exit: 0 trusted, 3 rejected or undetermined, 1 a fault, or another verdict than was recorded.
      """;

  private final PrintStream out;
  private final PrintStream err;

  JudgeCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    PrintStream err = new PrintStream(System.err, true, UTF_8);
    System.exit(new JudgeCommand(out, err).run(List.of(arguments)));
  }

  int run(List<String> arguments) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(HELP);
      return TRUSTED;
    }
    try {
      return run(Asked.of(arguments));
    } catch (NoSuchFileException e) {
      return fault("There is no file " + e.getFile() + ".");
    } catch (IOException e) {
      return fault("A file cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return fault(e.getMessage() + ". See ./kazashi judge --help");
    }
  }

  private int run(Asked asked) throws IOException {
    Map<Octets, RevocationList> library = new HashMap<>();
    for (Path file : asked.lists()) {
      RevocationList list =
          RevocationList.read(bytes(file), ListLimits.ordinary())
              .orElseThrow(() -> new IllegalArgumentException(file + " is no revocation list"));
      library.put(list.digest(), list);
    }
    EvidenceBundle stored =
        EvidenceBundle.read(
            bytes(asked.bundle()), digest -> Optional.ofNullable(library.get(digest)));
    EvidenceBundle bundle = stored;
    if (asked.anchors().isPresent()) {
      TrustAnchors anchors = TrustAnchors.fromPem(Files.readString(asked.anchors().get()));
      bundle = stored.with(stored.policy().with(anchors));
    }
    JudgeReport report = JudgeReport.of(bundle);
    if (asked.json()) {
      out.print(report.json());
    } else {
      out.print(report.text());
      out.println(
          asked.anchors().isPresent()
              ? "Judged by the anchors of " + asked.anchors().get() + "."
              : "Judged by the anchors the bundle brings; --anchors judges by your own.");
    }
    if (!report.agrees() && asked.anchors().isEmpty()) {
      return fault("The verdict recorded in the bundle is another one.");
    }
    return report.verdict().outcome() == Outcome.TRUSTED ? TRUSTED : NOT_TRUSTED;
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > MOST_OCTETS) {
      throw new IllegalArgumentException(file + " is too large");
    }
    return Files.readAllBytes(file);
  }

  private int fault(String what) {
    err.println("kazashi: " + what);
    return FAULT;
  }

  /** What the command line asks for. */
  private record Asked(Path bundle, boolean json, Optional<Path> anchors, List<Path> lists) {
    static Asked of(List<String> arguments) {
      Optional<Path> bundle = Optional.empty();
      Optional<Path> anchors = Optional.empty();
      List<Path> lists = new ArrayList<>();
      boolean json = false;
      for (int i = 0; i < arguments.size(); i++) {
        String argument = arguments.get(i);
        switch (argument) {
          case "--json" -> json = true;
          case "--anchors" -> anchors = Optional.of(Path.of(value(arguments, ++i, argument)));
          case "--crl" -> lists.add(Path.of(value(arguments, ++i, argument)));
          default -> {
            if (argument.startsWith("-") || bundle.isPresent()) {
              throw new IllegalArgumentException("judge takes no '" + argument + "'");
            }
            bundle = Optional.of(Path.of(argument));
          }
        }
      }
      return new Asked(
          bundle.orElseThrow(() -> new IllegalArgumentException("Which bundle? Name its file")),
          json,
          anchors,
          lists);
    }

    private static String value(List<String> arguments, int index, String option) {
      if (index >= arguments.size()) {
        throw new IllegalArgumentException(option + " needs a file");
      }
      return arguments.get(index);
    }
  }
}
