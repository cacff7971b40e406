package jp.kazashi.gateway.desk;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.kazashi.gateway.check.LookUp;
import jp.kazashi.gateway.port.BulkLines;
import jp.kazashi.qualification.store.BulkJob;
import jp.kazashi.qualification.store.KeepBulkJobs;
import jp.kazashi.qualification.store.KeepBulkJobs.Line;
import org.jboss.logging.Logger;

/**
 * Answers bulk jobs, one at a time, a few lines at once. A job is held for a while only, so that
 * another node goes on with the lines still unanswered when this one dies. An answer is kept after
 * its audit entry is committed: a line may be looked up twice, but none is told without an entry.
 */
public final class BulkRunner {
  private static final Logger LOG = Logger.getLogger(BulkRunner.class);
  private static final Duration HELD_FOR = Duration.ofSeconds(30);
  private static final int PIECE = 500;
  private static final int AT_ONCE = 32;
  private static final int LOOKED_AT = 200;

  private final KeepBulkJobs jobs;
  private final LookUp lookUp;
  private final BulkLines lines;
  private final UUID self;
  private final InstantSource clock;
  private final InstantSource steady;
  private final Executor loop;
  private final AtomicBoolean working = new AtomicBoolean();
  private volatile boolean stopped;

  /**
   * @param self this process among all nodes
   * @param loop where the work is done
   */
  public BulkRunner(
      KeepBulkJobs jobs,
      LookUp lookUp,
      BulkLines lines,
      UUID self,
      InstantSource clock,
      InstantSource steady,
      Executor loop) {
    this.jobs = jobs;
    this.lookUp = lookUp;
    this.lines = lines;
    this.self = self;
    this.clock = clock;
    this.steady = steady;
    this.loop = loop;
  }

  /** Looks for work, unless it works already. */
  public void wake() {
    if (!stopped && working.compareAndSet(false, true)) {
      loop.execute(() ->
          work()
              .subscribe()
              .with(
                  done -> working.set(false),
                  failure -> {
                    // The lines wait; the next look goes on.
                    LOG.warnf(
                        "event=bulk-interrupted cause=%s", failure.getClass().getSimpleName());
                    working.set(false);
                  }));
    }
  }

  /** What is begun is finished; the rest is another node's. */
  public void stop() {
    stopped = true;
  }

  private Uni<Void> work() {
    return jobs.unfinished(LOOKED_AT)
        .chain(waiting ->
            Multi.createFrom()
                .iterable(
                    waiting.stream().filter(job -> job.kind().equals(BulkLookUp.KIND)).toList())
                .onItem()
                .transformToUniAndConcatenate(this::work)
                .collect()
                .last())
        .replaceWithVoid();
  }

  private Uni<Void> work(BulkJob job) {
    Instant now = steady.instant();
    return stopped
        ? Uni.createFrom().voidItem()
        : jobs.take(job.id(), self, now, now.plus(HELD_FOR))
            .chain(taken -> taken ? piece(job) : Uni.createFrom().voidItem());
  }

  private Uni<Void> piece(BulkJob job) {
    return jobs.unanswered(job.id(), PIECE)
        .chain(waiting ->
            waiting.isEmpty()
                ? jobs.finish(job.id(), clock.instant()).replaceWithVoid()
                : answered(job, waiting)
                    .chain(answered -> jobs.answer(job.id(), answered))
                    .emitOn(loop)
                    .chain(() -> work(job)));
  }

  private Uni<List<Line>> answered(BulkJob job, List<Line> waiting) {
    return Multi.createFrom()
        .iterable(waiting)
        .onItem()
        .transformToUni(line -> answered(job, line))
        .merge(AT_ONCE)
        .collect()
        .asList();
  }

  private Uni<Line> answered(BulkJob job, Line line) {
    return lines
        .question(line.question())
        .map(question ->
            lookUp
                .find(job.actor(), job.institution(), question, job.id())
                .map(outcome -> lines.answer(line.line(), line.question(), outcome)))
        .orElseGet(() -> Uni.createFrom().item(lines.unreadable(line.line(), line.question())))
        .map(answer -> new Line(line.line(), line.question(), answer));
  }
}
