package jp.kazashi.gateway.adapter.ops;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.kazashi.gateway.adapter.revocation.CrlPrefetch;
import jp.kazashi.gateway.adapter.revocation.RevocationWatch;
import jp.kazashi.gateway.config.RevocationSettings;
import jp.kazashi.gateway.config.WorldClock;
import jp.kazashi.gateway.seal.Tenure;
import jp.kazashi.gateway.seal.Unsealed;
import jp.kazashi.jpki.verdict.JudgePolicy;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * What health tells. Live: the process turns (the framework says that). Started: schema and audit
 * chain are there. Ready: this node can answer now. Well: nothing wants an operator's eyes.
 */
@ApplicationScoped
public class NodeHealth {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Produces
  @Startup
  @Singleton
  HealthCheck schema(SchemaVersion schema) {
    return () -> named("schema").up().withData("version", schema.number()).build();
  }

  @Produces
  @Readiness
  @Singleton
  HealthCheck anchors(JudgePolicy policy) {
    return () ->
        named("anchors")
            .status(policy.anchors().size() > 0)
            .withData("count", policy.anchors().size())
            .build();
  }

  @Produces
  @Readiness
  @Singleton
  HealthCheck callers(PeerTrustReload trust, RealTime real) {
    return () -> {
      Instant now = real.clock().instant();
      Instant listsEnd = trust.current().listsEnd().orElse(Instant.MAX);
      return named("tls")
          .status(now.isBefore(listsEnd) && now.isBefore(trust.serverEnds()))
          .withData("files", trust.files())
          .withData("certificateEnds", trust.serverEnds().toString())
          .withData("revocationListsEnd", listsEnd.toString())
          .build();
    };
  }

  /**
   * The application's own role reads a table of its own: log-in, role and schema in one. Asked once
   * at a time and never cancelled, so that a silent database does not take every connection.
   */
  @Produces
  @Readiness
  @Singleton
  AsyncHealthCheck records(Mutiny.SessionFactory sessions) {
    AtomicBoolean asking = new AtomicBoolean();
    return () ->
        asking.compareAndSet(false, true)
            ? Uni.createFrom()
                .<HealthCheckResponse>emitter(emitter ->
                    answersNow(sessions)
                        .onTermination()
                        .invoke(() -> asking.set(false))
                        .subscribe()
                        .with(emitter::complete, emitter::fail))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(() -> named("database").down().build())
                .onFailure()
                .recoverWithItem(() -> named("database").down().build())
            : Uni.createFrom().item(() -> named("database").down().build());
  }

  private static Uni<HealthCheckResponse> answersNow(Mutiny.SessionFactory sessions) {
    return sessions
        .withStatelessSession(session ->
            session
                .createNativeQuery("SELECT count(*) FROM (SELECT FROM audit_epoch LIMIT 1) e")
                .getSingleResult())
        .map(found -> named("database").up().build());
  }

  /** A node whose entries have waited too long for their seal answers nothing. */
  @Produces
  @Readiness
  @Singleton
  HealthCheck seals(Unsealed unsealed) {
    return () ->
        named("seals")
            .status(!unsealed.stops())
            .withData("oldestUnsealedSeconds", unsealed.age().toSeconds())
            .build();
  }

  /** A node whose name another start took over can write nothing, and says whose name it was. */
  @Produces
  @Readiness
  @Singleton
  HealthCheck tenure(Tenure tenure) {
    return () ->
        named("audit-chain")
            .status(!tenure.isOver())
            .withData("chain", tenure.chain().toString())
            .withData("closed", tenure.isOver() ? "by a later start under the same name" : "no")
            .build();
  }

  /** Every list was looked for once: what can be warm is. */
  @Produces
  @Startup
  @Singleton
  HealthCheck lists(CrlPrefetch prefetch) {
    return () -> named("revocation-lists").status(prefetch.hasLooked()).build();
  }

  /** A node that could answer no card of some authority is not ready. */
  @Produces
  @Readiness
  @Singleton
  HealthCheck revocation(RevocationWatch watch, RevocationSettings settings, WorldClock clock) {
    return () -> {
      Instant now = clock.instant();
      List<RevocationWatch.Seen> all = watch.look(now);
      HealthCheckResponseBuilder answer =
          named("revocation")
              .status(
                  all.stream()
                      .allMatch(seen ->
                          seen.canBeJudged() || settings.outage().bears(seen.lastHad(), now)))
              .withData("missing", watch.isMissing());
      for (RevocationWatch.Seen seen : all) {
        answer.withData(seen.fingerprint(), told(seen, now));
      }
      return answer.build();
    };
  }

  private static String told(RevocationWatch.Seen seen, Instant now) {
    String age =
        seen.lastHad()
            .map(last -> Duration.between(last, now).toSeconds() + " s ago")
            .orElse("never yet");
    return "evidence %s, list until %s, %d of %d responders asked"
        .formatted(
            age,
            seen.listUntil().map(Instant::toString).orElse("none"),
            seen.asked(),
            seen.responders());
  }

  @Produces
  @Wellness
  @Singleton
  HealthCheck alarms(Alarms alarms) {
    return () -> {
      Map<String, String> now = alarms.now();
      HealthCheckResponseBuilder answer = named("alarms").status(now.isEmpty());
      now.forEach(answer::withData);
      return answer.build();
    };
  }

  private static HealthCheckResponseBuilder named(String name) {
    return HealthCheckResponse.named(name);
  }

  /** The schema this node found or made when it started. */
  public record SchemaVersion(String number) {}
}
