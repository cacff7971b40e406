package jp.kazashi.simulator.world;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Stops the running world and returns when nothing of it is left. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops the running world; its data stays.")
final class DownCommand extends WorldCommand.Asking {
  private static final long PATIENCE_MILLIS = 120_000;

  @Override
  public Integer call() {
    WorldHome home = WorldSettings.of(System.getenv()).home();
    Map<String, Long> processes = processes(home);
    Optional<Long> supervisor = WorldLock.holder(home.lock());
    supervisor.ifPresent(pid -> end(pid, home));
    processes.values().forEach(DownCommand::awaitEnd);
    if (supervisor.isEmpty()) {
      // Left by one that was killed.
      EmbeddedPrograms.delete(home.worldFile());
    }
    out().println(supervisor.isPresent() ? "The world has stopped." : "No world runs here.");
    return 0;
  }

  private static void end(long pid, WorldHome home) {
    ProcessHandle supervisor =
        ProcessHandle.of(pid)
            .orElseThrow(
                () -> new WorldTrouble("The world is just starting or ending: try again."));
    if (!supervisor.destroy()) {
      throw new WorldTrouble(
          "Process " + pid + " cannot be ended: call down as the user who called up.");
    }
    if (!Tether.endsWithin(supervisor, PATIENCE_MILLIS)) {
      // Its children end with it.
      supervisor.destroyForcibly();
      Tether.endsWithin(supervisor, PATIENCE_MILLIS);
      throw new WorldTrouble(
          "The world did not stop within two minutes and was ended by force; see "
              + home.logs()
              + ".");
    }
  }

  /** Of a killed supervisor too: its file is still there, its children are just leaving. */
  private static Map<String, Long> processes(WorldHome home) {
    return switch (WorldFile.read(home.worldFile())) {
      case WorldFile.Found found -> found.world().processes();
      case WorldFile.Missing() -> Map.of();
      case WorldFile.Unreadable _unreadable -> Map.of();
    };
  }

  private static void awaitEnd(long pid) {
    ProcessHandle.of(pid).ifPresent(process -> Tether.endsWithin(process, 5_000));
  }
}
