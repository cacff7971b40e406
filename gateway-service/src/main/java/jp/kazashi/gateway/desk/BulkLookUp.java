package jp.kazashi.gateway.desk;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.RandomIds;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.port.LimitRequests;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.store.BulkJob;
import jp.kazashi.qualification.store.KeepBulkJobs;
import jp.kazashi.qualification.store.KeepBulkJobs.Line;

/**
 * Many look-ups asked at once. Whoever took a job, any node works on it and any node tells of it.
 */
public final class BulkLookUp {
  public static final int MOST_LINES = 100_000;
  static final String KIND = "LOOK_UP";
  private static final int MOST_WAITING = 200;
  private static final int MOST_OF_ONE = 3;

  private final KeepBulkJobs jobs;
  private final LimitRequests limits;
  private final Desk desk;
  private final BulkRunner runner;
  private final InstantSource clock;
  private final RandomGenerator random;

  public BulkLookUp(
      KeepBulkJobs jobs,
      LimitRequests limits,
      Desk desk,
      BulkRunner runner,
      InstantSource clock,
      RandomGenerator random) {
    this.jobs = jobs;
    this.limits = limits;
    this.desk = desk;
    this.runner = runner;
    this.clock = clock;
    this.random = random;
  }

  /** What asking comes to. */
  public sealed interface Asked {
    record Taken(Progress progress, AuditReceipt receipt) implements Asked {}

    record Declined(Reason reason) implements Asked {}

    /** The institution missed too often; again after this. */
    record TooManyFailed(Duration retryAfter) implements Asked {}
  }

  /** How far a job is. */
  public record Progress(BulkJob job, int answered) {}

  public Uni<Asked> ask(Caller caller, List<String> lines) {
    return limits
        .mayLookUp(caller)
        .chain(ruling ->
            switch (ruling) {
              case LimitRequests.Ruling.Admitted() -> ifRoom(caller, lines);
              case LimitRequests.Ruling.Limited(var wait) ->
                  Uni.createFrom().item(new Asked.TooManyFailed(wait));
            });
  }

  private Uni<Asked> ifRoom(Caller caller, List<String> lines) {
    return jobs.unfinished(MOST_WAITING)
        .chain(waiting -> {
          long own =
              waiting.stream()
                  .filter(job -> job.institution().equals(caller.institution()))
                  .count();
          return own < MOST_OF_ONE && waiting.size() < MOST_WAITING
              ? take(caller, lines)
              : declined(Reason.BULK_TOO_MANY);
        });
  }

  private Uni<Asked> take(Caller caller, List<String> lines) {
    var job =
        new BulkJob(
            RandomIds.next(random),
            caller.institution(),
            KIND,
            clock.instant(),
            caller.actor(),
            lines.size(),
            null);
    return desk.surely(
            caller,
            AuditKind.BULK_LOOK_UP,
            null,
            "ASKED",
            Map.of("job", job.id().toString(), "lines", Integer.toString(lines.size())))
        .call(() -> jobs.ask(job, lines))
        .invoke(runner::wake)
        .map(receipt -> new Asked.Taken(new Progress(job, 0), receipt));
  }

  /** A job of the caller's institution; another's is as good as none. */
  public Uni<Optional<Progress>> progress(Caller caller, UUID id) {
    return jobs.byId(caller.institution(), id)
        .chain(found ->
            found
                .map(job ->
                    jobs.answered(id).map(answered -> Optional.of(new Progress(job, answered))))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  /** Answered lines of a finished job, page by page. */
  public Uni<List<Line>> page(BulkJob job, int after, int limit) {
    return jobs.lines(job.id(), after, limit);
  }

  private static Uni<Asked> declined(Reason reason) {
    return Uni.createFrom().item(new Asked.Declined(reason));
  }
}
