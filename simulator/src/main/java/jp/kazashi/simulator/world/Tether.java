package jp.kazashi.simulator.world;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
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
 * ends the child when the pipe ends. A child that itself leaves when its input ends needs no shell.
 */
public final class Tether implements AutoCloseable {
  /** What the child gets when this process is gone. */
  public enum LastSignal {
    /** At once: for parts that keep nothing, or keep it in a journal. */
    KILL,
    /** PostgreSQL's immediate shutdown: its own children leave with it. */
    QUIT
  }

  /** Who ends a child that the kernel does not watch. */
  public enum Input {
    /** The child reads nothing: the keeper watches. */
    NOTHING,
    /** The child is told KAZASHI_TIED=true and leaves when its input ends. */
    LIFELINE
  }

  /**
   * What to start.
   *
   * @param as words before the command that make it another user's
   */
  public record Start(
      List<String> as,
      List<String> command,
      Map<String, String> environment,
      Path folder,
      Path log,
      LastSignal lastSignal,
      Input input) {
    public Start {
      as = List.copyOf(as);
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

    public boolean endsWithin(long millis) {
      return Tether.endsWithin(process.toHandle(), millis);
    }

    /** Asks with this signal, and after the patience kills. Returns when the child is gone. */
    public void stop(String signal, long patienceMillis) {
      if (!process.isAlive()) {
        return;
      }
      run("kill", "-" + signal, Long.toString(pid));
      CompletableFuture<Process> end = process.onExit();
      try {
        // Not to be interrupted: whoever asked for the end relies on it.
        end.copy().orTimeout(patienceMillis, TimeUnit.MILLISECONDS).join();
      } catch (CompletionException stillThere) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        end.join();
      }
    }
  }

  private final boolean kernelWatches;
  private final boolean ownSessions = isOnPath("setsid");
  private final ExecutorService forker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("kazashi-tether").daemon().factory());
  private final Set<Tied> children = ConcurrentHashMap.newKeySet();

  private Tether(boolean kernelWatches) {
    this.kernelWatches = kernelWatches;
  }

  /** The best this machine has. */
  public static Tether ofThisMachine() {
    return new Tether(isOnPath("setpriv") && run("setpriv", "--help").contains("--pdeathsig"));
  }

  /** The way without the kernel's help, as on macOS. */
  static Tether byKeeper() {
    return new Tether(false);
  }

  /** Starts the child; its output is appended to its log. */
  public Tied start(Start start) {
    String program = start.command().getFirst();
    try {
      return forker.submit(() -> tied(start)).get();
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw new WorldTrouble("Cannot start " + program + ": " + cause.getMessage(), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new WorldTrouble("Interrupted while starting " + program + ".", stopped);
    }
  }

  /** Lets go: whatever still runs is ended, and gone when this returns. */
  @Override
  public void close() {
    for (Tied child : children) {
      child.stop("TERM", 2_000);
    }
    forker.shutdown();
  }

  private Tied tied(Start start) throws IOException {
    Tied child = kernelWatches ? watched(start) : unwatched(start);
    children.removeIf(earlier -> !earlier.isAlive());
    children.add(child);
    return child;
  }

  private Tied watched(Start start) throws IOException {
    List<String> command = new ArrayList<>(ownSession());
    // Becoming another user clears the wish for a last signal, so that comes first.
    command.addAll(start.as());
    command.addAll(List.of("setpriv", "--pdeathsig", start.lastSignal().name(), "--"));
    // Had this process died before the wish, no signal would ever come.
    command.addAll(
        List.of(
            "sh",
            "-c",
            "[ \"$PPID\" = \"$1\" ] || exit 1; shift; exec \"$@\"",
            "tied",
            Long.toString(ProcessHandle.current().pid())));
    command.addAll(start.command());
    Process process = builder(start, command, start.input()).start();
    return new Tied(process, process.pid());
  }

  private Tied unwatched(Start start) throws IOException {
    List<String> command = new ArrayList<>(ownSession());
    if (start.input() == Input.LIFELINE) {
      command.addAll(start.as());
      command.addAll(start.command());
      Process process = builder(start, command, Input.LIFELINE).start();
      return new Tied(process, process.pid());
    }
    Path pidFile = Files.createTempFile("kazashi-child", ".pid");
    command.addAll(
        List.of("sh", "-c", KEEPER, "keeper", start.lastSignal().name(), pidFile.toString()));
    command.addAll(start.as());
    command.addAll(start.command());
    Process keeper = builder(start, command, Input.LIFELINE).start();
    try {
      return new Tied(keeper, pidOf(keeper, pidFile));
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

  /** So that Ctrl-C reaches this process only, which then ends the others in their order. */
  private List<String> ownSession() {
    return ownSessions ? List.of("setsid") : List.of();
  }

  private static ProcessBuilder builder(Start start, List<String> command, Input input)
      throws IOException {
    Path logFolder = start.log().toAbsolutePath().getParent();
    if (logFolder != null) {
      Files.createDirectories(logFolder);
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(start.folder().toFile())
            .redirectErrorStream(true)
            .redirectInput(
                input == Input.LIFELINE ? Redirect.PIPE : Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.appendTo(start.log().toFile()));
    builder.environment().putAll(start.environment());
    if (start.input() == Input.LIFELINE) {
      builder.environment().put("KAZASHI_TIED", "true");
    }
    return builder;
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
  static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.onExit().join();
      return text;
    } catch (IOException notThere) {
      return "";
    }
  }

  static boolean endsWithin(ProcessHandle process, long millis) {
    try {
      process.onExit().get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException stillThere) {
      return !process.isAlive();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
