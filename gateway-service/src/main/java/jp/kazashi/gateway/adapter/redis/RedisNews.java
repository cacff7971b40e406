package jp.kazashi.gateway.adapter.redis;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.pubsub.ReactivePubSubCommands;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import jp.kazashi.gateway.desk.EventWaiters;
import jp.kazashi.gateway.port.WakeReaders;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.store.ReadEvents;
import org.jboss.logging.Logger;

/**
 * Wakes the readers of all nodes. Redis makes it quick; without it a look at the newest id, once a
 * second for the whole node, makes it complete.
 */
public final class RedisNews implements WakeReaders, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RedisNews.class);
  private static final String CHANNEL = "kazashi:events";
  private static final Duration RETRY_FIRST = Duration.ofSeconds(1);
  private static final Duration RETRY_MOST = Duration.ofSeconds(10);
  private static final long LOOK_MILLIS = 1000;

  private final EventWaiters waiters;
  private final ReadEvents events;
  private final ReactivePubSubCommands<String> news;
  private final Cancellable subscription;
  private final Vertx vertx;
  private final long timer;
  private final AtomicLong newest = new AtomicLong();

  public RedisNews(
      EventWaiters waiters, ReadEvents events, ReactiveRedisDataSource redis, Vertx vertx) {
    this.waiters = waiters;
    this.events = events;
    this.news = redis.pubsub(String.class);
    this.vertx = vertx;
    this.subscription =
        news.subscribe(CHANNEL)
            .onFailure()
            .retry()
            .withBackOff(RETRY_FIRST, RETRY_MOST)
            .indefinitely()
            .subscribe()
            .with(this::heard, never -> LOG.warn("event=news-ended"));
    this.timer = vertx.setPeriodic(LOOK_MILLIS, tick -> look());
  }

  @Override
  public void wake(InstitutionCode institution) {
    waiters.wake(institution);
    news.publish(CHANNEL, institution.digits())
        .subscribe()
        .with(
            told -> {},
            away -> LOG.debugf("event=news-untold cause=%s", away.getClass().getSimpleName()));
  }

  private void heard(String institution) {
    try {
      waiters.wake(new InstitutionCode(institution));
    } catch (IllegalArgumentException notOurs) {
      LOG.warn("event=news-unreadable");
    }
  }

  private void look() {
    if (!waiters.isEmpty()) {
      events
          .newest()
          .subscribe()
          .with(
              id -> {
                if (newest.getAndSet(id) != id) {
                  waiters.wakeAll();
                }
              },
              away -> LOG.debugf("event=events-away cause=%s", away.getClass().getSimpleName()));
    }
  }

  @Override
  public void close() {
    vertx.cancelTimer(timer);
    subscription.cancel();
  }
}
