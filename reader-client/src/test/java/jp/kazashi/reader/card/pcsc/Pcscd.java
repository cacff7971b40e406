package jp.kazashi.reader.card.pcsc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.kazashi.simulator.card.VirtualCard;
import jp.kazashi.simulator.terminal.VpcdFront;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The machine's own pcscd with the virtual reader of vsmartcard, started for a test and ended by
 * its process. The virtual reader listens on all addresses, so it lives no longer than the test.
 */
final class Pcscd implements AutoCloseable {

  private static final Path SOCKET = Path.of("/run/pcscd/pcscd.comm");
  private static final Path PROGRAM = Path.of("/usr/sbin/pcscd");
  private static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so");

  static final String READER = "Virtual PCD 00 00";
  static final String SECOND_READER = "Virtual PCD 00 01";

  private final Path folder;
  private final int port;
  private final FileChannel alone;
  private final List<VpcdFront> fronts = new ArrayList<>();
  private @Nullable Process process;

  private Pcscd(Path folder, int port, FileChannel alone) {
    this.folder = folder;
    this.port = port;
    this.alone = alone;
  }

  /** Not running yet. Skips the test where this machine cannot run it, and says why. */
  static Pcscd prepare(Path folder, String... programs) throws IOException {
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"), "pcscd is started by root alone");
    Stream.concat(Stream.of(PROGRAM, DRIVER), Stream.of(programs).map(Path.of("/usr/bin")::resolve))
        .forEach(
            needed -> Assumptions.assumeTrue(Files.exists(needed), needed + " is not installed"));
    // One at a time on this machine, whichever build it belongs to.
    FileChannel alone =
        FileChannel.open(
            Path.of(System.getProperty("java.io.tmpdir"), "kazashi-pcscd.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    alone.lock();
    Assumptions.assumeFalse(isAnswering(), "another pcscd is running here");
    return new Pcscd(folder, freePort(), alone);
  }

  void start() {
    start(
        """
        FRIENDLYNAME "Virtual PCD"
        DEVICENAME   /dev/null:0x%X
        LIBPATH      %s
        CHANNELID    0x%X
        """
            .formatted(port, DRIVER, port));
    Until.isTrue("vpcd listens", this::isListening);
  }

  void startWithoutReaders() {
    start("");
  }

  private void start(String readers) {
    try {
      Path config = Files.createDirectories(folder.resolve("readers")).resolve("reader.conf");
      Files.writeString(config, readers);
      List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
      command.addAll(options());
      command.add(config.toString());
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(folder.resolve("pcscd.log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Until.isTrue("pcscd answers", Pcscd::isAnswering);
  }

  /** The card is on the first reader until it is closed, also after pcscd was restarted. */
  VpcdFront offer(VirtualCard card) {
    return offer(card, 0);
  }

  VpcdFront offer(VirtualCard card, int slot) {
    VpcdFront front = new VpcdFront(card, "127.0.0.1", port + slot, state -> {});
    fronts.add(front);
    Thread.ofVirtual().start(front);
    return front;
  }

  /** The last one takes the file with the readers. */
  List<String> options() {
    return List.of("--foreground", "--config");
  }

  void stop() {
    Process running = process;
    if (running != null) {
      running.destroy();
      try {
        assertThat(running.waitFor(20, TimeUnit.SECONDS)).as("pcscd ends").isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      process = null;
    }
  }

  private static boolean isAnswering() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(SOCKET));
    } catch (IOException e) {
      return false;
    }
  }

  /** For when it is stopped: while it runs, to connect would be to insert a card. */
  boolean isReachable() {
    try (SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      return channel.isConnected();
    } catch (IOException nobodyThere) {
      return false;
    }
  }

  /** Looks without connecting: to connect would be to insert a card. */
  private boolean isListening() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(false);
      probe.bind(new InetSocketAddress(port));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** The second slot listens on the port after that of the first. */
  private static int freePort() throws IOException {
    OptionalInt pair = OptionalInt.empty();
    while (pair.isEmpty()) {
      pair = freePair();
    }
    return pair.getAsInt();
  }

  private static OptionalInt freePair() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket first = new ServerSocket(0, 1, here);
        ServerSocket second = new ServerSocket(first.getLocalPort() + 1, 1, here)) {
      return OptionalInt.of(Math.min(first.getLocalPort(), second.getLocalPort()));
    } catch (BindException e) {
      return OptionalInt.empty();
    }
  }

  @Override
  public void close() throws IOException {
    fronts.forEach(VpcdFront::close);
    stop();
    alone.close();
  }
}
