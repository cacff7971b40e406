package jp.kazashi.gateway.desk;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.port.LimitRequests;

/** Failed look-ups of each institution in the running hour, as this node alone sees them. */
public final class LocalCounts implements LimitRequests {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST_INSTITUTIONS = 10_000;

  private final int mostFailed;
  private final InstantSource steady;
  private final Map<String, Failed> failed = new LinkedHashMap<>();

  public LocalCounts(int mostFailed, InstantSource steady) {
    this.mostFailed = mostFailed;
    this.steady = steady;
  }

  private record Failed(Instant since, int count) {}

  @Override
  public Uni<Ruling> admit(Caller caller) {
    return Uni.createFrom().item(new Ruling.Admitted());
  }

  @Override
  public synchronized Uni<Ruling> mayLookUp(Caller caller) {
    Instant now = steady.instant();
    Failed known = current(caller, now);
    return Uni.createFrom()
        .item(
            known.count() < mostFailed
                ? new Ruling.Admitted()
                : new Ruling.Limited(Duration.between(now, known.since().plus(HOUR))));
  }

  @Override
  public synchronized Uni<Void> lookUpFailed(Caller caller) {
    Instant now = steady.instant();
    Failed known = current(caller, now);
    if (failed.size() >= MOST_INSTITUTIONS) {
      failed.values().removeIf(each -> isOver(each, now));
    }
    failed.put(caller.organisation(), new Failed(known.since(), known.count() + 1));
    return Uni.createFrom().voidItem();
  }

  private Failed current(Caller caller, Instant now) {
    Failed known = failed.get(caller.organisation());
    return known == null || isOver(known, now) ? new Failed(now, 0) : known;
  }

  private static boolean isOver(Failed known, Instant now) {
    return !now.isBefore(known.since().plus(HOUR));
  }
}
