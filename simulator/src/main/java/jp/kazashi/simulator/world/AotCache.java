package jp.kazashi.simulator.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a program's first run learnt, so that later ones start in a fraction of the time (JEP 483).
 * It lies beside the program, for every world that uses the build, and goes with it.
 */
final class AotCache {
  private static final long MADE_WITHIN_MILLIS = 45_000;

  private final Path folder;
  private final Path cache;
  private final Path learnt;
  private final Path part;

  /**
   * @param program newer than the cache when it was built anew
   */
  AotCache(Path program) {
    folder = Objects.requireNonNull(program.toAbsolutePath().getParent(), "folder");
    String mine = "app-" + ProcessHandle.current().pid();
    cache = folder.resolve("app.aot");
    learnt = folder.resolve(mine + ".aotconf");
    part = folder.resolve(mine + ".aot");
    dropIfOlder(cache, program);
  }

  /**
   * What a JVM keeps of a program goes when the program was built anew: a JVM does not see that.
   */
  static void dropIfOlder(Path kept, Path program) {
    if (isOlder(kept, program)) {
      EmbeddedPrograms.delete(kept);
    }
  }

  /** Use what there is, or learn; nothing where the build cannot be written to. */
  List<String> options() {
    if (Files.exists(cache)) {
      return List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off");
    }
    return Files.isWritable(folder)
        ? List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + learnt, "-Xlog:aot*=off")
        : List.of();
  }

  /** After a run that learnt and ended well: makes the cache. A failure costs only time. */
  void make(List<String> program, Path home, Path log, Tether tether) {
    if (!Files.exists(learnt)) {
      return;
    }
    if (Files.exists(cache)) {
      // Another world of this build was first.
      EmbeddedPrograms.delete(learnt);
      return;
    }
    List<String> command = new ArrayList<>(List.of(JavaPart.javaProgram().toString()));
    command.addAll(
        List.of(
            "-XX:AOTMode=create",
            "-XX:AOTConfiguration=" + learnt,
            "-XX:AOTCache=" + part,
            "-Xlog:aot*=off"));
    command.addAll(program);
    try {
      Tether.Tied maker =
          tether.start(
              new Tether.Start(
                  List.of(),
                  command,
                  Map.of(),
                  home,
                  log,
                  Tether.LastSignal.KILL,
                  Tether.Input.NOTHING));
      if (!maker.endsWithin(MADE_WITHIN_MILLIS)) {
        maker.stop("KILL", 1_000);
      } else if (Files.exists(part)) {
        Files.move(part, cache, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException | WorldTrouble slowerThen) {
      // What was begun goes in any case.
    } finally {
      EmbeddedPrograms.delete(learnt);
      EmbeddedPrograms.delete(part);
    }
  }

  private static boolean isOlder(Path file, Path than) {
    try {
      return Files.exists(file)
          && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) < 0;
    } catch (IOException unknown) {
      return true;
    }
  }
}
