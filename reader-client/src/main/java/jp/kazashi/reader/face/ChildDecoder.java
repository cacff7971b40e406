package jp.kazashi.reader.face;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes each portrait in a process of its own that ends with it (ADR 0035). The next one is
 * started beforehand, so that nobody waits for a JVM.
 */
public final class ChildDecoder implements PortraitDecoder, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final List<String> FRUGAL =
      List.of(
          "-Xmx48m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-XX:-UsePerfData",
          // Nothing of a portrait reaches a disk when it breaks.
          "-XX:-CreateCoredumpOnCrash",
          "-XX:-HeapDumpOnOutOfMemoryError",
          "-XX:+SuppressFatalErrorMessage",
          "--enable-native-access=ALL-UNNAMED");

  private final List<String> command;
  private final Duration patience;
  private @Nullable Process spare;
  private boolean over;

  /**
   * @param library the folder of {@link NativeLibrary}
   */
  public ChildDecoder(Path library) {
    this(command(DecoderMain.class.getName(), library.toAbsolutePath().toString()), PATIENCE);
  }

  ChildDecoder(List<String> command, Duration patience) {
    this.command = List.copyOf(command);
    this.patience = patience;
  }

  static List<String> command(String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FRUGAL);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Starts the one for the next portrait. */
  public synchronized void prepare() {
    if (!over && (spare == null || !spare.isAlive())) {
      try {
        spare = start();
      } catch (IOException notNow) {
        // Tried again, and told, when a portrait comes.
        spare = null;
      }
    }
  }

  @Override
  public Pixels.Decoding decode(byte[] jpeg2000) {
    switch (Jp2Header.judge(jpeg2000)) {
      case Jp2Header.Judgement.Refused(FaceReason reason) -> {
        return new Pixels.Decoding.Refused(reason);
      }
      case Jp2Header.Judgement.Plain plain -> {
        try {
          return decode(take(), jpeg2000, plain);
        } catch (IOException noProcess) {
          return new Pixels.Decoding.Refused(FaceReason.NOT_DECODED);
        } finally {
          prepare();
        }
      }
    }
  }

  private Pixels.Decoding decode(
      Process child, byte[] jpeg2000, Jp2Header.Judgement.Plain expected) {
    FutureTask<Optional<Pixels>> talk = new FutureTask<>(() -> talk(child, jpeg2000, expected));
    Thread.ofPlatform().daemon().name("portrait").start(talk);
    try {
      return talk.get(patience.toMillis(), TimeUnit.MILLISECONDS)
          .<Pixels.Decoding>map(Pixels.Decoding.Decoded::new)
          .orElseGet(() -> new Pixels.Decoding.Refused(FaceReason.NOT_DECODED));
    } catch (TimeoutException silent) {
      return new Pixels.Decoding.Refused(FaceReason.DECODER_SILENT);
    } catch (ExecutionException broken) {
      return new Pixels.Decoding.Refused(FaceReason.NOT_DECODED);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Pixels.Decoding.Refused(FaceReason.NOT_DECODED);
    } finally {
      child.destroyForcibly();
    }
  }

  /** What it sends back is a stranger's word too: only the size that was announced is taken. */
  private static Optional<Pixels> talk(
      Process child, byte[] jpeg2000, Jp2Header.Judgement.Plain expected) throws IOException {
    try (DataOutputStream to = new DataOutputStream(child.getOutputStream());
        DataInputStream from = new DataInputStream(child.getInputStream())) {
      to.writeInt(jpeg2000.length);
      to.write(jpeg2000);
      to.flush();
      int width = from.readInt();
      int height = from.readInt();
      int components = from.readInt();
      if (width != expected.width()
          || height != expected.height()
          || components != expected.components()) {
        return Optional.empty();
      }
      byte[] points = new byte[width * height * components];
      from.readFully(points);
      return Optional.of(Pixels.of(width, height, components, points));
    }
  }

  private synchronized Process take() throws IOException {
    Process ready = spare;
    spare = null;
    return ready != null && ready.isAlive() ? ready : start();
  }

  private Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    // It has no use for keys and passwords of this terminal.
    builder.environment().clear();
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  @Override
  public synchronized void close() {
    over = true;
    if (spare != null) {
      spare.destroyForcibly();
      spare = null;
    }
  }
}
