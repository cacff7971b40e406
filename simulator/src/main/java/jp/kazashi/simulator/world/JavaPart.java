package jp.kazashi.simulator.world;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A part that is a Java program of ours. */
final class JavaPart implements Part {
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);
  private static final long LEAVES_WITHIN_MILLIS = 15_000;

  private final String name;
  private final List<String> program;
  private final Supplier<Map<String, String>> environment;
  private final URI health;
  private final Path folder;
  private final Path log;
  private final Tether tether;
  private final Optional<AotCache> cache;

  /**
   * @param program what follows {@code java}
   * @param environment asked at each start: a restarted part wants the clock of now
   */
  JavaPart(
      String name,
      List<String> program,
      Supplier<Map<String, String>> environment,
      URI health,
      Path folder,
      Path log,
      Tether tether,
      Optional<AotCache> cache) {
    this.name = name;
    this.program = List.copyOf(program);
    this.environment = environment;
    this.health = health;
    this.folder = folder;
    this.log = log;
    this.tether = tether;
    this.cache = cache;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Running start() {
    List<String> command = new ArrayList<>(List.of(javaProgram().toString()));
    cache.map(AotCache::options).ifPresent(command::addAll);
    command.addAll(program);
    Tether.Tied child =
        tether.start(
            new Tether.Start(
                List.of(),
                command,
                environment.get(),
                folder,
                log,
                Tether.LastSignal.KILL,
                Tether.Input.LIFELINE));
    try {
      Readiness.await(child, name, health, READY_WITHIN, log);
    } catch (WorldTrouble trouble) {
      child.stop("KILL", LEAVES_WITHIN_MILLIS);
      throw trouble;
    }
    return new RunningJava(child, this::keepWhatItLearnt);
  }

  private void keepWhatItLearnt() {
    cache.ifPresent(made -> made.make(program, folder, log, tether));
  }

  /** The Java this supervisor itself runs on. */
  static Path javaProgram() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Lets a JVM keep its parsed classes between starts; it makes the file by itself at its end. */
  static List<String> classCache(Path file, Path program) {
    try {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      AotCache.dropIfOlder(file, program);
    } catch (IOException | WorldTrouble slowerThen) {
      return List.of();
    }
    return List.of(
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + file,
        "-Xlog:cds=off",
        "-Xlog:cds+dynamic=off");
  }

  private record RunningJava(Tether.Tied child, Runnable afterwards) implements Running {
    @Override
    public long pid() {
      return child.pid();
    }

    @Override
    public CompletableFuture<Integer> ended() {
      return child.ended();
    }

    @Override
    public void stop() {
      child.stop("TERM", LEAVES_WITHIN_MILLIS);
      afterwards.run();
    }
  }
}
