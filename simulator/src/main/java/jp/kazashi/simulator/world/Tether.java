package jp.kazashi.simulator.world;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts children that cannot outlive this process, even when it is killed with -9.
 *
 * <p>On Linux the kernel sends each child its last signal. It watches the forking <em>thread</em>,
 * not the process, so one platform thread forks them all and lives as long as the tether. Where
 * {@code setpriv} cannot do this, a small shell stands between: it holds a pipe to this process and
 * ends the child when the pipe ends.
 */
public final class Tether implements AutoCloseable {
  /** What the child gets when this process is gone. */
  public enum LastSignal {
    /** At once: for parts that keep nothing, or keep it in a journal. */
    KILL,
    /** PostgreSQL's immediate shutdown: its own children leave with it. */
    QUIT
  }

  /** What to start. */
  public record Start(
      List<String> command,
      Map<String, String> environment,
      Path folder,
      Path log,
      LastSignal lastSignal) {
    public Start {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
      if (command.isEmpty()) {
        throw new IllegalArgumentException("a command is needed");
      }
    }
  }

  /** A running child: {@code pid} is the real one, not that of anything standing between. */
  public record Tied(Process process, long pid) {
    public CompletableFuture<Integer> ended() {
      return process.onExit().thenApply(Process::exitValue);
    }

    public boolean isAlive() {
      return process.isAlive();
    }

    /** Asks with this signal, and after the patience kills. Returns when the child is gone. */
    public void stop(String signal, long patienceMillis) {
      if (!process.isAlive()) {
        return;
      }
      signal(signal);
      try {
        if (!process.waitFor(patienceMillis, TimeUnit.MILLISECONDS)) {
          ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          process.waitFor();
        }
      } catch (InterruptedException stopped) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }

    private void signal(String signal) {
      try {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start()
            .waitFor();
      } catch (IOException noKillCommand) {
        process.destroy();
      } catch (InterruptedException stopped) {
        process.destroy();
        Thread.currentThread().interrupt();
      }
    }
  }

  private final boolean kernelWatches;
  private final ExecutorService forker;

  private Tether(boolean kernelWatches) {
    this.kernelWatches = kernelWatches;
    this.forker =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("kazashi-tether").daemon().factory());
  }

  /** The best this machine has. */
  public static Tether ofThisMachine() {
    return new Tether(setprivKnowsParentDeath() && isOnPath("setsid"));
  }

  /** The way without the kernel's help, as on macOS. */
  public static Tether byKeeper() {
    return new Tether(false);
  }

  /** Starts the child; its output is appended to its log. */
  public Tied start(Start start) {
    try {
      return forker.submit(() -> kernelWatches ? watched(start) : kept(start)).get();
    } catch (ExecutionException failed) {
      throw new WorldTrouble(
          "Cannot start "
              + start.command().getFirst()
              + ": "
              + (failed.getCause() == null ? failed : failed.getCause()).getMessage(),
          failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new WorldTrouble("Interrupted while starting " + start.command().getFirst(), stopped);
    }
  }

  /** Lets go: whatever still runs gets its last signal. */
  @Override
  public void close() {
    forker.shutdown();
  }

  private static Tied watched(Start start) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("setsid", "setpriv", "--pdeathsig", start.lastSignal().name(), "--"));
    // Had this process died before setpriv asked for the signal, none would ever come.
    command.addAll(
        List.of(
            "sh",
            "-c",
            "[ \"$PPID\" = \"$1\" ] || exit 1; shift; exec \"$@\"",
            "tied",
            Long.toString(ProcessHandle.current().pid())));
    // Changing the user clears the signal, so what comes here may not change it by itself: see
    // PostgresUser, which asks for it again.
    command.addAll(start.command());
    Process process = builder(start, command).start();
    return new Tied(process, process.pid());
  }

  private static Tied kept(Start start) throws IOException {
    Path pidFile = Files.createTempFile("kazashi-child", ".pid");
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", KEEPER, "keeper", start.lastSignal().name()));
    command.add(pidFile.toString());
    command.addAll(start.command());
    Process process = builder(start, command).start();
    try {
      return new Tied(process, pidOf(process, pidFile));
    } finally {
      Files.deleteIfExists(pidFile);
    }
  }

  private static final String KEEPER =
      """
      last=$1; pid=$2; shift 2
      exec 3<&0
      "$@" </dev/null 3<&- & child=$!
      echo "$child" >"$pid.part" && mv "$pid.part" "$pid"
      (while read -r _ <&3; do :; done; kill -"$last" "$child") >/dev/null 2>&1 & watcher=$!
      wait "$child"; code=$?
      kill "$watcher" 2>/dev/null
      exit "$code"
      """;

  private static long pidOf(Process keeper, Path pidFile) throws IOException {
    while (true) {
      String text = Files.readString(pidFile, StandardCharsets.US_ASCII).strip();
      if (!text.isEmpty()) {
        return Long.parseLong(text);
      }
      try {
        if (keeper.waitFor(2, TimeUnit.MILLISECONDS)) {
          throw new IOException("it ended at once; see its log");
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", stopped);
      }
    }
  }

  private static ProcessBuilder builder(Start start, List<String> command) throws IOException {
    Path logFolder = start.log().toAbsolutePath().getParent();
    if (logFolder != null) {
      Files.createDirectories(logFolder);
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(start.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(start.log().toFile()));
    builder.environment().putAll(start.environment());
    return builder;
  }

  private static boolean setprivKnowsParentDeath() {
    return isOnPath("setpriv") && output("setpriv", "--help").contains("--pdeathsig");
  }

  static boolean isOnPath(String program) {
    String path = System.getenv("PATH");
    if (path == null) {
      return false;
    }
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  /** What a short command prints; empty where it cannot be started. */
  static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(10, TimeUnit.SECONDS) ? text : "";
    } catch (IOException notThere) {
      return "";
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** Waits for the end without an exit code of interest. */
  static boolean endsWithin(ProcessHandle process, long millis) {
    try {
      process.onExit().get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillThere) {
      return false;
    } catch (ExecutionException strange) {
      throw new UncheckedIOException(new IOException(strange));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
