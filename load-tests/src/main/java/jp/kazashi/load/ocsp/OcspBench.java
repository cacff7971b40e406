package jp.kazashi.load.ocsp;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import jp.kazashi.load.ocsp.AskedResponder.Measured;
import jp.kazashi.load.ocsp.AskedResponder.Nonce;
import jp.kazashi.simulator.world.EmbeddedPrograms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./kazashi bench ocsp}: what the simulated responder answers in a second of one core. */
@Command(
    name = "ocsp",
    mixinStandardHelpOptions = true,
    description = {
      "Answers of the simulated OCSP responder per second of one core, over HTTP on kept"
          + " connections",
      "of this machine, beside the RSA-2048 signature that an answer with a nonce cannot do"
          + " without.",
      "Only the responder's own threads are counted; every answer is judged."
    })
public final class OcspBench implements Callable<Integer> {
  private final InstantSource clock;

  @Spec CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "of each measurement and of each warm-up (${DEFAULT-VALUE})")
  int seconds = 10;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "that ask at the same time (${DEFAULT-VALUE})")
  int connections = 16;

  public OcspBench(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Measuring, about %d s.%n", 6 * seconds);
    out.flush();
    Path folder = Files.createTempDirectory("kazashi-bench-ocsp");
    try (AskedResponder responder = AskedResponder.start(folder, clock)) {
      responder.signing(seconds);
      Measured signing = responder.signing(seconds);
      tell(out, "signing alone", signing, signing);
      for (Nonce nonce : Nonce.values()) {
        responder.asked(nonce, connections, seconds);
        tell(out, nonce.words(), responder.asked(nonce, connections, seconds), signing);
      }
    } finally {
      EmbeddedPrograms.delete(folder);
    }
    return 0;
  }

  private static void tell(PrintWriter out, String what, Measured measured, Measured floor) {
    out.printf(
        Locale.ROOT,
        "%-18s %,10.0f /s of one core  %6.2f of signing alone  (%,d in all)%n",
        what,
        measured.perSecond(),
        measured.perSecond() / floor.perSecond(),
        measured.count());
    out.flush();
  }
}
