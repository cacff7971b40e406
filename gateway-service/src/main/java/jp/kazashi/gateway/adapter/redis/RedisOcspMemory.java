package jp.kazashi.gateway.adapter.redis;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import jp.kazashi.gateway.adapter.revocation.OcspMemory;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import org.jboss.logging.Logger;

/** Answers that all nodes share for a few seconds. */
public final class RedisOcspMemory implements OcspMemory {
  private static final Logger LOG = Logger.getLogger(RedisOcspMemory.class);

  /** A memory that hangs is one that is away: no check waits for it. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final ReactiveValueCommands<String, byte[]> values;
  private final URI responder;
  private final Duration age;

  public RedisOcspMemory(ReactiveRedisDataSource redis, URI responder, Duration age) {
    this.values = redis.value(byte[].class);
    this.responder = responder;
    this.age = age;
  }

  @Override
  public Uni<Optional<OcspAnswer>> recall(CertId certificate, Instant at) {
    return values
        .get(key(certificate))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .map(bytes -> Optional.ofNullable(bytes).flatMap(this::decode).filter(a -> isYoung(a, at)))
        .onFailure()
        .recoverWithItem(RedisOcspMemory::nothing);
  }

  @Override
  public Uni<Void> remember(CertId certificate, OcspAnswer answer) {
    return values
        .psetex(key(certificate), Math.max(1, age.toMillis()), encode(answer))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onFailure()
        .recoverWithNull();
  }

  /** By the world's clock: after a jump nothing fetched before it is young. */
  private boolean isYoung(OcspAnswer answer, Instant at) {
    Duration old = Duration.between(answer.fetchedAt(), at);
    return !old.isNegative() && old.compareTo(age) < 0;
  }

  private static Optional<OcspAnswer> nothing(Throwable away) {
    LOG.debugf("event=cache-away cause=%s", away.getClass().getSimpleName());
    return Optional.empty();
  }

  private Optional<OcspAnswer> decode(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      Instant fetchedAt = Instant.ofEpochMilli(in.getLong());
      byte[] nonce = new byte[in.get()];
      in.get(nonce);
      byte[] body = new byte[in.remaining()];
      in.get(body);
      return Optional.of(new OcspAnswer(body, responder, fetchedAt, nonce));
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      return Optional.empty();
    }
  }

  private static byte[] encode(OcspAnswer answer) {
    byte[] nonce = answer.nonce().map(Octets::toArray).orElse(new byte[0]);
    byte[] body = answer.body().toArray();
    return ByteBuffer.allocate(Long.BYTES + 1 + nonce.length + body.length)
        .putLong(answer.fetchedAt().toEpochMilli())
        .put((byte) nonce.length)
        .put(nonce)
        .put(body)
        .array();
  }

  /** The whole identity, hashed: a serial alone names nothing, and is not for a cache's keys. */
  private static String key(CertId certificate) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(certificate.hash().name().getBytes(StandardCharsets.US_ASCII));
      digest.update(certificate.issuerNameHash().toArray());
      digest.update(certificate.issuerKeyHash().toArray());
      digest.update(certificate.serial().toByteArray());
      return "kazashi:ocsp:" + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
