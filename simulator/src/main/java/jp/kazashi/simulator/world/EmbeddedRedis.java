package jp.kazashi.simulator.world;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jp.kazashi.simulator.pki.PrivateFile;

/**
 * A real Redis of our own, on loopback only, with a random password and without scripting, ended
 * with this process. It is a cache, a limiter and a notifier: losing its last second loses nothing.
 */
public final class EmbeddedRedis implements AutoCloseable {
  private final int port;
  private final String password;
  private final Tether.Tied server;
  private final Optional<Tether> ownTether;

  private EmbeddedRedis(int port, String password, Tether.Tied server, Optional<Tether> ownTether) {
    this.port = port;
    this.password = password;
    this.server = server;
    this.ownTether = ownTether;
  }

  /** For tests: starts on a folder, which keeps the data; port 0 takes a free one. */
  public static EmbeddedRedis start(Path folder, int port) {
    Tether tether = Tether.ofThisMachine();
    try {
      EmbeddedRedis started =
          start(
              EmbeddedPrograms.besides(folder), folder, port, folder.resolve("server.log"), tether);
      return new EmbeddedRedis(started.port, started.password, started.server, Optional.of(tether));
    } catch (RuntimeException failed) {
      tether.close();
      throw failed;
    }
  }

  /** Starts and returns when it answers. */
  public static EmbeddedRedis start(
      EmbeddedPrograms programs, Path folder, int port, Path log, Tether tether) {
    Path home = folder.toAbsolutePath();
    try {
      PrivateFile.createFolder(home);
      int listening = port == 0 ? EmbeddedPostgres.freePort() : port;
      String password = password(home.resolve("password"));
      Path settings = home.resolve("redis.conf");
      PrivateFile.write(settings, settings(listening, password));
      Tether.Tied server =
          tether.start(
              new Tether.Start(
                  List.of(),
                  List.of(programs.redis().toString(), settings.toString()),
                  Map.of("TZ", "UTC", "LC_ALL", "C"),
                  home,
                  log,
                  Tether.LastSignal.KILL,
                  Tether.Input.NOTHING));
      waitUntilReady(server, listening, password, log);
      return new EmbeddedRedis(listening, password, server, Optional.empty());
    } catch (IOException failed) {
      throw new WorldTrouble("Cannot start Redis in " + home + ": " + failed, failed);
    }
  }

  public String url() {
    return "redis://:%s@127.0.0.1:%d".formatted(password, port);
  }

  public int port() {
    return port;
  }

  public long pid() {
    return server.pid();
  }

  /** Completes when the server has ended, for whatever reason. */
  public CompletableFuture<Integer> ended() {
    return server.ended();
  }

  @Override
  public void close() {
    server.stop("TERM", 10_000);
    ownTether.ifPresent(Tether::close);
  }

  /** In a file of mode 0600, not on the command line, where every user could read it. */
  private static String settings(int port, String password) {
    return """
    bind 127.0.0.1
    port %d
    protected-mode yes
    requirepass %s
    daemonize no
    databases 1
    maxmemory 256mb
    maxmemory-policy volatile-lru
    appendonly yes
    appendfsync everysec
    save ""
    # An old Redis: what reaches code or the machine stays shut.
    rename-command EVAL ""
    rename-command EVALSHA ""
    rename-command SCRIPT ""
    rename-command MODULE ""
    rename-command DEBUG ""
    rename-command CONFIG ""
    rename-command SLAVEOF ""
    rename-command REPLICAOF ""
    rename-command MIGRATE ""
    """
        .formatted(port, password);
  }

  private static String password(Path file) throws IOException {
    if (Files.exists(file)) {
      String kept = Files.readString(file).strip();
      if (!kept.isEmpty()) {
        return kept;
      }
    }
    String made = Secret.word();
    PrivateFile.write(file, made + "\n");
    return made;
  }

  private static void waitUntilReady(Tether.Tied server, int port, String password, Path log)
      throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!answers(port, password)) {
      try {
        if (server.process().waitFor(10, TimeUnit.MILLISECONDS)) {
          throw new WorldTrouble("Redis ended while starting; see " + log + ".");
        }
      } catch (InterruptedException stopped) {
        server.process().destroy();
        Thread.currentThread().interrupt();
        throw new WorldTrouble("Interrupted while starting Redis.", stopped);
      }
      if (System.nanoTime() > deadline) {
        server.stop("TERM", 2_000);
        throw new WorldTrouble("Redis was not ready within 30 seconds; see " + log + ".");
      }
    }
  }

  private static boolean answers(int port, String password) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1_000);
      socket.setSoTimeout(1_000);
      socket
          .getOutputStream()
          .write("AUTH %s\r\nPING\r\n".formatted(password).getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes("+OK\r\n+PONG\r\n".length());
      return new String(answer, StandardCharsets.US_ASCII).equals("+OK\r\n+PONG\r\n");
    } catch (ConnectException | SocketTimeoutException notYet) {
      return false;
    }
  }
}
