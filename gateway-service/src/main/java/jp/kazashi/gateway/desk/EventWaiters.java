package jp.kazashi.gateway.desk;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import jp.kazashi.gateway.port.WakeReaders;
import jp.kazashi.qualification.institution.InstitutionCode;

/** The readers of this node who wait for news, by institution. */
public final class EventWaiters implements WakeReaders {
  private final Map<InstitutionCode, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

  /** True when woken from now on, false when that took longer. */
  Uni<Boolean> next(InstitutionCode institution, Duration longest) {
    CompletableFuture<Void> news =
        waiting.computeIfAbsent(institution, none -> new CompletableFuture<>());
    return Uni.createFrom()
        .completionStage(() -> news.thenApply(done -> true))
        .ifNoItem()
        .after(longest)
        .recoverWithItem(() -> {
          // Others read once for nothing; callbacks never heap up where there is never news.
          release(institution, news);
          return false;
        });
  }

  @Override
  public void wake(InstitutionCode institution) {
    CompletableFuture<Void> news = waiting.get(institution);
    if (news != null) {
      release(institution, news);
    }
  }

  private void release(InstitutionCode institution, CompletableFuture<Void> news) {
    waiting.remove(institution, news);
    news.complete(null);
  }

  public void wakeAll() {
    waiting.keySet().forEach(this::wake);
  }

  public boolean isEmpty() {
    return waiting.isEmpty();
  }
}
