package jp.kazashi.jpki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.CertificateProfile;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.holder.ExpiryPolicy;
import jp.kazashi.jpki.revocation.Freshness;
import jp.kazashi.jpki.revocation.OcspQuestion;
import jp.kazashi.jpki.revocation.ResponderRules;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.jpki.statement.ChallengeId;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.statement.InstitutionCode;
import jp.kazashi.jpki.statement.TerminalId;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.jpki.verdict.JudgePolicy;
import jp.kazashi.jpki.verdict.UntrustedProof;
import jp.kazashi.simulator.ocsp.OcspResponder;
import jp.kazashi.simulator.pki.CertificateAuthority;
import jp.kazashi.simulator.pki.CertificateDraft;
import jp.kazashi.simulator.pki.Generation;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.KeyPairs;
import jp.kazashi.simulator.pki.SimulatedJpki;

/** The simulated JPKI, made once for all tests, and what a reader and a gateway do with it. */
public final class TestJpki {
  public static final Instant NOW = Instant.parse("2026-12-01T01:00:00Z");
  public static final URI RESPONDER = URI.create("http://ocsp.jpki-test.invalid/");
  public static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final Path FOLDER = Path.of("target", "jpki");

  private final SecureRandom random = new SecureRandom();
  private final SimulatedJpki jpki;
  private final OcspResponder responder;
  private final KeyPair key = KeyPairs.rsa2048(random);

  private TestJpki(SimulatedJpki jpki) {
    this.jpki = jpki;
    this.responder = new OcspResponder(jpki);
  }

  private static final class Once {
    static final TestJpki JPKI = make();
  }

  public static TestJpki shared() {
    return Once.JPKI;
  }

  /** A card in the hand: its certificate as bytes, and its key. */
  public record Card(UntrustedCertificate untrusted, KeyPair key) {
    public Card(byte[] certificate, KeyPair key) {
      this(new UntrustedCertificate(certificate), key);
    }

    public byte[] sign(byte[] statement) {
      try {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.getPrivate());
        signature.update(statement);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    public UntrustedProof proof(ChallengeStatement statement) {
      return new UntrustedProof(untrusted, sign(statement.bytes()));
    }
  }

  public SimulatedJpki authority() {
    return jpki;
  }

  public OcspResponder responder() {
    return responder;
  }

  public SecureRandom random() {
    return random;
  }

  /** All cards here share one key pair: making one takes 100 ms. */
  public KeyPair key() {
    return key;
  }

  public Card card() {
    return card(issued(LocalDate.of(2030, 2, 17)));
  }

  public Card card(IssuedCertificate issued) {
    return new Card(issued.der(), key);
  }

  public IssuedCertificate issued(LocalDate lastDay) {
    return issued(Generation.THIRD, lastDay);
  }

  public IssuedCertificate issued(Generation generation, LocalDate lastDay) {
    return jpki.issue(generation, key.getPublic(), begins(lastDay), lastDay);
  }

  /** A right certificate to spoil before it is signed; its serial was never issued. */
  public CertificateDraft draft() {
    LocalDate lastDay = LocalDate.of(2030, 2, 17);
    return newest()
        .authenticationDraft(
            BigInteger.valueOf(4711),
            "NOBODY",
            key.getPublic(),
            begins(lastDay),
            lastSecond(lastDay),
            RESPONDER);
  }

  public CertificateAuthority newest() {
    return jpki.authority(Generation.THIRD);
  }

  public Card card(CertificateDraft draft) {
    return new Card(newest().sign(draft), key);
  }

  public TrustAnchors anchors() {
    return TrustAnchors.fromPem(jpki.anchorsPem());
  }

  public JudgePolicy policy() {
    return policy(ExpiryPolicy.threeMonths(ExpiryPolicy.Anchor.EXPIRY_DATE));
  }

  public JudgePolicy policy(ExpiryPolicy expiry) {
    return new JudgePolicy(
        anchors(),
        List.of(CertificateProfile.testCardAuthentication()),
        expiry,
        Freshness.ordinary(),
        ResponderRules.strict());
  }

  /** What a gateway gathers: the answer to a fresh question, or nothing when there is none. */
  public List<RevocationEvidence> asked(UntrustedCertificate certificate, Instant at) {
    return CertId.of(certificate, anchors())
        .map(id -> List.<RevocationEvidence>of(answer(new OcspQuestion(id, freshNonce()), at)))
        .orElse(List.of());
  }

  public OcspAnswer answer(OcspQuestion question, Instant at) {
    return new OcspAnswer(
        Octets.of(responder.respond(question.bytes(), at)), RESPONDER, at, question.nonce());
  }

  public byte[] freshNonce() {
    byte[] nonce = new byte[OcspQuestion.NONCE_OCTETS];
    random.nextBytes(nonce);
    return nonce;
  }

  public static ChallengeStatement statement() {
    return new ChallengeStatement(
        new Challenge(
            new ChallengeId(UUID.fromString("00000000-0000-4000-8000-000000000001")),
            NOW.minusSeconds(20),
            new InstitutionCode("1312345670"),
            new TerminalId("kiosk-1")),
        VerificationMethod.PIN,
        NOW.minusSeconds(5));
  }

  public static Instant lastSecond(LocalDate lastDay) {
    return lastDay.atTime(LocalTime.of(23, 59, 59)).atZone(TOKYO).toInstant();
  }

  private static Instant begins(LocalDate lastDay) {
    return lastDay.minus(Period.ofYears(5)).atStartOfDay(TOKYO).toInstant();
  }

  private static TestJpki make() {
    try {
      if (Files.exists(FOLDER)) {
        try (Stream<Path> files = Files.walk(FOLDER)) {
          files.sorted(Comparator.reverseOrder()).forEach(TestJpki::delete);
        }
      }
      return new TestJpki(SimulatedJpki.open(FOLDER, NOW, RESPONDER, new SecureRandom()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
