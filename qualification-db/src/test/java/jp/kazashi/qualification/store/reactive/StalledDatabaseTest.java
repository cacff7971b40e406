package jp.kazashi.qualification.store.reactive;

import static jp.kazashi.qualification.store.reactive.Counter.NOON;
import static jp.kazashi.qualification.store.reactive.Counter.answered;
import static jp.kazashi.qualification.store.reactive.Counter.challenge;
import static jp.kazashi.qualification.store.reactive.Counter.freshNode;
import static jp.kazashi.qualification.store.reactive.Counter.listOf;
import static jp.kazashi.qualification.store.reactive.Counter.somebody;
import static jp.kazashi.qualification.store.reactive.RealDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kazashi.qualification.audit.AuditEpoch;
import jp.kazashi.qualification.audit.AuditFinding;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.AuditVerifier;
import jp.kazashi.qualification.audit.WrittenEntry;
import jp.kazashi.qualification.check.ChallengeKey;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.store.CommitLimits;
import jp.kazashi.qualification.store.CommitUnknown;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.NotCommitted;
import jp.kazashi.qualification.store.Station.CheckStation;
import jp.kazashi.qualification.store.reactive.RealDatabase.Running;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A PostgreSQL of this class's own is stopped in the middle of work, and goes on later. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the set-up sets the field
class StalledDatabaseTest {
  private static final CommitLimits SHORT = new CommitLimits(Duration.ofMillis(400), 16);
  private static final int ROUNDS = 3;
  private static final long SEED = 20_261_127;

  private Running database;

  @BeforeAll
  void start() {
    database = Running.start();
  }

  @AfterAll
  void stop() throws IOException {
    database.close();
  }

  @Test
  void whoeverWaitsForAStoreThatStandsStillIsAnsweredAndItGoesOnWhenTheStoreDoes()
      throws Exception {
    AuditEpoch epoch = await(new EpochsInDatabase(database.sessions()).of(freshNode(), NOON));
    GroupCommitter committer = database.committer(epoch, SHORT);
    done(await(committer.commit(answered(challenge(), somebody()))));

    List<CheckStation> stations = listOf(8, ignored -> answered(challenge(), somebody()));
    stall();
    try {
      for (CheckStation each : stations) {
        assertThatThrownBy(() -> await(committer.commit(each)))
            .isInstanceOfAny(NotCommitted.class, CommitUnknown.class);
      }
    } finally {
      goOn();
    }

    for (CheckStation each : stations) {
      assertThat(await(persistently(committer, each))).isInstanceOf(Committed.Done.class);
    }
    assertThat(checks(epoch)).hasSize(9);
  }

  @Test
  void aFullQueueRefusesAtOnceAndWritesNothingOfWhatItRefused() throws Exception {
    AuditEpoch epoch = await(new EpochsInDatabase(database.sessions()).of(freshNode(), NOON));
    GroupCommitter committer =
        database.committer(epoch, new CommitLimits(Duration.ofSeconds(5), 16));
    done(await(committer.commit(answered(challenge(), somebody()))));

    List<CompletableFuture<Committed>> asked;
    stall();
    try {
      asked = listOf(400, ignored -> ask(committer, answered(challenge(), somebody())));
      // The first batch took at most 256, the queue holds 16: the rest is told before anything
      // ends.
      assertThat(asked.stream().filter(CompletableFuture::isCompletedExceptionally))
          .hasSizeGreaterThanOrEqualTo(400 - 256 - 16)
          .allSatisfy(each ->
              assertThat(failureOf(each))
                  .isInstanceOfSatisfying(
                      NotCommitted.class,
                      refused ->
                          assertThat(refused.why()).isEqualTo(NotCommitted.Cause.QUEUE_FULL)));
    } finally {
      goOn();
    }

    long written = 1 + asked.stream().filter(StalledDatabaseTest::isDone).count();
    long unknown = asked.stream().filter(each -> failureOf(each) instanceof CommitUnknown).count();
    assertThat((long) checks(epoch).size()).isBetween(written, written + unknown);
  }

  /**
   * Stopped again and again at any point of a stream of checks. What was answered is there once;
   * what was said not to be written is not there; what nobody knew is settled by asking again.
   */
  @Test
  void nothingIsLostDoubledOrReorderedByAStoreThatStandsStillNowAndThen() throws Exception {
    AuditEpoch epoch = await(new EpochsInDatabase(database.sessions()).of(freshNode(), NOON));
    GroupCommitter committer = database.committer(epoch, SHORT);
    Random random = new Random(SEED);
    Map<CheckStation, CompletableFuture<Committed>> asked = new HashMap<>();

    for (int round = 0; round < ROUNDS; round++) {
      List<CheckStation> stations = listOf(150, ignored -> answered(challenge(), somebody()));
      int stallAt = 20 + random.nextInt(120);
      List<CompletableFuture<Committed>> now = new ArrayList<>();
      for (int at = 0; at < stations.size(); at++) {
        if (at == stallAt) {
          stall();
        }
        CompletableFuture<Committed> answer = ask(committer, stations.get(at));
        asked.put(stations.get(at), answer);
        now.add(answer);
        if (at % 8 == 0 && at < stallAt) {
          settled(List.of(answer));
        }
      }
      settled(now);
      goOn();
      await(persistently(committer, answered(challenge(), somebody())));
    }

    // One reads after everything that was sent has come to its end.
    await(persistently(committer, answered(challenge(), somebody())));
    Map<CheckId, Long> written = writtenByCheck(epoch);
    asked.forEach((station, answer) -> {
      long times = written.getOrDefault(station.check().id(), 0L);
      Throwable failure = failureOf(answer);
      if (failure == null) {
        assertThat(times).as("answered").isEqualTo(1);
      } else if (failure instanceof NotCommitted) {
        assertThat(times).as("refused").isZero();
      } else {
        assertThat(failure).isInstanceOf(CommitUnknown.class);
        assertThat(times).as("unknown").isLessThanOrEqualTo(1);
      }
    });
    assertThat(asked.values().stream().filter(StalledDatabaseTest::isDone)).isNotEmpty();
    assertThat(asked.values().stream().filter(each -> failureOf(each) != null)).isNotEmpty();
    assertThatEveryReceiptIsInTheChain(epoch, asked);

    for (CheckStation station : asked.keySet()) {
      ChallengeKey challenge = station.challenge().orElseThrow();
      await(persistently(committer, answered(challenge, somebody())));
    }
    assertThat(
            checks(epoch).stream()
                .map(each -> each.entry().event().details().get("challenge"))
                .collect(Collectors.groupingBy(each -> each, Collectors.counting()))
                .values())
        .hasSize(asked.size() + ROUNDS + 1)
        .allMatch(times -> times == 1);
  }

  private void assertThatEveryReceiptIsInTheChain(
      AuditEpoch epoch, Map<CheckStation, CompletableFuture<Committed>> asked) {
    List<AuditReceipt> receipts =
        asked.values().stream()
            .filter(StalledDatabaseTest::isDone)
            .map(each -> done(each.join()))
            .toList();
    assertThat(AuditVerifier.verify(epoch.chain(), entries(epoch).iterator(), receipts))
        .isInstanceOf(AuditFinding.Intact.class);
  }

  /** As a reader does: until there is an answer. */
  private static Uni<Committed> persistently(GroupCommitter committer, CheckStation station) {
    return Uni.createFrom()
        .deferred(() -> committer.commit(station))
        .onFailure(failure -> failure instanceof NotCommitted || failure instanceof CommitUnknown)
        .retry()
        .withBackOff(Duration.ofMillis(20), Duration.ofMillis(100))
        .atMost(200)
        .map(committed -> {
          assertThat(committed).isInstanceOfAny(Committed.Done.class, Committed.Replayed.class);
          return committed;
        });
  }

  private static CompletableFuture<Committed> ask(GroupCommitter committer, CheckStation station) {
    return committer.commit(station).subscribeAsCompletionStage();
  }

  private static void settled(List<CompletableFuture<Committed>> answers) {
    for (CompletableFuture<Committed> each : answers) {
      each.handle((done, failed) -> true).orTimeout(30, TimeUnit.SECONDS).join();
    }
  }

  private static @Nullable Throwable failureOf(CompletableFuture<Committed> answer) {
    try {
      answer.orTimeout(30, TimeUnit.SECONDS).join();
      return null;
    } catch (CompletionException failed) {
      return failed.getCause();
    }
  }

  private static boolean isDone(CompletableFuture<Committed> answer) {
    return failureOf(answer) == null;
  }

  private Map<CheckId, Long> writtenByCheck(AuditEpoch epoch) {
    return checks(epoch).stream()
        .collect(
            Collectors.groupingBy(each -> each.entry().event().check(), Collectors.counting()));
  }

  private List<WrittenEntry> checks(AuditEpoch epoch) {
    return entries(epoch).stream()
        .filter(each -> each.entry().event().kind() == AuditKind.CHECK)
        .toList();
  }

  private List<WrittenEntry> entries(AuditEpoch epoch) {
    List<WrittenEntry> entries =
        await(new AuditInDatabase(database.sessions()).after(epoch.chain(), 0, 10_000));
    assertThat(AuditVerifier.verify(epoch.chain(), entries.iterator(), List.of()))
        .isInstanceOf(AuditFinding.Intact.class);
    return entries;
  }

  private static AuditReceipt done(Committed committed) {
    assertThat(committed).isInstanceOf(Committed.Done.class);
    return ((Committed.Done) committed).receipt();
  }

  private void stall() throws IOException, InterruptedException {
    signal("STOP");
  }

  private void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** The server and each of its backends, by their ids. */
  private void signal(String name) throws IOException, InterruptedException {
    ProcessHandle server = ProcessHandle.of(database.server().pid()).orElseThrow();
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    Stream.concat(Stream.of(server), server.descendants())
        .map(each -> Long.toString(each.pid()))
        .forEach(command::add);
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
