package jp.kazashi.gateway.adapter.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jp.kazashi.gateway.adapter.http.BoundedHttp;
import jp.kazashi.gateway.adapter.revocation.AskedJpki.Place;
import jp.kazashi.gateway.adapter.revocation.GatherRevocation.Pace;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.revocation.ListJudge;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationJudge.Finding;
import jp.kazashi.jpki.revocation.RevocationPlan;
import jp.kazashi.jpki.revocation.RevocationPlan.Kind;
import jp.kazashi.jpki.revocation.RevocationPlan.Source;
import jp.kazashi.jpki.revocation.RevocationStatus.Good;
import jp.kazashi.jpki.revocation.RevocationStatus.Unavailable;
import jp.kazashi.jpki.revocation.UnavailableCause;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.store.Evidence;
import jp.kazashi.qualification.store.KeepEvidence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responders that are down, slow or lie, over real HTTP; behind each stands an honest one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the set-up sets the fields
class SourcesOverHttpTest {
  /** Longer than anything may take. */
  private static final long PATIENCE_SECONDS = 30;

  private AskedJpki jpki;
  private Place bad;
  private Place good;

  @BeforeAll
  void make(@TempDir Path folder) {
    jpki = new AskedJpki(folder);
    bad = jpki.place();
    good = jpki.place();
  }

  @AfterAll
  void close() {
    jpki.close();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "drop, -, UNANSWERED",
        "http-error, 503, UNANSWERED",
        "cut-short, -, UNANSWERED",
        "huge, 1000000, UNANSWERED",
        "delay, PT30S, UNANSWERED",
        "slow-loris, PT1S, UNANSWERED",
        "try-later, -, NOT_SUCCESSFUL",
        "failure, unauthorized, NOT_SUCCESSFUL",
        "malformed, -, MALFORMED",
        "truncated, -, MALFORMED",
        "wrong-signer, -, RESPONDER_NOT_AUTHORIZED",
        "bad-signature, -, SIGNATURE_INVALID",
        "wrong-cert-id, serial, OTHER_CERTIFICATE",
        "wrong-cert-id, issuer-key, OTHER_CERTIFICATE",
        "missing-nonce, -, NONCE_MISSING",
        "other-nonce, -, NONCE_DIFFERS",
        "stale, P1D, STALE",
        "future, P1D, FROM_THE_FUTURE"
      })
  void whateverTheFirstDoesTheNextIsAskedAndTheCauseIsRecorded(
      String behaviour, String with, UnavailableCause cause) throws Exception {
    bad.behaves("ocsp", behaviour, with == null ? "" : with);
    Link link = jpki.link(jpki.card());

    // Who says something is waited for, however slow the machine.
    Duration hedge =
        cause == UnavailableCause.UNANSWERED
            ? Duration.ofMillis(100)
            : Duration.ofSeconds(PATIENCE_SECONDS);
    List<RevocationEvidence> gathered = gather(link, bad.ocsp(), good.ocsp(), hedge);

    List<Finding> findings = jpki.policy().revocation().findings(gathered, link, jpki.instant());
    assertThat(findings)
        .containsExactly(
            new Finding(bad.ocsp(), new Unavailable(cause)), new Finding(good.ocsp(), new Good()));
  }

  @Test
  void nobodyListeningIsSilenceToo() throws Exception {
    Link link = jpki.link(jpki.card());

    List<RevocationEvidence> gathered =
        gather(
            link,
            URI.create("http://127.0.0.1:1/ocsp"),
            good.ocsp(),
            Duration.ofSeconds(PATIENCE_SECONDS));

    assertThat(jpki.soFar(link).judged(gathered)).isInstanceOf(Good.class);
  }

  private List<RevocationEvidence> gather(Link link, URI first, URI second, Duration hedge)
      throws Exception {
    var responders = new Responders(Duration.ofSeconds(30), new Timers());
    var meters = new RevocationMeters(new SimpleMeterRegistry());
    var shelf = new CrlShelf(new ListJudge(jpki.policy().lists(), jpki.policy().anchors()));
    Duration budget = Duration.ofSeconds(PATIENCE_SECONDS);
    var plan =
        new RevocationPlan(
            List.of(new Source(Kind.OCSP, first, budget), new Source(Kind.OCSP, second, budget)));
    var exchange =
        new OcspExchange(
            new BoundedHttp(jpki.vertx()),
            budget,
            responders,
            meters,
            new SecureRandom(),
            System::nanoTime);
    return new GatherRevocation(
            key -> plan,
            new Pace(budget, hedge, Duration.ofSeconds(30)),
            new NoMemory(),
            exchange,
            responders,
            shelf,
            new KeptLists(new NoStore()),
            new RevocationWatch(
                jpki.policy().anchors(), key -> List.of(first, second), responders, shelf),
            meters,
            jpki.clock(),
            (delay, work) -> {
              long timer = jpki.vertx().setTimer(delay.toMillis(), ignored -> work.run());
              return () -> jpki.vertx().cancelTimer(timer);
            })
        .about(AskedJpki.id(link), jpki.soFar(link))
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static final class NoMemory implements OcspMemory {
    @Override
    public Uni<Optional<Remembered>> recall(CertId certificate, Instant at) {
      return Uni.createFrom().item(Optional.empty());
    }

    @Override
    public Uni<Void> remember(CertId certificate, Remembered answer) {
      return Uni.createFrom().voidItem();
    }
  }

  private static final class NoStore implements KeepEvidence {
    @Override
    public Uni<Void> keep(Evidence shared, Instant at) {
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Optional<byte[]>> find(Digest digest) {
      return Uni.createFrom().item(Optional.empty());
    }
  }
}
