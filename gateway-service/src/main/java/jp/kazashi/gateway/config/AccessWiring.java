package jp.kazashi.gateway.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import jp.kazashi.gateway.adapter.ops.Alarms;
import jp.kazashi.gateway.adapter.ops.BrokenTlsFile;
import jp.kazashi.gateway.adapter.ops.PeerTrustReload;
import jp.kazashi.gateway.adapter.ops.RealTime;
import jp.kazashi.gateway.adapter.ops.TlsFiles;
import jp.kazashi.gateway.adapter.redis.RedisCounts;
import jp.kazashi.gateway.adapter.redis.RequestLimits;
import jp.kazashi.gateway.adapter.redis.RequestLimits.Allowance;
import jp.kazashi.gateway.adapter.rest.OpenConnections;
import jp.kazashi.gateway.port.LimitRequests;
import org.eclipse.microprofile.config.Config;

/** Who comes in and how often: what that is made of. */
@ApplicationScoped
public class AccessWiring {
  /** As in application.properties. */
  private static final String TLS = "gateway";

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  @Produces
  @Singleton
  AccessSettings settings(Config config) {
    return AccessSettings.from(config);
  }

  @Produces
  @Singleton
  RealTime realTime() {
    return new RealTime(InstantSource.system());
  }

  @Produces
  @Singleton
  Alarms alarms(MeterRegistry meters) {
    return new Alarms(meters);
  }

  @Produces
  @Singleton
  OpenConnections connections() {
    return new OpenConnections();
  }

  @Produces
  @Singleton
  PeerTrustReload trust(
      AccessSettings settings,
      RealTime real,
      Alarms alarms,
      TlsConfigurationRegistry registry,
      Event<CertificateUpdatedEvent> updated) {
    TlsFiles files =
        new TlsFiles(
            settings.certificate(),
            settings.key(),
            settings.clientAuthorities(),
            settings.clientRevocations());
    try {
      return PeerTrustReload.of(
          files, real.clock(), alarms, () -> renewListeners(registry, updated));
    } catch (BrokenTlsFile broken) {
      throw new StartupGuard.Refusal("TLS cannot be used: " + broken.getMessage());
    }
  }

  private static boolean renewListeners(
      TlsConfigurationRegistry registry, Event<CertificateUpdatedEvent> updated) {
    TlsConfiguration tls = registry.get(TLS).orElseThrow();
    boolean read = tls.reload();
    if (read) {
      updated.fire(new CertificateUpdatedEvent(TLS, tls));
    }
    return read;
  }

  @Produces
  @Singleton
  LimitRequests limits(ReactiveRedisDataSource redis, AccessSettings settings, Alarms alarms) {
    return new RequestLimits(
        new RedisCounts(redis),
        new Allowance("terminal", settings.terminalPerMinute(), MINUTE),
        new Allowance("institution", settings.institutionPerMinute(), MINUTE),
        new Allowance("failed-lookups", settings.failedLookUpsPerHour(), HOUR),
        System::nanoTime,
        alarms);
  }

  void start(
      @Observes StartupEvent start,
      Config config,
      GatewaySettings gateway,
      AccessSettings settings,
      PeerTrustReload trust,
      OpenConnections connections,
      RealTime real,
      Vertx vertx) {
    StartupGuard.access(config, gateway, settings);
    vertx.setPeriodic(
        settings.reload().toMillis(),
        ignored ->
            vertx.executeBlocking(
                () -> {
                  trust.look(now -> connections.judgeAll(now, real.clock().instant()));
                  return null;
                },
                true));
  }
}
