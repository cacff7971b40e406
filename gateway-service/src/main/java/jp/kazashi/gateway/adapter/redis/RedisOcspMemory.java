package jp.kazashi.gateway.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

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

  public RedisOcspMemory(ReactiveRedisDataSource redis) {
    this.values = redis.value(byte[].class);
  }

  @Override
  public Uni<Optional<Remembered>> recall(CertId certificate, Instant at) {
    return values
        .get(key(certificate))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .map(bytes ->
            Optional.ofNullable(bytes)
                .flatMap(RedisOcspMemory::decode)
                .filter(known -> known.isYoung(at)))
        .onFailure()
        .recoverWithItem(RedisOcspMemory::nothing);
  }

  @Override
  public Uni<Void> remember(CertId certificate, Remembered known) {
    // Redis only forgets by it: when an answer is too old is said by its own bytes.
    Duration life = Duration.between(known.answer().fetchedAt(), known.until());
    return values
        .psetex(key(certificate), Math.max(1, life.toMillis()), encode(known))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onFailure()
        .recoverWithNull();
  }

  private static Optional<Remembered> nothing(Throwable away) {
    LOG.debugf("event=cache-away cause=%s", away.getClass().getSimpleName());
    return Optional.empty();
  }

  private static Optional<Remembered> decode(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      Instant fetchedAt = Instant.ofEpochMilli(in.getLong());
      Instant until = Instant.ofEpochMilli(in.getLong());
      byte[] nonce = piece(in);
      URI source = URI.create(new String(piece(in), UTF_8));
      byte[] body = new byte[in.remaining()];
      in.get(body);
      return Optional.of(new Remembered(new OcspAnswer(body, source, fetchedAt, nonce), until));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // What somebody else put there is nothing that was remembered.
      return Optional.empty();
    }
  }

  private static byte[] piece(ByteBuffer in) {
    byte[] piece = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(piece);
    return piece;
  }

  private static byte[] encode(Remembered known) {
    OcspAnswer answer = known.answer();
    byte[] nonce = answer.nonce().map(Octets::toArray).orElse(new byte[0]);
    byte[] source = answer.source().toString().getBytes(UTF_8);
    byte[] body = answer.body().toArray();
    return ByteBuffer.allocate(
            2 * Long.BYTES + 2 * Short.BYTES + nonce.length + source.length + body.length)
        .putLong(answer.fetchedAt().toEpochMilli())
        .putLong(known.until().toEpochMilli())
        .putShort((short) nonce.length)
        .put(nonce)
        .putShort((short) source.length)
        .put(source)
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
      return "kazashi:ocsp:2:" + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
