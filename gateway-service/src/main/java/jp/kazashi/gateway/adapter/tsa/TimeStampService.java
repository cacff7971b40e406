package jp.kazashi.gateway.adapter.tsa;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.adapter.http.BoundedHttp;
import jp.kazashi.gateway.adapter.http.BoundedHttp.Bounds;
import jp.kazashi.gateway.adapter.http.BoundedHttp.Reply;
import jp.kazashi.gateway.port.StampTime;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.audit.TimeStampToken;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;

/** Asks an authority over HTTP (RFC 3161 §3.4) and believes nothing that is not proved. */
public final class TimeStampService implements StampTime {
  private static final int OK = 200;
  private static final int NONCE_BYTES = 16;
  private static final int MOST_OCTETS = 65_536;

  /** How far the authority's time may be from ours. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final BoundedHttp http;
  private final URI authority;
  private final Duration budget;
  private final TimeStampCheck check;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * Trusts one authority.
   *
   * @param budget longest time one stamp may take to come
   */
  public TimeStampService(
      BoundedHttp http,
      URI authority,
      Duration budget,
      TimeStampCheck check,
      InstantSource clock,
      RandomGenerator random) {
    this.http = http;
    this.authority = authority;
    this.budget = budget;
    this.check = check;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Uni<TimeStampToken> stamp(Digest root) {
    TimeStampRequest question = question(root);
    return http.post(
            authority,
            "application/timestamp-query",
            bytes(question),
            new Bounds(MOST_OCTETS, budget))
        .map(reply -> proved(root, question, reply));
  }

  private TimeStampRequest question(Digest root) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    TimeStampRequestGenerator question = new TimeStampRequestGenerator();
    question.setCertReq(true);
    return question.generate(TSPAlgorithms.SHA256, root.bytes(), new BigInteger(1, nonce));
  }

  private static byte[] bytes(TimeStampRequest question) {
    try {
      return question.getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("A question can be encoded", e);
    }
  }

  private TimeStampToken proved(Digest root, TimeStampRequest question, Reply reply) {
    TimeStampToken token = read(question, reply);
    Instant now = clock.instant();
    Instant stamped =
        check.timeOf(root, token).orElseThrow(() -> new NoTimeStamp("it proves nothing"));
    if (Duration.between(stamped, now).abs().compareTo(SKEW) > 0) {
      throw new NoTimeStamp("it is of another time");
    }
    return token;
  }

  private static TimeStampToken read(TimeStampRequest question, Reply reply) {
    if (reply.status() != OK) {
      throw new NoTimeStamp("HTTP " + reply.status());
    }
    try {
      TimeStampResponse said = new TimeStampResponse(reply.body().getBytes());
      // The nonce, the imprint and the status are those of the question.
      said.validate(question);
      if (said.getTimeStampToken() == null) {
        throw new NoTimeStamp("it refuses: status " + said.getStatus());
      }
      return new TimeStampToken(said.getTimeStampToken().getEncoded());
    } catch (IOException | TSPException | IllegalArgumentException e) {
      throw new NoTimeStamp("it is no answer to the question: " + e.getClass().getSimpleName());
    }
  }
}
