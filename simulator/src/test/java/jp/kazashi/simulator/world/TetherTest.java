package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TetherTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"machine", "keeper"})
  void killingTheParentWithNineLeavesNoChild(String tether) throws Exception {
    List<ProcessHandle> children = new ArrayList<>();
    Process parent = parent(tether);
    try (BufferedReader said = parent.inputReader(StandardCharsets.UTF_8)) {
      for (String line = said.readLine(); !"ready".equals(line); line = said.readLine()) {
        children.add(ProcessHandle.of(Long.parseLong(String.valueOf(line))).orElseThrow());
      }
      parent.destroyForcibly().waitFor();

      assertThat(children).hasSize(3);
      for (ProcessHandle child : children) {
        child.onExit().get(20, TimeUnit.SECONDS);
        assertThat(child.isAlive()).isFalse();
      }
    } finally {
      parent.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"machine", "keeper"})
  void theExitCodeAndTheRealProcessAreTheChilds(String way) throws Exception {
    try (Tether tether = tether(way)) {
      Tether.Tied child =
          tether.start(start(folder, List.of("sh", "-c", "echo $$; exec sleep 60")));
      while (Files.size(folder.resolve("child.log")) == 0) {
        Thread.onSpinWait();
      }

      child.stop("TERM", 10_000);

      assertThat(child.ended().get(10, TimeUnit.SECONDS)).isEqualTo(128 + 15);
      assertThat(folder.resolve("child.log")).content().startsWith(Long.toString(child.pid()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"machine", "keeper"})
  void lettingGoEndsWhatStillRuns(String way) throws Exception {
    Tether tether = tether(way);
    Tether.Tied child = tether.start(start(folder, List.of("sleep", "60")));

    tether.close();

    assertThat(child.isAlive()).isFalse();
    assertThat(ProcessHandle.of(child.pid()).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aChildWithALifelineIsToldAndSeesItsEnd() throws Exception {
    try (Tether tether = Tether.byKeeper()) {
      Tether.Tied child =
          tether.start(
              new Tether.Start(
                  List.of(),
                  List.of("sh", "-c", "echo tied=$KAZASHI_TIED; cat; exit 7"),
                  Map.of(),
                  folder,
                  folder.resolve("child.log"),
                  Tether.LastSignal.KILL,
                  Tether.Input.LIFELINE));

      child.process().getOutputStream().close();

      assertThat(child.ended().get(10, TimeUnit.SECONDS)).isEqualTo(7);
      assertThat(folder.resolve("child.log")).hasContent("tied=true");
    }
  }

  /** Another process with three children: a plain one, PostgreSQL and Redis. */
  static final class Parent {
    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      Tether tether = tether(arguments[1]);
      EmbeddedPrograms programs = EmbeddedPrograms.besides(folder);
      Tether.Tied child = tether.start(start(folder, List.of("sleep", "600")));
      EmbeddedPostgres postgres =
          EmbeddedPostgres.start(
              programs,
              folder.resolve("postgres"),
              0,
              EmbeddedPostgres.Size.SMALL,
              folder.resolve("postgres.log"),
              tether);
      EmbeddedRedis redis =
          EmbeddedRedis.start(
              programs, folder.resolve("redis"), 0, folder.resolve("redis.log"), tether);
      System.out.printf("%d%n%d%n%d%nready%n", child.pid(), postgres.pid(), redis.pid());
      Thread.currentThread().join();
    }
  }

  private Process parent(String tether) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dkazashi.root=" + System.getProperty("kazashi.root"),
            "-cp",
            System.getProperty("java.class.path"),
            Parent.class.getName(),
            folder.toString(),
            tether)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Tether tether(String way) {
    return way.equals("keeper") ? Tether.byKeeper() : Tether.ofThisMachine();
  }

  private static Tether.Start start(Path folder, List<String> command) {
    return new Tether.Start(
        List.of(),
        command,
        Map.of(),
        folder,
        folder.resolve("child.log"),
        Tether.LastSignal.KILL,
        Tether.Input.NOTHING);
  }
}
