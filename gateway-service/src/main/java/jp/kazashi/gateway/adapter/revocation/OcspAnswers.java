package jp.kazashi.gateway.adapter.revocation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.revocation.FetchRevocation;
import jp.kazashi.jpki.revocation.OcspQuestion;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationEvidence.Trouble;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;

/** Asks the designated responder, or recalls what it said a moment ago. Judges nothing. */
public final class OcspAnswers implements FetchRevocation {
  private static final int OK = 200;

  private final WebClient http;
  private final URI responder;
  private final Duration budget;
  private final OcspMemory memory;
  private final InstantSource clock;
  private final RandomGenerator random;

  public OcspAnswers(
      WebClient http,
      URI responder,
      Duration budget,
      OcspMemory memory,
      InstantSource clock,
      RandomGenerator random) {
    this.http = http;
    this.responder = responder;
    this.budget = budget;
    this.memory = memory;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public CompletionStage<List<RevocationEvidence>> about(CertId certificate) {
    Instant at = clock.instant();
    return memory
        .recall(certificate, at)
        .chain(known -> known.map(OcspAnswers::recalled).orElseGet(() -> ask(certificate, at)))
        .map(List::of)
        .subscribeAsCompletionStage();
  }

  private static Uni<RevocationEvidence> recalled(OcspAnswer answer) {
    return Uni.createFrom().item(answer);
  }

  private Uni<RevocationEvidence> ask(CertId certificate, Instant at) {
    byte[] nonce = new byte[OcspQuestion.NONCE_OCTETS];
    random.nextBytes(nonce);
    return http.postAbs(responder.toString())
        .putHeader("Content-Type", "application/ocsp-request")
        .timeout(budget.toMillis())
        .sendBuffer(Buffer.buffer(new OcspQuestion(certificate, nonce).bytes()))
        .ifNoItem()
        // The whole exchange: a responder that sends an octet now and then is silent too.
        .after(budget)
        .failWith(TimeoutException::new)
        .map(response -> evidence(response, nonce, at))
        .onFailure()
        .recoverWithItem(failure -> unanswered(failure, at))
        .call(evidence -> remember(certificate, evidence));
  }

  private RevocationEvidence evidence(HttpResponse<Buffer> response, byte[] nonce, Instant at) {
    byte[] body = response.body() == null ? new byte[0] : response.body().getBytes();
    if (response.statusCode() != OK) {
      return new Unanswered(responder, at, Trouble.REFUSED);
    }
    if (body.length > OcspAnswer.MOST_OCTETS) {
      return new Unanswered(responder, at, Trouble.TOO_LARGE);
    }
    return new OcspAnswer(body, responder, at, nonce);
  }

  private RevocationEvidence unanswered(Throwable failure, Instant at) {
    Trouble trouble = failure instanceof TimeoutException ? Trouble.TIMED_OUT : Trouble.UNREACHABLE;
    return new Unanswered(responder, at, trouble);
  }

  private Uni<Void> remember(CertId certificate, RevocationEvidence evidence) {
    return switch (evidence) {
      case OcspAnswer answer -> memory.remember(certificate, answer);
      case CrlSnapshot list -> Uni.createFrom().voidItem();
      case Unanswered nothing -> Uni.createFrom().voidItem();
    };
  }
}
