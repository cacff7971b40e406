package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher by itself, in a checkout where nothing is built. */
class LauncherTest {
  @TempDir Path folder;

  private Path launcher;

  @BeforeEach
  void aFreshCheckout() throws IOException {
    launcher = folder.resolve("check out").resolve("kazashi");
    Files.createDirectories(launcher.getParent());
    Path root = Path.of(String.valueOf(System.getProperty("kazashi.root")));
    Files.copy(root.resolve("kazashi"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
    Files.copy(root.resolve("pom.xml"), launcher.resolveSibling("pom.xml"));
  }

  @Test
  void helpNamesEveryCommandAndWhatTheExitCodesMean() throws Exception {
    Said said = call(Map.of(), "--help");
    assertThat(said.code()).isZero();
    assertThat(said.text())
        .contains("up ", "down", "status", "run ", "test ", "card ", "visit ", "lookup", "read ")
        .contains("world set-time")
        .contains("Exit: 0 good, 3 a refusal or negative result, 1 a fault");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up", "down", "status", "run", "test", "card", "reader", "visit", "lookup", "read", "world",
        "bench"
      })
  void everyCommandHasItsHelpBeforeAnythingIsBuilt(String command) throws Exception {
    Said said = call(Map.of(), command, "--help");
    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text()).contains("./kazashi " + command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"conform"})
  void whatComesLaterIsSaidInOneLine(String command) throws Exception {
    Said said = call(Map.of(), command, "x");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text()).hasLineCount(1).contains(command + " comes in a later step");
  }

  @Test
  void theFaultMatrixComesLater() throws Exception {
    Said said = call(Map.of(), "test", "faults");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text()).hasLineCount(1).contains("comes in a later step");
  }

  @ParameterizedTest
  @ValueSource(strings = {"visit --card hanako", "card list", "world set-time +P3M", "lookup"})
  void withoutAWorldTheNextStepIsSaid(String words) throws Exception {
    Said said = call(Map.of(), words.split(" ", -1));
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text()).hasLineCount(1).contains("./kazashi up --detach");
  }

  @Test
  void aWorldThatIsNotThereIsDown() throws Exception {
    assertThat(call(Map.of(), "status").code()).isEqualTo(3);
    assertThat(call(Map.of(), "down").code()).isZero();
  }

  @Test
  void anUnknownCommandIsRefusedWithTheNextStepAndWithoutColourInAPipe() throws Exception {
    Said said = call(Map.of(), "upp");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text()).isEqualTo("kazashi: There is no command 'upp'. See ./kazashi --help\n");
  }

  @Test
  void buildingMayBeForbidden() throws Exception {
    Said said = call(Map.of("KAZASHI_BUILD", "never"), "up");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text()).contains("Nothing is built");
  }

  @Test
  void anOldMavenIsNamedWithWhatIsNeeded() throws Exception {
    Path maven = Files.createDirectories(folder.resolve("old")).resolve("mvn");
    Files.writeString(maven, "#!/bin/sh\necho 'Apache Maven 3.6.3 (x)'\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    Said said = call(Map.of("PATH", maven.getParent() + ":" + System.getenv("PATH")), "up");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text()).contains("Maven 3.8.6 or newer is needed", "3.6.3");
  }

  @Test
  void theTestsEndWithTheTimeOfEachModuleTheCountsAndMavensExitCode() throws Exception {
    Path maven = Files.createDirectories(folder.resolve("maven")).resolve("mvn");
    Files.writeString(
        maven,
        """
        #!/bin/sh
        if [ "$1" = -v ]; then echo 'Apache Maven 3.9.9 (x)'; exit; fi
        echo "asked: $*"
        echo '[INFO] Tests run: 8, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s -- in A'
        echo '[INFO] Tests run: 8, Failures: 0, Errors: 0, Skipped: 0'
        echo '[WARNING] Tests run: 5, Failures: 0, Errors: 0, Skipped: 1'
        echo '[ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0'
        echo '[INFO] Kazashi simulator .................... SUCCESS [ 12.345 s]'
        echo '[INFO] Kazashi gateway ...................... FAILURE [01:02 min]'
        exit 7
        """);
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    Said said = call(Map.of("PATH", maven.getParent() + ":" + System.getenv("PATH")), "test");
    assertThat(said.code()).isEqualTo(7);
    assertThat(said.text())
        .contains("asked: -B -T2 verify\n")
        .contains("  Kazashi simulator: 12.345 s SUCCESS\n")
        .contains("  Kazashi gateway: 01:02 min FAILURE\n")
        .endsWith("Tests run: 15, Failures: 1, Errors: 0, Skipped: 1\n");
  }

  @ParameterizedTest
  @CsvSource({"load-tests, bench judge", "jpki-verifier, judge bundle.der"})
  void whatNeedsNoWorldBuildsItsModuleAndMarksNoSourcesOfTheWorldAsBuilt(
      String module, String words) throws Exception {
    Path maven = Files.createDirectories(folder.resolve("maven")).resolve("mvn");
    Files.writeString(
        maven,
        """
        #!/bin/sh
        if [ "$1" = -v ]; then echo 'Apache Maven 3.9.9 (x)'; else echo "$@" >> "$0.calls"; fi
        """);
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    Said said =
        call(Map.of("PATH", maven.getParent() + ":" + System.getenv("PATH")), words.split(" "));
    assertThat(said.text()).contains("Built in");
    assertThat(maven.resolveSibling("mvn.calls")).content().contains("-pl " + module + " ");
    Path stamps = launcher.resolveSibling(".kazashi").resolve("build");
    assertThat(stamps.resolve("stamp")).doesNotExist();
    assertThat(stamps.resolve(module + "-stamp")).exists();
  }

  @Test
  void aLinkToTheLauncherFindsItsCheckout() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("kz"), launcher);
    launcher = link;
    assertThat(call(Map.of(), "--version").text()).startsWith("kazashi 0.");
  }

  private record Said(int code, String text) {}

  private Said call(Map<String, String> environment, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", launcher.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("KAZASHI_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }
}
