package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.AutoComplete;

/** With a program that everybody here has: picocli's own. */
class AotCacheTest {
  @TempDir Path folder;
  private Path jar;

  @BeforeEach
  void copyProgram() throws IOException, URISyntaxException {
    Path original =
        Path.of(AutoComplete.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    jar = Files.copy(original, folder.resolve("program.jar"));
  }

  @Test
  void firstRunLearnsAndLaterOnesUseWhatItLearnt() throws Exception {
    assertThat(run(new AotCache(jar).options())).isZero();
    try (Tether tether = Tether.ofThisMachine()) {
      new AotCache(jar).make(program(), folder, folder.resolve("log"), tether);
    }

    List<String> later = new AotCache(jar).options();
    assertThat(later).contains("-XX:AOTCache=" + folder.resolve("app.aot"));
    List<String> strictly = new ArrayList<>(later);
    strictly.add("-XX:AOTMode=on");
    assertThat(run(strictly)).isZero();
    assertThat(leftBehind()).containsExactlyInAnyOrder("app.aot", "log", "out", "program.jar");
  }

  @Test
  void programBuiltAnewIsLearntAnew() throws IOException {
    Path cache = Files.writeString(folder.resolve("app.aot"), "of the build before");
    Files.setLastModifiedTime(
        cache, FileTime.fromMillis(Files.getLastModifiedTime(jar).toMillis() - 1));

    assertThat(new AotCache(jar).options()).contains("-XX:AOTMode=record");
    assertThat(cache).doesNotExist();
  }

  @Test
  void runThatLearntNothingLeavesNothing() throws IOException {
    try (Tether tether = Tether.ofThisMachine()) {
      new AotCache(jar).make(program(), folder, folder.resolve("log"), tether);
    }
    assertThat(leftBehind()).containsExactly("program.jar");
  }

  @Test
  void whatAnotherWorldMadeMeanwhileIsKept() throws IOException {
    AotCache slower = new AotCache(jar);
    String learning = slower.options().get(1);
    Files.writeString(Path.of(learning.substring(learning.indexOf('=') + 1)), "not a recording");
    Path cache = Files.writeString(folder.resolve("app.aot"), "made by another");
    try (Tether tether = Tether.ofThisMachine()) {
      slower.make(program(), folder, folder.resolve("log"), tether);
    }
    assertThat(cache).hasContent("made by another");
    assertThat(leftBehind()).containsExactlyInAnyOrder("app.aot", "program.jar");
  }

  @Test
  void unusableRecordingCostsNothingButTime() throws IOException {
    AotCache cache = new AotCache(jar);
    String learning = cache.options().get(1);
    Files.writeString(Path.of(learning.substring(learning.indexOf('=') + 1)), "not a recording");
    try (Tether tether = Tether.ofThisMachine()) {
      cache.make(program(), folder, folder.resolve("log"), tether);
    }
    assertThat(leftBehind()).containsExactlyInAnyOrder("log", "program.jar");
  }

  private List<String> program() {
    return List.of("-cp", jar.toString(), AutoComplete.class.getName(), "--help");
  }

  private int run(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(JavaPart.javaProgram().toString()));
    command.addAll(options);
    command.addAll(program());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out").toFile())
        .start()
        .waitFor();
  }

  private List<String> leftBehind() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
