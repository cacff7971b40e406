package jp.kazashi.jpki.revocation;

import static jp.kazashi.jpki.TestJpki.NOW;
import static jp.kazashi.jpki.TestJpki.RESPONDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kazashi.jpki.Checked;
import jp.kazashi.jpki.MadeList;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.TestJpki;
import jp.kazashi.jpki.certificate.CardCertificate;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.CertificateProfile.Purpose;
import jp.kazashi.jpki.certificate.JpkiProfiles;
import jp.kazashi.jpki.certificate.PathCheck;
import jp.kazashi.jpki.certificate.ProfileCheck;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationEvidence.Trouble;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;
import jp.kazashi.jpki.revocation.RevocationStatus.Good;
import jp.kazashi.jpki.revocation.RevocationStatus.Revoked;
import jp.kazashi.jpki.revocation.RevocationStatus.Unavailable;
import jp.kazashi.jpki.revocation.RevocationStatus.UnknownToIssuer;
import jp.kazashi.simulator.crl.CrlLiar;
import jp.kazashi.simulator.crl.CrlLie;
import jp.kazashi.simulator.crl.CrlPublisher;
import jp.kazashi.simulator.crl.CrlPublisher.Kind;
import jp.kazashi.simulator.ocsp.OcspLiar;
import jp.kazashi.simulator.ocsp.OcspLie;
import jp.kazashi.simulator.pki.CertificateOrder;
import jp.kazashi.simulator.pki.Generation;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.Revocation.Reason;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.wire.Choice;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The judge and the simulated JPKI check each other: they share no code, so what one says honestly
 * the other must believe, and each lie must have the cause that names it.
 */
class SimulatedJpkiTest {
  private static final LocalDate LIVING = LocalDate.of(2028, 2, 17);
  private static final LocalDate IN_GRACE = LocalDate.of(2026, 10, 31);

  private static final Map<String, String> OCSP_CAUSES =
      Map.ofEntries(
          Map.entry("wrong-signer", "RESPONDER_NOT_AUTHORIZED"),
          Map.entry("bad-signature", "SIGNATURE_INVALID"),
          Map.entry("wrong-cert-id", "OTHER_CERTIFICATE"),
          Map.entry("missing-nonce", "NONCE_MISSING"),
          Map.entry("other-nonce", "NONCE_DIFFERS"),
          Map.entry("stale", "STALE"),
          Map.entry("future", "FROM_THE_FUTURE"),
          // Allowed, while the answer itself is fresh (RFC 6960 §4.2.2.1).
          Map.entry("no-next-update", "GOOD"),
          Map.entry("no-archive-cutoff", "EXPIRED_NOT_COVERED"),
          Map.entry("unknown", "UNKNOWN_TO_ISSUER"),
          Map.entry("try-later", "NOT_SUCCESSFUL"),
          Map.entry("failure", "NOT_SUCCESSFUL"),
          Map.entry("malformed", "MALFORMED"),
          Map.entry("truncated", "MALFORMED"));

  private static final Map<String, String> CRL_CAUSES =
      Map.ofEntries(
          Map.entry("wrong-signer", "SIGNATURE_INVALID"),
          Map.entry("bad-signature", "SIGNATURE_INVALID"),
          Map.entry("stale", "STALE"),
          Map.entry("future", "FROM_THE_FUTURE"),
          Map.entry("no-next-update", "STALE"),
          Map.entry("forgetful", "EXPIRED_NOT_COVERED"),
          Map.entry("indirect", "INDIRECT_LIST"),
          Map.entry("other-point", "OUT_OF_SCOPE"),
          Map.entry("unknown-extension", "CRITICAL_EXTENSION_UNKNOWN"),
          // The judge takes such a list for none at all (RFC 5280 §5.3).
          Map.entry("unknown-entry-extension", "UNREADABLE"),
          Map.entry("crowded", "GOOD"),
          Map.entry("malformed", "UNREADABLE"),
          Map.entry("truncated", "UNREADABLE"));

  private @TempDir Path folder;
  private final TestJpki test = TestJpki.shared();
  private final SimulatedJpki jpki = test.authority();
  private CrlPublisher publisher;

  @BeforeEach
  void open() {
    publisher = new CrlPublisher(jpki, folder.resolve("number"));
  }

  // ------------------------------------------------------------------ honest

  @ParameterizedTest
  @EnumSource(
      value = Issuer.class,
      names = {"AUTHENTICATION_2", "AUTHENTICATION_3", "PHONE_AUTHENTICATION"})
  void everyLivingAuthorityIsBelievedByAnswerAndByList(Issuer issuer) {
    IssuedCertificate issued =
        jpki.issue(
            CertificateOrder.of(
                issuer, test.key().getPublic(), NOW.minus(Duration.ofDays(300)), LIVING));
    assertThat(told(ocsp(issued, Optional.empty()))).isEqualTo("GOOD");
    assertThat(told(lists(issued, full(issuer)))).isEqualTo("GOOD");
    jpki.revoke(issued, Reason.AFFILIATION_CHANGED, NOW.minusSeconds(60));
    RevocationStatus revoked =
        new Revoked(RevocationReason.AFFILIATION_CHANGED, NOW.minusSeconds(60));
    assertThat(ocsp(issued, Optional.empty())).isEqualTo(revoked);
    assertThat(lists(issued, full(issuer))).isEqualTo(revoked);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonIsHeardByAnswerAndByList(Reason reason) {
    IssuedCertificate issued = test.issued(LIVING);
    jpki.revoke(issued, reason, NOW.minusSeconds(60));
    RevocationStatus revoked =
        new Revoked(RevocationReason.valueOf(reason.name()), NOW.minusSeconds(60));
    assertThat(ocsp(issued, Optional.empty())).isEqualTo(revoked);
    assertThat(lists(issued, full(Issuer.AUTHENTICATION_3))).isEqualTo(revoked);
  }

  @Test
  void anExpiredSerialIsGoodBecauseTheAuthorityForgetsNothing() {
    IssuedCertificate ended = test.issued(IN_GRACE);
    assertThat(told(ocsp(ended, Optional.empty()))).isEqualTo("GOOD");
    assertThat(told(lists(ended, full(Issuer.AUTHENTICATION_3)))).isEqualTo("GOOD");
    jpki.revoke(ended, Reason.KEY_COMPROMISE, NOW.minusSeconds(60));
    assertThat(told(ocsp(ended, Optional.empty()))).isEqualTo("REVOKED");
    assertThat(told(lists(ended, full(Issuer.AUTHENTICATION_3)))).isEqualTo("REVOKED");
  }

  @Test
  void aDeltaBringsTheNewsToAnOlderList() {
    IssuedCertificate lost = test.issued(LIVING);
    IssuedCertificate found = test.issued(LIVING);
    jpki.hold(found, NOW.minusSeconds(60));
    RevocationList base = full(Issuer.AUTHENTICATION_3);
    assertThat(told(lists(lost, base))).isEqualTo("GOOD");
    assertThat(told(lists(found, base))).isEqualTo("REVOKED");
    jpki.hold(lost, NOW.minusSeconds(30));
    jpki.release(found, NOW.minusSeconds(30));
    RevocationList delta =
        read(publisher.current(Issuer.AUTHENTICATION_3, NOW).orElseThrow().delta());
    assertThat(told(lists(lost, base, delta))).isEqualTo("REVOKED");
    assertThat(told(lists(found, base, delta))).isEqualTo("GOOD");
  }

  @Test
  void anotherGenerationsListSaysNothing() {
    IssuedCertificate issued = test.issued(Generation.SECOND, LIVING);
    assertThat(told(lists(issued, full(Issuer.AUTHENTICATION_3)))).isEqualTo("SIGNATURE_INVALID");
  }

  // ------------------------------------------------------------------ lies

  @Test
  void everyLieOfTheSimulatorHasItsCauseHere() {
    assertThat(OcspLie.choices())
        .extracting(Choice::name)
        .containsExactlyInAnyOrderElementsOf(OCSP_CAUSES.keySet());
    assertThat(CrlLie.choices())
        .extracting(Choice::name)
        .containsExactlyInAnyOrderElementsOf(CRL_CAUSES.keySet());
  }

  static Stream<String> ocspLies() {
    return OCSP_CAUSES.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("ocspLies")
  void aLyingAnswerIsNamed(String lie) {
    // Only what has ended tells a responder that remembers from one that does not.
    IssuedCertificate issued = test.issued(lie.equals("no-archive-cutoff") ? IN_GRACE : LIVING);
    assertThat(told(ocsp(issued, lie))).isEqualTo(OCSP_CAUSES.get(lie));
  }

  @ParameterizedTest
  @EnumSource(OcspLie.Part.class)
  void anAnswerAboutAnotherCertificateIsNoneWhateverPartDiffers(OcspLie.Part part) {
    assertThat(told(ocsp(test.issued(LIVING), Optional.of(new OcspLie.WrongCertId(part)))))
        .isEqualTo("OTHER_CERTIFICATE");
  }

  static Stream<String> crlLies() {
    return CRL_CAUSES.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("crlLies")
  void aLyingListIsNamed(String lie) {
    IssuedCertificate issued = test.issued(lie.equals("forgetful") ? IN_GRACE : LIVING);
    assertThat(lie(lie).map(known -> told(lists(issued, known))).orElse("UNREADABLE"))
        .isEqualTo(CRL_CAUSES.get(lie));
  }

  private Optional<RevocationList> lie(String lie) {
    byte[] list =
        new CrlLiar(publisher, jpki)
            .publish(
                Issuer.AUTHENTICATION_3,
                Kind.FULL,
                NOW,
                choice(CrlLie.choices(), lie, lie.equals("crowded") ? "5000" : "").orElseThrow());
    return RevocationList.read(list, ListLimits.ordinary());
  }

  /** The switch has no default: a cause without a case does not compile. */
  @ParameterizedTest
  @EnumSource(UnavailableCause.class)
  void everyCauseIsReached(UnavailableCause cause) {
    assertThat(provoke(cause, test.issued(LIVING))).isEqualTo(new Unavailable(cause));
  }

  private RevocationStatus provoke(UnavailableCause cause, IssuedCertificate issued) {
    return switch (cause) {
      case NO_EVIDENCE -> judged(issued, List.of());
      case UNANSWERED ->
          judged(issued, List.of(new Unanswered(RESPONDER, NOW, Trouble.UNREACHABLE)));
      case MALFORMED -> ocsp(issued, "malformed");
      case NOT_SUCCESSFUL -> ocsp(issued, "try-later");
      case OTHER_CERTIFICATE -> ocsp(issued, "wrong-cert-id");
      case SIGNATURE_INVALID -> ocsp(issued, "bad-signature");
      case RESPONDER_NOT_AUTHORIZED -> ocsp(issued, "wrong-signer");
      case NONCE_MISSING -> ocsp(issued, "missing-nonce");
      case NONCE_DIFFERS -> ocsp(issued, "other-nonce");
      case STALE -> ocsp(issued, "stale");
      case FROM_THE_FUTURE -> ocsp(issued, "future");
      case EXPIRED_NOT_COVERED -> ocsp(test.issued(IN_GRACE), "no-archive-cutoff");
      case OUT_OF_SCOPE -> lists(issued, lie("other-point").orElseThrow());
      case INDIRECT_LIST -> lists(issued, lie("indirect").orElseThrow());
      case CRITICAL_EXTENSION_UNKNOWN -> lists(issued, lie("unknown-extension").orElseThrow());
      case DELTA_WITHOUT_BASE ->
          lists(issued, read(publisher.current(issued.by(), NOW).orElseThrow().delta()));
      case REASONS_NOT_COVERED -> lists(issued, ofOneReason());
    };
  }

  private RevocationList ofOneReason() {
    X509Certificate own = test.newest().certificate();
    return MadeList.of(
            X500Name.getInstance(own.getSubjectX500Principal().getEncoded()),
            new KeyPair(own.getPublicKey(), test.newest().key()))
        .scope(
            new IssuingDistributionPoint(
                null, false, false, new ReasonFlags(ReasonFlags.keyCompromise), false, false))
        .read();
  }

  @Test
  void aRevocationIsHeardThroughEveryLieThatLeavesItsProofWhole() {
    IssuedCertificate lost = test.issued(LIVING);
    jpki.revoke(lost, Reason.KEY_COMPROMISE, NOW.minusSeconds(60));
    for (String lie : List.of("missing-nonce", "other-nonce", "stale", "no-next-update")) {
      assertThat(told(ocsp(lost, lie))).isEqualTo("REVOKED");
    }
  }

  private RevocationStatus ocsp(IssuedCertificate issued, String lie) {
    return ocsp(issued, choice(OcspLie.choices(), lie, ""));
  }

  private RevocationStatus ocsp(IssuedCertificate issued, Optional<OcspLie> lie) {
    CertId id = CertId.of(new UntrustedCertificate(issued.der()), test.anchors()).orElseThrow();
    OcspQuestion question = new OcspQuestion(id, test.freshNonce());
    byte[] body =
        lie.map(told ->
                new OcspLiar(test.responder(), jpki, test.random())
                    .respond(question.bytes(), NOW, told))
            .orElseGet(() -> test.responder().respond(question.bytes(), NOW));
    return judged(
        issued, List.of(new OcspAnswer(Octets.of(body), RESPONDER, NOW, question.nonce())));
  }

  private RevocationStatus lists(IssuedCertificate issued, RevocationList... lists) {
    List<RevocationEvidence> evidence =
        Arrays.stream(lists)
            .<RevocationEvidence>map(list -> new CrlSnapshot(list, RESPONDER, NOW))
            .toList();
    return judged(issued, evidence);
  }

  private RevocationStatus judged(IssuedCertificate issued, List<RevocationEvidence> evidence) {
    return test.policy().revocation().judge(evidence, card(issued).link(), NOW);
  }

  private RevocationList full(Issuer issuer) {
    return read(publisher.current(issuer, NOW).orElseThrow().full());
  }

  private static RevocationList read(byte[] list) {
    return RevocationList.read(list, ListLimits.ordinary()).orElseThrow();
  }

  private CardCertificate card(IssuedCertificate issued) {
    Instant then = issued.ends().isBefore(NOW) ? issued.ends() : NOW;
    Checked<CardCertificate> checked =
        ProfileCheck.check(
                new UntrustedCertificate(issued.der()),
                JpkiProfiles.of(Purpose.AUTHENTICATION, true))
            .then(profiled -> PathCheck.check(profiled, test.anchors(), then));
    return switch (checked) {
      case Checked.Held<CardCertificate>(CardCertificate card) -> card;
      case Checked.Failed<CardCertificate>(var reason) ->
          throw new AssertionError("Refused: " + reason);
    };
  }

  private static <L> Optional<L> choice(List<Choice<L>> choices, String name, String with) {
    return choices.stream()
        .filter(choice -> choice.name().equals(name))
        .findFirst()
        .orElseThrow()
        .behaviour(with)
        .lie();
  }

  private static String told(RevocationStatus status) {
    return switch (status) {
      case Good _ -> "GOOD";
      case Revoked _ -> "REVOKED";
      case UnknownToIssuer _ -> "UNKNOWN_TO_ISSUER";
      case Unavailable(var cause) -> cause.name();
    };
  }
}
