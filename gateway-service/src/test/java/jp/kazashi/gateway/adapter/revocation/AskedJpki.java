package jp.kazashi.gateway.adapter.revocation;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.CertificateProfile.Purpose;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.certificate.JpkiProfiles;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.holder.ExpiryPolicy;
import jp.kazashi.jpki.revocation.FetchRevocation.SoFar;
import jp.kazashi.jpki.revocation.Freshness;
import jp.kazashi.jpki.revocation.ListLimits;
import jp.kazashi.jpki.revocation.OcspQuestion;
import jp.kazashi.jpki.revocation.ResponderRules;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationList;
import jp.kazashi.jpki.verdict.JudgePolicy;
import jp.kazashi.simulator.crl.CrlPublisher;
import jp.kazashi.simulator.ocsp.OcspLiar;
import jp.kazashi.simulator.ocsp.OcspLie;
import jp.kazashi.simulator.ocsp.OcspResponder;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.KeyPairs;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.pki.TimeStampAuthority;
import jp.kazashi.simulator.wire.Manners;
import jp.kazashi.simulator.world.JpkiServer;

/** A JPKI, as many places as wanted where it answers, a clock, and who judges what is said. */
final class AskedJpki implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-06-01T03:00:00Z");

  private final SecureRandom random = new SecureRandom();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final Vertx vertx = Vertx.vertx();
  private final Path folder;
  private final SimulatedJpki jpki;
  private final OcspResponder responder;
  private final CrlPublisher publisher;
  private final KeyPair holder = KeyPairs.rsa2048(random);
  private final JudgePolicy policy;

  AskedJpki(Path folder) {
    this.folder = folder;
    try {
      jpki = SimulatedJpki.open(folder, NOON, URI.create("http://unused.invalid/ocsp"), random);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    responder = new OcspResponder(jpki);
    publisher = new CrlPublisher(jpki, folder.resolve("number"));
    policy =
        new JudgePolicy(
            TrustAnchors.fromPem(jpki.anchorsPem(Issuer.Use.AUTHENTICATION)),
            JpkiProfiles.of(Purpose.AUTHENTICATION, true),
            ExpiryPolicy.threeMonths(ExpiryPolicy.Anchor.EXPIRY_DATE),
            Freshness.ordinary(),
            ResponderRules.strict());
  }

  /** Where it answers over HTTP, and how it can be told to misbehave. */
  record Place(URI ocsp, URI crl, JpkiServer server) {
    void behaves(String service, String behaviour, String with) {
      Manners<?> manners = server.manners().get(service);
      if (manners == null) {
        throw new AssertionError("no service " + service);
      }
      manners.tell(
          behaviour, Optional.of(with).filter(text -> !text.isEmpty()), OptionalInt.empty());
    }
  }

  Place place() {
    try {
      JpkiServer server =
          new JpkiServer(
              vertx,
              jpki,
              TimeStampAuthority.open(folder.resolve("tsa"), NOON, random),
              folder.resolve("number-" + random.nextInt(1 << 30)),
              this::instant,
              random);
      HttpServer listening = server.listen(0).toCompletionStage().toCompletableFuture().join();
      String address = "http://127.0.0.1:" + listening.actualPort();
      return new Place(
          URI.create(address + "/ocsp"),
          URI.create(address + "/crl/" + Issuer.AUTHENTICATION_3.fileName() + ".crl"),
          server);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Instant instant() {
    Instant at = now.get();
    return at == null ? NOON : at;
  }

  InstantSource clock() {
    return this::instant;
  }

  void moveTo(Instant at) {
    now.set(at);
  }

  Vertx vertx() {
    return vertx;
  }

  SimulatedJpki jpki() {
    return jpki;
  }

  JudgePolicy policy() {
    return policy;
  }

  IssuedCertificate card() {
    return jpki.issue(holder.getPublic(), NOON.minusSeconds(86_400), LocalDate.of(2030, 2, 17));
  }

  Link link(IssuedCertificate card) {
    return Link.claimedBy(new UntrustedCertificate(card.der()), policy.anchors()).orElseThrow();
  }

  static CertId id(Link link) {
    return link.id(HashAlgorithm.SHA256);
  }

  /** Judged at the time that it is when it is asked. */
  SoFar soFar(Link link) {
    return pieces -> policy.revocation().judge(pieces, link, instant());
  }

  /** What an honest responder says now. */
  OcspAnswer answer(URI source, CertId certificate) {
    return answer(source, certificate, question -> responder.respond(question, instant()));
  }

  /** What one says that is honest but for this. */
  OcspAnswer lie(URI source, CertId certificate, OcspLie lie) {
    OcspLiar liar = new OcspLiar(responder, jpki, random);
    return answer(source, certificate, question -> liar.respond(question, instant(), lie));
  }

  private OcspAnswer answer(URI source, CertId certificate, UnaryOperator<byte[]> saying) {
    byte[] nonce = new byte[OcspQuestion.NONCE_OCTETS];
    random.nextBytes(nonce);
    byte[] body = saying.apply(new OcspQuestion(certificate, nonce).bytes());
    return new OcspAnswer(body, source, instant(), nonce);
  }

  /** The list of cards' issuer, made anew. */
  RevocationList list() {
    publisher.republish();
    return RevocationList.read(
            publisher.current(Issuer.AUTHENTICATION_3, instant()).orElseThrow().full(),
            ListLimits.ordinary())
        .orElseThrow();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
