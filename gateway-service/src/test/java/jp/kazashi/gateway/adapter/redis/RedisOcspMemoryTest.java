package jp.kazashi.gateway.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.runtime.datasource.ReactiveRedisDataSourceImpl;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisAPI;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.gateway.adapter.revocation.NearMemory;
import jp.kazashi.gateway.adapter.revocation.OcspMemory;
import jp.kazashi.gateway.adapter.revocation.OcspMemory.Remembered;
import jp.kazashi.gateway.adapter.revocation.RevocationMeters;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.simulator.world.EmbeddedRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Redis that remembers, is lied to, and goes away. */
@SuppressWarnings("NullAway.Init") // the set-up sets the fields
class RedisOcspMemoryTest {
  private static final Instant NOON = Instant.parse("2026-06-01T03:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Remembered ANSWER =
      new Remembered(
          new OcspAnswer(
              new byte[] {1, 2, 3}, URI.create("http://ocsp.invalid/a"), NOON, new byte[32]),
          NOON.plusSeconds(30));

  private final Vertx vertx = Vertx.vertx();
  private EmbeddedRedis server;
  private ReactiveRedisDataSource redis;
  private OcspMemory memory;

  @BeforeEach
  void open(@TempDir Path folder) {
    server = EmbeddedRedis.start(folder, 0);
    Redis client = Redis.createClient(vertx, server.url());
    redis = new ReactiveRedisDataSourceImpl(vertx, client, RedisAPI.api(client));
    // Connecting takes longer than a check would wait.
    redis.execute("PING").await().atMost(PATIENCE);
    memory = new RedisOcspMemory(redis);
  }

  @AfterEach
  void close() {
    server.close();
    vertx.closeAndAwait();
  }

  @Test
  void anAnswerComesBackAsItWasUnderItsWholeIdentityAlone() {
    remember(memory, id("issuer", 7));

    assertThat(recall(memory, id("issuer", 7), NOON)).contains(ANSWER);
    assertThat(recall(memory, id("issuer", 8), NOON)).isEmpty();
    assertThat(recall(memory, id("another", 7), NOON)).isEmpty();
  }

  @Test
  void anAnswerIsRecalledUntilItsTimeByTheWorldsClockAlone() {
    remember(memory, id("issuer", 7));

    assertThat(recall(memory, id("issuer", 7), NOON.plusSeconds(30).minusMillis(1))).isPresent();
    assertThat(recall(memory, id("issuer", 7), NOON.plusSeconds(30))).isEmpty();
    assertThat(recall(memory, id("issuer", 7), NOON.minusMillis(1))).isEmpty();
  }

  @Test
  void whatSomebodyElsePutThereIsNothing() {
    remember(memory, id("issuer", 7));
    String key = redis.key().keys("kazashi:ocsp:*").await().atMost(PATIENCE).getFirst();

    for (byte[] rubbish : new byte[][] {{}, {1}, new byte[24], new byte[200_000]}) {
      redis.value(byte[].class).set(key, rubbish).await().atMost(PATIENCE);
      assertThat(recall(memory, id("issuer", 7), NOON)).isEmpty();
    }
  }

  @Test
  void withRedisGoneNothingFailsAndTheNodeRemembersByItself() {
    OcspMemory near = new NearMemory(10, memory, new RevocationMeters(new SimpleMeterRegistry()));
    server.close();

    remember(near, id("issuer", 7));

    assertThat(recall(near, id("issuer", 7), NOON)).contains(ANSWER);
    assertThat(recall(near, id("issuer", 8), NOON)).isEmpty();
    assertThat(recall(memory, id("issuer", 7), NOON)).isEmpty();
  }

  @Test
  void aNodeRemembersABoundedNumberTheOneLongestUnaskedGoesFirst() {
    OcspMemory near =
        new NearMemory(2, new Nothing(), new RevocationMeters(new SimpleMeterRegistry()));
    remember(near, id("issuer", 1));
    remember(near, id("issuer", 2));
    recall(near, id("issuer", 1), NOON);
    remember(near, id("issuer", 3));

    assertThat(recall(near, id("issuer", 1), NOON)).isPresent();
    assertThat(recall(near, id("issuer", 2), NOON)).isEmpty();
    assertThat(recall(near, id("issuer", 3), NOON)).isPresent();
  }

  private static Optional<Remembered> recall(OcspMemory from, CertId certificate, Instant at) {
    return from.recall(certificate, at).await().atMost(PATIENCE);
  }

  private static void remember(OcspMemory to, CertId certificate) {
    to.remember(certificate, ANSWER).await().atMost(PATIENCE);
  }

  private static CertId id(String issuer, long serial) {
    Octets key = HashAlgorithm.SHA256.hash(issuer.getBytes(UTF_8));
    return new CertId(HashAlgorithm.SHA256, key, key, BigInteger.valueOf(serial));
  }

  /** Remembers nothing. */
  private static final class Nothing implements OcspMemory {
    @Override
    public Uni<Optional<Remembered>> recall(CertId certificate, Instant at) {
      return Uni.createFrom().item(Optional.empty());
    }

    @Override
    public Uni<Void> remember(CertId certificate, Remembered answer) {
      return Uni.createFrom().voidItem();
    }
  }
}
