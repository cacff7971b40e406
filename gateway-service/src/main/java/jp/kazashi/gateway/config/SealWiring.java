package jp.kazashi.gateway.config;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.adapter.http.BoundedHttp;
import jp.kazashi.gateway.adapter.ops.Alarms;
import jp.kazashi.gateway.adapter.tsa.TimeStampCheck;
import jp.kazashi.gateway.adapter.tsa.TimeStampService;
import jp.kazashi.gateway.seal.SealAudit;
import jp.kazashi.gateway.seal.StopRule;
import jp.kazashi.gateway.seal.Unsealed;
import jp.kazashi.qualification.store.reactive.SealsInDatabase;
import org.eclipse.microprofile.config.Config;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** The seals of the audit, made of what, and when. */
@ApplicationScoped
public class SealWiring {
  private static final Logger LOG = Logger.getLogger(SealWiring.class);

  /** Heads are witnessed at least every five seconds, also when a look takes its time. */
  private static final Duration WITNESS_EVERY = Duration.ofSeconds(3);

  private static final Duration STAMP_BUDGET = Duration.ofSeconds(10);

  @Produces
  @Singleton
  SealSettings settings(Config config) {
    return SealSettings.from(config);
  }

  @Produces
  @Singleton
  Unsealed unsealed(SealSettings settings) {
    return new Unsealed(new StopRule(settings.stop()), System::nanoTime);
  }

  @Produces
  @Singleton
  SealAudit sealAudit(
      SealSettings settings,
      Mutiny.SessionFactory sessions,
      BoundedHttp http,
      Unsealed unsealed,
      WorldClock clock,
      RandomGenerator random) {
    try {
      return new SealAudit(
          new SealsInDatabase(sessions),
          new TimeStampService(
              http,
              settings.authority(),
              STAMP_BUDGET,
              TimeStampCheck.trusting(settings.anchor()),
              clock,
              random),
          unsealed,
          clock);
    } catch (IOException e) {
      throw new StartupGuard.Refusal("KAZASHI_TSA_ANCHOR: " + e.getMessage());
    }
  }

  /** After the records, which bring the schema up to date. */
  void start(
      @Observes StartupEvent start,
      Records records,
      SealSettings settings,
      SealAudit seals,
      Unsealed unsealed,
      Alarms alarms,
      Vertx vertx) {
    Context loop = vertx.getDelegate().getOrCreateContext();
    Runnable seal = alone(loop, "seal", seals::sealAll, alarm(unsealed, alarms));
    Runnable witness = alone(loop, "witness", seals::witness, failure -> {});
    Runnable tenure = alone(loop, "tenure", records.tenure()::look, failure -> {});
    seal.run();
    vertx.setPeriodic(settings.every().toMillis(), ignored -> seal.run());
    vertx.setPeriodic(WITNESS_EVERY.toMillis(), ignored -> witness.run());
    vertx.setPeriodic(WITNESS_EVERY.toMillis(), ignored -> tenure.run());
  }

  /** What takes longer than its turn is not begun twice. */
  private static Runnable alone(
      Context loop, String what, Supplier<Uni<Void>> work, Consumer<String> failed) {
    AtomicBoolean working = new AtomicBoolean();
    return () -> {
      if (working.compareAndSet(false, true)) {
        loop.runOnContext(ignored ->
            work.get()
                .onTermination()
                .invoke(() -> working.set(false))
                .subscribe()
                .with(
                    done -> failed.accept(""),
                    failure -> {
                      LOG.warnf(
                          "event=%s-missed cause=%s why=\"%s\"",
                          what, failure.getClass().getSimpleName(), failure.getMessage());
                      failed.accept(failure.getClass().getSimpleName());
                    }));
      }
    };
  }

  private static Consumer<String> alarm(Unsealed unsealed, Alarms alarms) {
    return cause -> {
      if (unsealed.warns()) {
        alarms.raise(Alarms.Kind.SEALS, "entries wait for their seal: " + cause);
      } else {
        alarms.clear(Alarms.Kind.SEALS);
      }
    };
  }
}
