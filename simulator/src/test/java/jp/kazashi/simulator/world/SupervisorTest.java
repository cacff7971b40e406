package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SupervisorTest {
  private static final RestartRule RULE =
      new RestartRule(3, Duration.ofMinutes(1), Duration.ofNanos(1), Duration.ofNanos(1));

  private final Queue<String> order = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final AtomicReference<Map<String, Long>> processes = new AtomicReference<>(Map.of());

  @Test
  void aLaterStageStartsAfterAnEarlierOneAndEndsBeforeIt() {
    FakePart database = new FakePart("database");
    FakePart gateway = new FakePart("gateway");
    Supervisor supervisor = supervisor(List.of(List.of(database), List.of(gateway)));

    supervisor.start();
    supervisor.stop();

    assertThat(order)
        .containsExactly("start database", "start gateway", "stop gateway", "stop database");
  }

  @Test
  void aPartThatDiesIsStartedAgainAndItsNewProcessIsKnown() throws Exception {
    FakePart gateway = new FakePart("gateway");
    Supervisor supervisor = supervisor(List.of(List.of(gateway)));
    supervisor.start();
    Map<String, Long> first = processes.get();

    gateway.die(137);
    awaitTold("again gateway");

    assertThat(processes.get()).containsOnlyKeys("gateway").isNotEqualTo(first);
    supervisor.stop();
    assertThat(gateway.running()).isFalse();
  }

  @Test
  void aPartThatKeepsDyingIsGivenUpLoudlyAndTheRestIsKept() throws Exception {
    FakePart reader = new FakePart("reader");
    FakePart gateway = new FakePart("gateway");
    Supervisor supervisor = supervisor(List.of(List.of(reader, gateway)));
    supervisor.start();

    for (int death = 1; death < 3; death++) {
      reader.die(1);
      awaitTold("again reader");
    }
    reader.die(1);
    awaitTold("gave up reader");

    assertThat(gateway.running()).isTrue();
    assertThat(processes.get()).containsOnlyKeys("gateway");
    supervisor.stop();
    assertThat(gateway.running()).isFalse();
  }

  @Test
  void whereOnePartCannotStartTheOthersAreStoppedAndItsTroubleIsSaid() {
    FakePart database = new FakePart("database");
    FakePart gateway = new FakePart("gateway");
    gateway.failing = true;
    FakePart slow = new FakePart("reader");
    slow.hanging = true;
    Supervisor supervisor = supervisor(List.of(List.of(database), List.of(slow, gateway)));

    assertThatThrownBy(supervisor::start)
        .isInstanceOf(WorldTrouble.class)
        .hasMessage("gateway is ill");
    assertThat(database.running()).isFalse();
    assertThat(slow.running()).isFalse();
  }

  @Test
  void stoppingWhileSomethingStartsGivesTheStartUp() throws Exception {
    FakePart slow = new FakePart("gateway");
    slow.hanging = true;
    Supervisor supervisor = supervisor(List.of(List.of(slow)));
    CompletableFuture<Void> starting = CompletableFuture.runAsync(supervisor::start);
    slow.entered.await();

    supervisor.stop();

    assertThat(starting).failsWithin(10, TimeUnit.SECONDS);
    assertThat(slow.running()).isFalse();
  }

  @Test
  void pausesGrowToTheirLimitAndOldDeathsAreForgotten() {
    RestartRule.History history =
        new RestartRule(4, Duration.ofSeconds(60), Duration.ofMillis(200), Duration.ofMillis(500))
            .history();
    long second = Duration.ofSeconds(1).toNanos();

    assertThat(history.died(0)).contains(Duration.ofMillis(200));
    assertThat(history.died(second)).contains(Duration.ofMillis(400));
    assertThat(history.died(2 * second)).contains(Duration.ofMillis(500));
    assertThat(history.died(61 * second)).contains(Duration.ofMillis(500));
    assertThat(history.died(200 * second)).contains(Duration.ofMillis(200));
    history.died(200 * second);
    history.died(200 * second);
    assertThat(history.died(200 * second)).isEmpty();
  }

  private Supervisor supervisor(List<List<Part>> stages) {
    return new Supervisor(
        stages,
        RULE,
        System::nanoTime,
        new Supervisor.Told() {
          @Override
          public void ready(String part, Duration took) {
            told.add("ready " + part);
          }

          @Override
          public void died(String part, int code, Duration again) {
            told.add("died " + part);
          }

          @Override
          public void failed(String part, String why, Duration again) {
            told.add("failed " + part);
          }

          @Override
          public void again(String part) {
            told.add("again " + part);
          }

          @Override
          public void gaveUp(String part) {
            told.add("gave up " + part);
          }
        },
        processes::set);
  }

  private void awaitTold(String what) throws InterruptedException {
    while (!what.equals(told.take())) {
      // Earlier news.
    }
  }

  private final class FakePart implements Part {
    private static final AtomicInteger PIDS = new AtomicInteger(100);

    private final String name;
    private final CountDownLatch entered = new CountDownLatch(1);
    private boolean failing;
    private boolean hanging;
    private volatile CompletableFuture<Integer> ended = CompletableFuture.completedFuture(0);

    FakePart(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Running start() {
      entered.countDown();
      if (failing) {
        throw new WorldTrouble(name + " is ill");
      }
      if (hanging) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException givenUp) {
          Thread.currentThread().interrupt();
          throw new WorldTrouble("given up", givenUp);
        }
      }
      order.add("start " + name);
      CompletableFuture<Integer> end = new CompletableFuture<>();
      ended = end;
      long pid = PIDS.incrementAndGet();
      return new Running() {
        @Override
        public long pid() {
          return pid;
        }

        @Override
        public CompletableFuture<Integer> ended() {
          return end;
        }

        @Override
        public void stop() {
          order.add("stop " + name);
          end.complete(0);
        }
      };
    }

    void die(int code) {
      ended.complete(code);
    }

    boolean running() {
      return !ended.isDone();
    }
  }
}
