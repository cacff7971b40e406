package jp.kazashi.gateway.config;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.kazashi.gateway.check.ExpireRecords;
import jp.kazashi.qualification.store.reactive.RetentionInDatabase;
import org.eclipse.microprofile.config.Config;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** When expired records are dropped. Every node looks; one at a time drops. */
@ApplicationScoped
public class RetentionWiring {
  private static final Logger LOG = Logger.getLogger(RetentionWiring.class);
  private static final Duration EVERY = Duration.ofHours(1);

  void start(
      @Observes StartupEvent start,
      Config config,
      Records records,
      Mutiny.SessionFactory sessions,
      WorldClock clock,
      MeterRegistry meters,
      Vertx vertx) {
    Counter dropped =
        Counter.builder("kazashi.retention.dropped")
            .description("partitions of expired records that this node dropped")
            .register(meters);
    Counter missed =
        Counter.builder("kazashi.retention.missed")
            .description("runs that dropped nothing because something failed")
            .register(meters);
    ExpireRecords expire =
        new ExpireRecords(
            new RetentionInDatabase(sessions),
            records.station(),
            clock,
            gone -> {
              dropped.increment(gone.size());
              LOG.infof("event=retention dropped=%s", String.join(",", gone));
            });
    Context loop = vertx.getDelegate().getOrCreateContext();
    AtomicBoolean working = new AtomicBoolean();
    Runnable run =
        () -> {
          if (working.compareAndSet(false, true)) {
            loop.runOnContext(ignored -> run(expire, missed, working));
          }
        };
    run.run();
    vertx.setPeriodic(every(config).toMillis(), ignored -> run.run());
  }

  private static void run(ExpireRecords expire, Counter missed, AtomicBoolean working) {
    expire
        .run()
        .onTermination()
        .invoke(() -> working.set(false))
        .subscribe()
        .with(
            done -> {},
            failure -> {
              missed.increment();
              LOG.warnf("event=retention-missed cause=%s", failure.getClass().getSimpleName());
            });
  }

  private static Duration every(Config config) {
    Duration every =
        config.getOptionalValue("kazashi.retention-every", Duration.class).orElse(EVERY);
    if (every.toMillis() < 1) {
      throw new StartupGuard.Refusal("KAZASHI_RETENTION_EVERY must be some time");
    }
    return every;
  }
}
