package jp.kazashi.gateway.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.adapter.http.BoundedHttp;
import jp.kazashi.gateway.adapter.ops.Alarms;
import jp.kazashi.gateway.adapter.redis.RedisOcspMemory;
import jp.kazashi.gateway.adapter.revocation.AskResponder;
import jp.kazashi.gateway.adapter.revocation.CrlPrefetch;
import jp.kazashi.gateway.adapter.revocation.CrlShelf;
import jp.kazashi.gateway.adapter.revocation.GatherRevocation;
import jp.kazashi.gateway.adapter.revocation.KeptLists;
import jp.kazashi.gateway.adapter.revocation.Later;
import jp.kazashi.gateway.adapter.revocation.NearMemory;
import jp.kazashi.gateway.adapter.revocation.OcspExchange;
import jp.kazashi.gateway.adapter.revocation.ProbeResponders;
import jp.kazashi.gateway.adapter.revocation.Responders;
import jp.kazashi.gateway.adapter.revocation.RevocationMeters;
import jp.kazashi.gateway.adapter.revocation.RevocationWatch;
import jp.kazashi.jpki.revocation.FetchRevocation;
import jp.kazashi.jpki.revocation.ListJudge;
import jp.kazashi.jpki.revocation.ListLimits;
import jp.kazashi.jpki.verdict.JudgePolicy;
import jp.kazashi.qualification.store.reactive.EvidenceInDatabase;
import org.eclipse.microprofile.config.Config;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Finding out whether a card was revoked: made of what, and what goes on beside the checks. */
@ApplicationScoped
public class RevocationWiring {
  private static final Logger LOG = Logger.getLogger(RevocationWiring.class);

  /** Of one node; some 3 kB each. */
  private static final int MOST_ANSWERS = 10_000;

  /** Looks whether anything is due; each source has its own pace. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private static final Duration LIST_BUDGET = Duration.ofMinutes(1);

  @Produces
  @Singleton
  RevocationSettings settings(Config config, JudgePolicy policy) {
    RevocationSettings settings = RevocationSettings.from(config);
    StartupGuard.revocationSources(settings, policy);
    return settings;
  }

  @Produces
  @Singleton
  RevocationMeters meters(MeterRegistry registry) {
    return new RevocationMeters(registry);
  }

  @Produces
  @Singleton
  BoundedHttp http(Vertx vertx) {
    return new BoundedHttp(vertx);
  }

  @Produces
  @Singleton
  Responders responders(RevocationSettings settings) {
    return new Responders(settings.rest(), steady());
  }

  @Produces
  @Singleton
  CrlShelf shelf(JudgePolicy policy) {
    return new CrlShelf(new ListJudge(policy.lists(), policy.anchors()));
  }

  @Produces
  @Singleton
  CrlPrefetch prefetch(
      RevocationSettings settings,
      Vertx vertx,
      BoundedHttp http,
      CrlShelf shelf,
      RevocationMeters meters,
      WorldClock clock,
      RandomGenerator random) {
    return new CrlPrefetch(
        vertx,
        http,
        shelf,
        new CrlPrefetch.Settings(
            settings.lists(), settings.listsEvery(), LIST_BUDGET, ListLimits.ordinary()),
        meters,
        clock,
        steady(),
        random);
  }

  @Produces
  @Singleton
  RevocationPlans plans(RevocationSettings settings, JudgePolicy policy) {
    return RevocationPlans.of(settings, policy.anchors());
  }

  @Produces
  @Singleton
  RevocationWatch watch(
      JudgePolicy policy, RevocationPlans plans, Responders responders, CrlShelf shelf) {
    return new RevocationWatch(policy.anchors(), plans::responders, responders, shelf);
  }

  @Produces
  @Singleton
  AskResponder exchange(
      RevocationSettings settings,
      BoundedHttp http,
      Responders responders,
      RevocationMeters meters,
      RandomGenerator random) {
    return new OcspExchange(http, settings.budget(), responders, meters, random, System::nanoTime);
  }

  @Produces
  @Singleton
  ProbeResponders probe(
      RevocationPlans plans,
      JudgePolicy policy,
      Responders responders,
      AskResponder exchange,
      WorldClock clock,
      RandomGenerator random) {
    return new ProbeResponders(
        plans.responders(policy.anchors()), responders, exchange, clock, random);
  }

  @Produces
  @Singleton
  FetchRevocation revocation(
      RevocationSettings settings,
      RevocationPlans plans,
      Vertx vertx,
      AskResponder exchange,
      Responders responders,
      CrlShelf shelf,
      RevocationWatch watch,
      RevocationMeters meters,
      ReactiveRedisDataSource redis,
      Mutiny.SessionFactory sessions,
      WorldClock clock) {
    return new GatherRevocation(
        plans::of,
        new GatherRevocation.Pace(settings.budget(), settings.hedge(), settings.memory()),
        new NearMemory(MOST_ANSWERS, new RedisOcspMemory(redis), meters),
        exchange,
        responders,
        shelf,
        new KeptLists(new EvidenceInDatabase(sessions)),
        watch,
        meters,
        clock,
        timers(vertx));
  }

  private static Later timers(Vertx vertx) {
    return (delay, work) -> {
      long timer = vertx.setTimer(Math.max(1, delay.toMillis()), ignored -> work.run());
      return () -> vertx.cancelTimer(timer);
    };
  }

  private static InstantSource steady() {
    return new SteadyClock(InstantSource.system(), System::nanoTime);
  }

  void start(
      @Observes StartupEvent start,
      RevocationPlans plans,
      JudgePolicy policy,
      CrlPrefetch prefetch,
      ProbeResponders probe,
      RevocationWatch watch,
      Responders responders,
      RevocationMeters meters,
      Alarms alarms,
      WorldClock clock,
      Vertx vertx) {
    watch.show(meters, clock);
    responders.show(meters, plans.responders(policy.anchors()).keySet());
    AtomicBoolean looking = new AtomicBoolean();
    Runnable look =
        () -> {
          if (looking.compareAndSet(false, true)) {
            prefetch
                .look()
                .onTermination()
                .invoke(() -> looking.set(false))
                .subscribe()
                .with(done -> {}, fault -> LOG.errorf(fault, "event=crl-look-failed"));
          }
          probe.look();
          tell(watch, prefetch, alarms, clock);
        };
    look.run();
    vertx.setPeriodic(LOOK_EVERY.toMillis(), ignored -> look.run());
  }

  private static void tell(
      RevocationWatch watch, CrlPrefetch prefetch, Alarms alarms, WorldClock clock) {
    watch
        .trouble(clock.instant())
        .ifPresentOrElse(
            why -> alarms.raise(Alarms.Kind.REVOCATION, why),
            () -> alarms.clear(Alarms.Kind.REVOCATION));
    prefetch
        .trouble()
        .ifPresentOrElse(
            why -> alarms.raise(Alarms.Kind.CRL, why), () -> alarms.clear(Alarms.Kind.CRL));
  }
}
