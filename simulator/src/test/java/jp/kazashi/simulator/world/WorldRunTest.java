package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import jp.kazashi.simulator.pki.SimulatedJpki;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole worlds through their command line: real servers and simulator, other parts as little. */
@Timeout(180)
class WorldRunTest {
  @TempDir static Path prepared;

  @TempDir Path folder;

  private Path root;
  private Path home;
  private int base;
  private final Map<String, String> environment = new HashMap<>();
  private final List<Process> started = new ArrayList<>();

  /** Keys, authorities, cards and an empty database, made once for the tests that keep them. */
  @BeforeAll
  static void prepareAHome() throws IOException {
    WorldHome home = new WorldHome(prepared);
    Instant now = InstantSource.system().instant();
    SimulatedJpki jpki =
        SimulatedJpki.open(home.jpki(), now, URI.create("http://127.0.0.1:1/"), new SecureRandom());
    Path terminals =
        Path.of(WorldKeys.of(home.keys(), WorldRun.INSTITUTION, now).trust().certificate());
    Deck.open(jpki, home.cards(), terminals, now, true, new SecureRandom());
    EmbeddedPostgres.start(home.postgres(), 0).close();
  }

  private void useThePreparedHome() {
    Tether.run("cp", "-a", prepared + "/.", home.toString());
  }

  @BeforeEach
  void aCheckoutWithItsBuild() throws IOException {
    root = folder.resolve("a check out");
    home = folder.resolve("home with ä");
    base = freeBase();
    fakeJar(root.resolve("gateway-service/target/quarkus-app/quarkus-run.jar"));
    fakeJar(root.resolve("reader-client/target/reader-client.jar"));
    fakeJar(root.resolve("simulator/target/simulator.jar"));
    environment.put("KAZASHI_ROOT", root.toString());
    environment.put("KAZASHI_HOME", home.toString());
    environment.put("KAZASHI_PORT", Integer.toString(base));
    Files.createDirectories(home);
    // Unpacked once for all tests.
    Files.createSymbolicLink(
        home.resolve("programs"),
        Files.createDirectories(
            Path.of(String.valueOf(System.getProperty("kazashi.root")), ".kazashi", "programs")));
  }

  @AfterEach
  void endWhatStillRuns() throws Exception {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aDetachedWorldRunsIsRepairedIsMovedInTimeAndEndsWithoutATrace() throws Exception {
    Files.writeString(home.resolve("world.json"), "{\"version\":1,\"addre");

    Said up = run("up", "--detach");
    assertThat(up.code()).as(up.text()).isZero();
    assertThat(up.text())
        .contains(
            "old world.json was ignored",
            "Ready in ",
            "http://127.0.0.1:" + (base + 4) + "/#token=");
    assertThat(Files.getPosixFilePermissions(home.resolve("world.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Map<String, Long> processes = processes();
    assertThat(processes)
        .containsOnlyKeys("supervisor", "postgres", "redis", "simulator", "gateway", "reader");
    assertThat(run("status").code()).isZero();

    Said again = run("up");
    assertThat(again.code()).isZero();
    assertThat(again.text()).contains("already runs").contains("nothing was changed");
    assertThat(processes()).isEqualTo(processes);

    Said moved = run("world", "set-time", "2027-03-01T00:00:00Z");
    assertThat(moved.code()).as(moved.text()).isZero();
    assertThat(moved.text()).contains("2027-03-01T00:00:0");

    killAndAwaitReplacement(processes, "gateway");
    killAndAwaitReplacement(processes, "postgres");
    killAndAwaitReplacement(processes, "simulator");
    assertThat(Files.readString(home.resolve("logs/gateway.log")))
        .contains("offset=0\n")
        .containsPattern("offset=[0-9]{8,}\n");
    assertThat(Files.readString(home.resolve("logs/simulator.log"))).doesNotContain("1234");

    Map<String, Long> last = processes();
    Said down = run("down");
    assertThat(down.code()).as(down.text()).isZero();
    assertThat(alive(last)).isEmpty();
    assertThat(home.resolve("world.json")).doesNotExist();
    assertThat(run("status").code()).isEqualTo(3);
    assertThat(run("down").code()).isZero();
    try (Stream<Path> running = Files.list(root.resolve(".kazashi/running"))) {
      assertThat(running).isEmpty();
    }
  }

  @Test
  void killingTheSupervisorWithNineLeavesNothingAndTheNextUpWorks() throws Exception {
    useThePreparedHome();
    Process first = upInFront();
    Map<String, Long> processes = processes();
    assertThat(processes).hasSize(6);

    first.destroyForcibly().waitFor();

    for (long pid : processes.values()) {
      ProcessHandle.of(pid)
          .ifPresent(process -> assertThat(Tether.endsWithin(process, 20_000)).isTrue());
    }
    assertThat(run("status").code()).isEqualTo(3);
    Process second = upInFront();
    assertThat(run("card", "list").text()).contains("hanako", "shiro");
    // As Ctrl-C; a test run in the background was started deaf to it, and so are its children.
    String signal = deafToInterrupts() ? "-TERM" : "-INT";
    Tether.run("kill", signal, Long.toString(second.pid()));
    assertThat(second.waitFor()).isIn(0, 143);
    assertThat(home.resolve("world.json")).doesNotExist();
  }

  @Test
  void aPartThatCannotStartIsNamedInOneLineAndNothingIsLeft() throws Exception {
    useThePreparedHome();
    environment.put("FAKE_GATEWAY_IS_ILL", "true");
    Said up = run("up");
    assertThat(up.code()).isEqualTo(1);
    assertThat(up.text().lines().filter(line -> line.startsWith("kazashi: ")).toList())
        .singleElement()
        .asString()
        .contains("gateway ended while starting, with code 3", "gateway.log");
    assertThat(home.resolve("world.json")).doesNotExist();
    for (int port = base; port < base + 8; port++) {
      new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1")).close();
    }
  }

  @Test
  void aTakenPortIsSaidAndNothingIsStarted() throws Exception {
    try (ServerSocket taken = new ServerSocket(base + 2, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Said up = run("up");
      assertThat(up.code()).isEqualTo(1);
      assertThat(up.text())
          .contains("Port " + taken.getLocalPort() + " (kiosk) is taken by process");
      assertThat(home.resolve("logs/postgres.log")).doesNotExist();
    }
  }

  @Test
  void externalServersAreUsedInsteadAndNothingEmbeddedStarts() throws Exception {
    useThePreparedHome();
    environment.put("KAZASHI_DB_URL", "postgresql://gateway:pw@127.0.0.1:" + base + "/elsewhere");
    environment.put("KAZASHI_REDIS_URL", "redis://:pw@127.0.0.1:" + base);
    Process up = upInFront();
    assertThat(processes()).containsOnlyKeys("supervisor", "simulator", "gateway", "reader");
    assertThat(home.resolve("logs/postgres.log")).doesNotExist();
    assertThat(home.resolve("redis")).doesNotExist();
    JsonNode status = Json.tree(run("status", "--json").text());
    assertThat(status.path("parts").path("postgres").path("state").asText()).isEqualTo("EXTERNAL");
    assertThat(status.path("parts").path("postgres").path("address").asText())
        .isEqualTo("127.0.0.1:" + base);
    up.destroy();
    assertThat(up.waitFor()).isZero();
  }

  private void killAndAwaitReplacement(Map<String, Long> before, String part) throws Exception {
    long old = pid(before, part);
    ProcessHandle.of(old).orElseThrow().destroyForcibly();
    while (pid(processes(), part) == old
        || pid(processes(), part) == 0
        || !StatusCommand.look(new WorldHome(home)).state().equals("WELL")) {
      // The processors are for the part that starts; what happens in it raises no event here.
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static long pid(Map<String, Long> processes, String part) {
    return processes.getOrDefault(part, 0L);
  }

  private static List<Long> alive(Map<String, Long> processes) {
    return processes.values().stream()
        .filter(pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
        .toList();
  }

  private Map<String, Long> processes() {
    return WorldFile.read(home.resolve("world.json")) instanceof WorldFile.Found(WorldFile world)
        ? world.processes()
        : Map.of();
  }

  private record Said(int code, String text) {}

  private Said run(String... words) throws Exception {
    Process process = start(words);
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }

  /** Returns when it has said that it is ready. */
  private Process upInFront() throws Exception {
    Process up = start("up");
    BufferedReader said = up.inputReader(StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      text.append(line).append('\n');
      if (line.startsWith("Ctrl-C")) {
        return up;
      }
    }
    throw new AssertionError(text + " and ended with " + up.waitFor());
  }

  private Process start(String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                JavaPart.javaProgram().toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.valueOf(System.getProperty("java.class.path")),
                WorldCommand.class.getName()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("KAZASHI_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static void fakeJar(Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, FakePart.class.getName());
    attributes.put(
        Attributes.Name.CLASS_PATH,
        Path.of(FakePart.class.getProtectionDomain().getCodeSource().getLocation().getPath())
            .toUri()
            .toString());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.flush();
    }
  }

  /** Ten ports in a row that are free now, below those the system gives to outgoing calls. */
  private static int freeBase() {
    while (true) {
      int candidate = ThreadLocalRandom.current().nextInt(1_000, 3_000) * 10;
      if (allFree(candidate)) {
        return candidate;
      }
    }
  }

  private static boolean allFree(int base) {
    for (int port = base; port < base + 10; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
        if (socket.getLocalPort() != port) {
          return false;
        }
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }

  private static boolean deafToInterrupts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }
}
