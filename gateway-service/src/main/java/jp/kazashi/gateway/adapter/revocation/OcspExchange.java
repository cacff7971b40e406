package jp.kazashi.gateway.adapter.revocation;

import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.adapter.http.BoundedHttp;
import jp.kazashi.gateway.adapter.http.BoundedHttp.Bounds;
import jp.kazashi.gateway.adapter.http.BoundedHttp.Reply;
import jp.kazashi.gateway.adapter.http.BoundedHttp.TooLarge;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.revocation.OcspQuestion;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationEvidence.Trouble;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;

/** Asks one responder one question. Whatever comes of it is evidence; nothing of it is judged. */
public final class OcspExchange implements AskResponder {
  private static final int OK = 200;

  private final BoundedHttp http;
  private final Duration budget;
  private final Responders responders;
  private final RevocationMeters meters;
  private final RandomGenerator random;
  private final LongSupplier nanos;

  public OcspExchange(
      BoundedHttp http,
      Duration budget,
      Responders responders,
      RevocationMeters meters,
      RandomGenerator random,
      LongSupplier nanos) {
    this.http = http;
    this.budget = budget;
    this.responders = responders;
    this.meters = meters;
    this.random = random;
    this.nanos = nanos;
  }

  @Override
  public Uni<RevocationEvidence> ask(URI responder, CertId certificate, Instant at) {
    byte[] nonce = new byte[OcspQuestion.NONCE_OCTETS];
    random.nextBytes(nonce);
    long begun = nanos.getAsLong();
    return http.post(
            responder,
            "application/ocsp-request",
            new OcspQuestion(certificate, nonce).bytes(),
            new Bounds(OcspAnswer.MOST_OCTETS, budget))
        .map(reply -> evidence(reply, responder, nonce, at))
        .onFailure()
        .recoverWithItem(failure -> new Unanswered(responder, at, trouble(failure)))
        .invoke(evidence -> note(evidence, Duration.ofNanos(nanos.getAsLong() - begun)));
  }

  private static RevocationEvidence evidence(Reply reply, URI responder, byte[] nonce, Instant at) {
    return reply.status() == OK
        ? new OcspAnswer(reply.body().getBytes(), responder, at, nonce)
        : new Unanswered(responder, at, Trouble.REFUSED);
  }

  private static Trouble trouble(Throwable failure) {
    return switch (failure) {
      case TimeoutException late -> Trouble.TIMED_OUT;
      case TooLarge large -> Trouble.TOO_LARGE;
      default -> Trouble.UNREACHABLE;
    };
  }

  private void note(RevocationEvidence evidence, Duration took) {
    if (evidence instanceof Unanswered silence) {
      responders.failed(evidence.source());
      meters.exchanged(evidence.source(), word(silence.trouble()), took);
    } else {
      responders.answered(evidence.source());
      meters.exchanged(evidence.source(), "answered", took);
    }
  }

  static String word(Trouble trouble) {
    return trouble.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
