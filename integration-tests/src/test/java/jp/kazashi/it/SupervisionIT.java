package jp.kazashi.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import jp.kazashi.it.World.Outcome;
import jp.kazashi.simulator.world.EmbeddedPostgres;
import jp.kazashi.simulator.world.EmbeddedRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The supervisor keeps a world whole, and leaves nothing behind. All but a few share one world's
 * folder: each test starts or mends what it needs of it.
 */
class SupervisionIT {
  private static final List<String> PARTS =
      List.of("supervisor", "gateway", "postgres", "redis", "reader", "simulator");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static World world;

  @BeforeAll
  static void oneFolderForAll() throws IOException {
    world = at("supervision");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void aPartThatDiesIsStartedAgainAndTheWorldFileFollows() {
    up();
    Outcome before = world.run("visit", "--card", "hanako", "--consent", "all", "--json");
    String check = before.json().path("checkId").asText();

    for (String part : List.of("gateway", "redis", "reader", "postgres", "simulator")) {
      long died = world.pid(part);
      kill(died);
      await(part + " to be started again", () -> world.pid(part) != died && healthy());
    }

    Outcome read = world.run("read", "--check", check, "--category", "medication", "--json");
    assertThat(read.exit()).as("what was committed is there: %s", read.err()).isZero();
    Outcome after = world.run("visit", "--card", "hanako", "--json");
    assertThat(after.exit()).as(after.err()).isZero();
  }

  @Test
  void killingTheSupervisorLeavesNoChildBehind() {
    up();
    List<Long> pids = pids();

    kill(world.pid("supervisor"));

    await("all parts to end", () -> pids.stream().noneMatch(SupervisionIT::lives));
    assertThat(world.run("status").exit()).isEqualTo(3);
    up();
    assertThat(world.run("visit", "--card", "hanako", "--json").exit()).isZero();
  }

  @Test
  void downEndsEverythingAndKeepsTheDataAndAHalfWrittenWorldFileIsNotBelieved() throws IOException {
    up();
    List<Long> pids = pids();
    String check =
        world
            .run("visit", "--card", "hanako", "--consent", "medication", "--json")
            .json()
            .path("checkId")
            .asText();

    Outcome down = world.run("down");

    assertThat(down.exit()).as(down.err()).isZero();
    assertThat(pids).noneMatch(SupervisionIT::lives);

    Files.writeString(world.home().resolve("world.json"), "{\"version\":1,\"addr");
    Outcome visit = world.run("visit", "--card", "hanako");
    assertThat(visit.exit()).isEqualTo(1);
    assertThat(visit.err()).contains("./kazashi up");

    up();
    // A later visit would replace the grant.
    assertThat(world.run("read", "--check", check, "--category", "medication").exit()).isZero();
    assertThat(world.run("visit", "--card", "hanako", "--json").exit()).isZero();
  }

  @Test
  void aSecondUpSaysSoAndChangesNothing() {
    up();
    List<Long> pids = pids();
    JsonNode before = world.file();

    Outcome second = world.run("up", "--detach");

    assertThat(second.out() + second.err()).contains("already");
    assertThat(world.file()).isEqualTo(before);
    assertThat(pids).allMatch(SupervisionIT::lives);
  }

  @Test
  void interruptingUpStopsEverything() throws Exception {
    world.run("down");
    Path out = world.home().resolve("up.out");
    Process up = world.start(Map.of(), out, world.home().resolve("up.err"), "up");
    await("the world", SupervisionIT::healthy);
    List<Long> pids = pids();

    // A test run in the background was started deaf to Ctrl-C, and so are its children.
    signal(deafToInterrupts() ? "-TERM" : "-INT", world.pid("supervisor"));

    assertThat(up.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(pids).noneMatch(SupervisionIT::lives);
  }

  @Test
  void withServersOfOnesOwnNothingEmbeddedStarts() throws IOException {
    up();
    World another = withTheSameKeysAndCards("servers-of-ones-own");
    Path own = another.home().resolve("own");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(own.resolve("postgres"), 0);
        EmbeddedRedis redis = EmbeddedRedis.start(own.resolve("redis"), 0);
        another) {
      Map<String, String> settings =
          Map.of("KAZASHI_DB_URL", postgres.ownerUrl(), "KAZASHI_REDIS_URL", redis.url());

      Outcome up = another.run(settings, "up", "--detach");

      assertThat(up.exit()).as(up.out() + up.err()).isZero();
      assertThat(another.file().path("processes").has("postgres")).isFalse();
      assertThat(another.file().path("processes").has("redis")).isFalse();
      assertThat(another.home().resolve("postgres")).doesNotExist();
      assertThat(another.run("visit", "--card", "hanako", "--consent", "all", "--json").exit())
          .isZero();
    }
  }

  @Test
  void aTakenPortIsOneClearLineAndNothingStays() throws IOException {
    World another = at("taken-port");
    try (var taken = new ServerSocket(another.port(), 1, InetAddress.getLoopbackAddress())) {
      Outcome up = another.run("up", "--detach");

      assertThat(taken.isBound()).isTrue();
      assertThat(up.exit()).isEqualTo(1);
      assertThat(up.err()).contains(Integer.toString(another.port())).contains("KAZASHI_PORT");
    }
    assertThat(another.home().resolve("world.json")).doesNotExist();
  }

  @Test
  void withoutAWorldEachCommandSaysWhatToDo() throws IOException {
    World none = at("no-world");
    for (List<String> command :
        List.of(
            List.of("visit", "--card", "hanako"),
            List.of("lookup", "--insurer", "01130012", "--number", "1", "--birth", "1980-01-01"),
            List.of(
                "read",
                "--check",
                "00000000-0000-0000-0000-000000000000",
                "--category",
                "medication"),
            List.of("world", "set-time", "+P1D"),
            List.of("card", "list"))) {
      Outcome outcome = none.run(command.toArray(String[]::new));
      assertThat(outcome.exit()).as(command.toString()).isEqualTo(1);
      assertThat(outcome.err().strip().lines()).as(command.toString()).hasSize(1);
      assertThat(outcome.err()).as(command.toString()).contains("./kazashi up");
    }
  }

  @Test
  void aVisitWhileTheGatewayIsDownEndsInOneClearLine() {
    up();
    long gateway = world.pid("gateway");
    try {
      signal("-STOP", gateway);

      Outcome visit = world.run("visit", "--card", "hanako", "--json");

      assertThat(visit.exit()).isNotZero();
      assertThat(visit.json().path("reason").asText()).isEqualTo("GATEWAY_UNREACHABLE");
      assertThat(visit.json().path("nextStep").path("en").asText()).isNotBlank();
    } finally {
      signal("-CONT", gateway);
    }
    await("the world to be well again", SupervisionIT::healthy);
  }

  private static World at(String name) throws IOException {
    return World.at(Path.of("target", "worlds", name).toAbsolutePath());
  }

  /** To make them takes long, and is not what is asked. */
  private static World withTheSameKeysAndCards(String name) throws IOException {
    World another = at(name);
    for (String folder : List.of("keys", "jpki", "cards", "tsa")) {
      run("cp", "-a", world.home().resolve(folder).toString(), another.home().toString());
    }
    return another;
  }

  private static boolean deafToInterrupts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  /** The shared world, started unless it runs. */
  private static void up() {
    Outcome up = world.run("up", "--detach");
    assertThat(up.exit()).as(up.out() + up.err()).isZero();
  }

  /** A command is a process: it is asked for its word when the parts themselves say so. */
  private static boolean healthy() {
    return world.isWell() && world.run("status").exit() == 0;
  }

  private static List<Long> pids() {
    List<Long> pids = new ArrayList<>();
    PARTS.forEach(part -> pids.add(world.pid(part)));
    assertThat(pids).allMatch(pid -> pid > 0);
    return pids;
  }

  private static boolean lives(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private static void signal(String signal, long pid) {
    run("kill", signal, Long.toString(pid));
  }

  private static void run(String... command) {
    try {
      assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Asks again until it holds: what happens in other processes raises no event here. */
  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
