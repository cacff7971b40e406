package jp.kazashi.jpki.verdict;

import static jp.kazashi.jpki.TestJpki.NOW;
import static jp.kazashi.jpki.TestJpki.lastSecond;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import jp.kazashi.jpki.RejectionReason;
import jp.kazashi.jpki.TestJpki;
import jp.kazashi.jpki.TestJpki.Card;
import jp.kazashi.jpki.certificate.CertificateProfile;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.holder.Carrier;
import jp.kazashi.jpki.holder.CertificatePhase;
import jp.kazashi.jpki.holder.ExpiryPolicy;
import jp.kazashi.jpki.holder.ExpiryPolicy.Anchor;
import jp.kazashi.jpki.holder.HolderKey;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.Trouble;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;
import jp.kazashi.jpki.revocation.UnavailableCause;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.jpki.statement.ChallengeId;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.statement.InstitutionCode;
import jp.kazashi.jpki.statement.TerminalId;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.jpki.verdict.Verdict.Rejected;
import jp.kazashi.jpki.verdict.Verdict.Trusted;
import jp.kazashi.jpki.verdict.Verdict.Undetermined;
import jp.kazashi.simulator.pki.CertificateAuthority;
import jp.kazashi.simulator.pki.CertificateDraft;
import jp.kazashi.simulator.pki.Generation;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.KeyPairs;
import jp.kazashi.simulator.pki.Revocation;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProofJudgeTest {
  private static final LocalDate EXPIRED_A_MONTH_AGO = LocalDate.of(2026, 11, 1);
  private static final LocalDate EXPIRED_FOUR_MONTHS_AGO = LocalDate.of(2026, 8, 1);

  private final TestJpki jpki = TestJpki.shared();
  private final ChallengeStatement statement = TestJpki.statement();

  @Test
  void aGoodCardIsTrusted() {
    IssuedCertificate issued = jpki.issued(LocalDate.of(2030, 2, 17));
    Verdict verdict = judge(jpki.card(issued));
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Trusted.class,
            trusted -> {
              assertThat(trusted.holder().key())
                  .isEqualTo(new HolderKey(issued.issuer(), issued.serial()));
              assertThat(trusted.holder().carrier()).isEqualTo(Carrier.CARD);
              assertThat(trusted.phase()).isEqualTo(CertificatePhase.NORMAL);
              assertThat(trusted.certificateEnds())
                  .isEqualTo(Instant.parse("2030-02-17T14:59:59Z"));
            });
    assertThat(jpki.card(issued).untrusted().claimedHolder())
        .contains(new HolderKey(issued.issuer(), issued.serial()));
  }

  @Test
  void aCardOfTheOlderGenerationUnderTheSameNameIsTrusted() {
    Card card = jpki.card(jpki.issued(Generation.SECOND, LocalDate.of(2028, 5, 5)));
    assertThat(judge(card)).isInstanceOf(Trusted.class);
  }

  @Test
  void everyMethodIsJudgedAlike() {
    for (VerificationMethod method : VerificationMethod.values()) {
      ChallengeStatement other =
          new ChallengeStatement(statement.challenge(), method, statement.confirmedAt());
      Card card = jpki.card();
      assertThat(judge(card.proof(other), other, evidence(card), NOW)).isInstanceOf(Trusted.class);
    }
  }

  @Test
  void aCardThatEndsSoonIsTrustedAndSaysSo() {
    Card card = jpki.card(jpki.issued(LocalDate.of(2027, 2, 1)));
    assertThat(phaseOf(judge(card))).isEqualTo(CertificatePhase.EXPIRING_SOON);
  }

  @Test
  void aCardInGraceIsTrustedInGrace() {
    Card card = jpki.card(jpki.issued(EXPIRED_A_MONTH_AGO));
    assertThat(phaseOf(judge(card))).isEqualTo(CertificatePhase.GRACE);
  }

  @ParameterizedTest
  @EnumSource(Anchor.class)
  void theVerdictTurnsAtTheEndOfGraceToTheSecond(Anchor anchor) {
    LocalDate lastDay = LocalDate.of(2026, 11, 10);
    Card card = jpki.card(jpki.issued(lastDay));
    ExpiryPolicy expiry = ExpiryPolicy.threeMonths(anchor);
    Instant ended = expiry.endOfGrace(lastSecond(lastDay));
    JudgePolicy policy = jpki.policy(expiry);
    assertThat(phaseOf(judge(card, policy, ended.minusMillis(1))))
        .isEqualTo(CertificatePhase.GRACE);
    assertThat(reasonOf(judge(card, policy, ended))).isEqualTo(RejectionReason.CERTIFICATE_ENDED);
  }

  @Test
  void aRefusedCardStillTellsItsPhaseAndEndOncePathIsProven() {
    IssuedCertificate issued = jpki.issued(EXPIRED_FOUR_MONTHS_AGO);
    assertThat(judge(jpki.card(issued)))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected ->
                assertThat(rejected.certificate())
                    .hasValueSatisfying(facts -> {
                      assertThat(facts.phase()).isEqualTo(CertificatePhase.ENDED);
                      assertThat(facts.ends()).isEqualTo(issued.ends());
                    }));
  }

  @ParameterizedTest
  @EnumSource(Revocation.Reason.class)
  void aRevokedCardIsRefusedWhateverTheReason(Revocation.Reason reason) {
    assertThat(reasonOf(judge(revoked(LocalDate.of(2030, 2, 17), reason))))
        .isEqualTo(RejectionReason.CERTIFICATE_REVOKED);
  }

  @Test
  void aRevokedCardGetsNoGrace() {
    Card card = revoked(EXPIRED_A_MONTH_AGO, Revocation.Reason.KEY_COMPROMISE);
    assertThat(reasonOf(judge(card))).isEqualTo(RejectionReason.CERTIFICATE_REVOKED);
  }

  @Test
  void aRevocationOutweighsTheEnd() {
    Card card = revoked(EXPIRED_FOUR_MONTHS_AGO, Revocation.Reason.KEY_COMPROMISE);
    assertThat(reasonOf(judge(card))).isEqualTo(RejectionReason.CERTIFICATE_REVOKED);
  }

  @Test
  void aRevocationOutweighsABrokenSourceBeforeOrAfterIt() {
    Card card = revoked(LocalDate.of(2030, 2, 17), Revocation.Reason.UNSPECIFIED);
    List<RevocationEvidence> evidence = new ArrayList<>(evidence(card));
    evidence.addFirst(silence());
    evidence.addLast(silence());
    assertThat(reasonOf(judge(card.proof(statement), statement, evidence, NOW)))
        .isEqualTo(RejectionReason.CERTIFICATE_REVOKED);
  }

  @Test
  void aGoodAnswerAfterASilentSourceIsEnough() {
    Card card = jpki.card();
    List<RevocationEvidence> evidence = new ArrayList<>(evidence(card));
    evidence.addFirst(silence());
    assertThat(judge(card.proof(statement), statement, evidence, NOW)).isInstanceOf(Trusted.class);
  }

  @Test
  void withoutEvidenceNothingIsDetermined() {
    Card card = jpki.card();
    Verdict verdict = judge(card.proof(statement), statement, List.of(), NOW);
    assertThat(causeOf(verdict)).isEqualTo(UnavailableCause.NO_EVIDENCE);
    Verdict silent = judge(card.proof(statement), statement, List.of(silence()), NOW);
    assertThat(causeOf(silent)).isEqualTo(UnavailableCause.UNANSWERED);
  }

  @Test
  void whatRefusesForCertainOutweighsWhatIsNotKnown() {
    Card ended = jpki.card(jpki.issued(EXPIRED_FOUR_MONTHS_AGO));
    assertThat(reasonOf(judge(ended.proof(statement), statement, List.of(), NOW)))
        .isEqualTo(RejectionReason.CERTIFICATE_ENDED);
    UntrustedProof unsigned = new UntrustedProof(jpki.card().untrusted(), new byte[256]);
    assertThat(reasonOf(judge(unsigned, statement, List.of(), NOW)))
        .isEqualTo(RejectionReason.SIGNATURE_INVALID);
  }

  static Stream<ChallengeStatement> tamperedStatements() {
    ChallengeStatement right = TestJpki.statement();
    Challenge c = right.challenge();
    return Stream.of(
        new ChallengeStatement(
            new Challenge(
                new ChallengeId(UUID.fromString("00000000-0000-4000-8000-000000000002")),
                c.issuedAt(),
                c.institution(),
                c.terminal()),
            right.method(),
            right.confirmedAt()),
        new ChallengeStatement(
            new Challenge(c.id(), c.issuedAt().plusMillis(1), c.institution(), c.terminal()),
            right.method(),
            right.confirmedAt()),
        new ChallengeStatement(
            new Challenge(c.id(), c.issuedAt(), new InstitutionCode("1312345671"), c.terminal()),
            right.method(),
            right.confirmedAt()),
        new ChallengeStatement(
            new Challenge(c.id(), c.issuedAt(), c.institution(), new TerminalId("kiosk-2")),
            right.method(),
            right.confirmedAt()),
        new ChallengeStatement(c, VerificationMethod.FACE, right.confirmedAt()),
        new ChallengeStatement(c, right.method(), right.confirmedAt().plusMillis(1)));
  }

  @ParameterizedTest
  @MethodSource("tamperedStatements")
  void aStatementThatDiffersInAnyFieldIsJustABadSignature(ChallengeStatement tampered) {
    Card card = jpki.card();
    assertThat(reasonOf(judge(card.proof(statement), tampered, evidence(card), NOW)))
        .isEqualTo(RejectionReason.SIGNATURE_INVALID);
  }

  /** The switch has no default: a reason without a case does not compile. */
  @ParameterizedTest
  @EnumSource(RejectionReason.class)
  void everyReasonIsReached(RejectionReason reason) {
    assertThat(reasonOf(provoke(reason))).isEqualTo(reason);
  }

  private Verdict provoke(RejectionReason reason) {
    CertificateDraft draft = jpki.draft();
    return switch (reason) {
      case CERTIFICATE_MALFORMED -> judge(new Card(new byte[] {0x30, 0x00}, jpki.key()));
      case SERIAL_NUMBER_INVALID -> judge(jpki.card(draft.serial(BigInteger.valueOf(-4711))));
      case VALIDITY_MALFORMED ->
          judge(
              jpki.card(
                  draft.notAfter(
                      CertificateDraft.generalizedTime(Instant.parse("2030-02-17T14:59:59Z")))));
      case CRITICAL_EXTENSION_UNKNOWN ->
          judge(
              jpki.card(
                  draft.extension(
                      new ASN1ObjectIdentifier("1.2.392.200149.8.5.5.99"),
                      true,
                      DERNull.INSTANCE)));
      case ALGORITHM_NOT_ALLOWED ->
          judge(new Card(draft.signedBy(jpki.newest().key(), "SHA512withRSA"), jpki.key()));
      case NOT_A_HOLDER_CERTIFICATE ->
          judge(
              jpki.card(
                  draft.extension(Extension.basicConstraints, true, new BasicConstraints(true))));
      case KEY_USAGE_NOT_ACCEPTED ->
          judge(
              jpki.card(
                  draft.extension(
                      Extension.keyUsage,
                      true,
                      new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign))));
      case EXTENDED_KEY_USAGE_NOT_ACCEPTED ->
          judge(
              jpki.card(
                  draft.extension(
                      Extension.extendedKeyUsage,
                      false,
                      new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning))));
      case POLICY_NOT_ACCEPTED ->
          judge(
              jpki.card(
                  draft.extension(
                      Extension.certificatePolicies,
                      true,
                      new CertificatePolicies(
                          new PolicyInformation(
                              new ASN1ObjectIdentifier("1.2.392.200149.8.5.1.0.20"))))));
      case ISSUER_UNKNOWN -> judge(jpki.card(draft.issuer(new X500Name("C=JP,O=Stranger"))));
      case ISSUER_SIGNATURE_INVALID ->
          judge(new Card(draft.signedBy(stranger().key()), jpki.key()));
      case ISSUER_NOT_VALID -> judge(longerThanItsIssuer(), jpki.policy(), issuerEnded());
      case CERTIFICATE_NOT_YET_VALID ->
          judge(
              jpki.card(
                  draft.notBefore(CertificateDraft.time(Instant.parse("2026-12-02T00:00:00Z")))));
      case CERTIFICATE_UNKNOWN_TO_ISSUER -> judge(jpki.card(draft));
      case ISSUER_NOT_ALLOWED, ISSUER_REVOKED, NAME_NOT_PERMITTED, PATH_POLICY_NOT_ACCEPTED ->
          PathOfTiersTest.provoke(reason);
      case CERTIFICATE_ENDED -> judge(jpki.card(jpki.issued(EXPIRED_FOUR_MONTHS_AGO)));
      case CERTIFICATE_REVOKED ->
          judge(revoked(LocalDate.of(2030, 2, 17), Revocation.Reason.KEY_COMPROMISE));
      case SIGNATURE_INVALID -> {
        Card card = jpki.card();
        UntrustedProof proof =
            new UntrustedProof(card.untrusted(), card.sign(new byte[] {1, 2, 3}));
        yield judge(proof, statement, evidence(card), NOW);
      }
    };
  }

  @Test
  void aCertificateThatLivesLongerThanItsIssuerHasNoGraceEither() {
    Card card = longerThanItsIssuer();
    Instant lastSecond = lastSecond(LocalDate.of(2030, 6, 1));
    assertThat(reasonOf(judge(card, jpki.policy(), lastSecond.plusSeconds(1))))
        .isEqualTo(RejectionReason.ISSUER_NOT_VALID);
  }

  @Test
  void aPhoneGetsNoGrace() {
    CertificateProfile card = CertificateProfile.testCardAuthentication();
    CertificateProfile phone =
        new CertificateProfile(
            "test phone authentication",
            card.purpose(),
            Carrier.PHONE,
            card.policies(),
            card.required(),
            card.allowed(),
            card.extendedUses(),
            card.algorithms());
    JudgePolicy policy =
        new JudgePolicy(
            jpki.anchors(),
            List.of(phone),
            jpki.policy().expiry(),
            jpki.policy().freshness(),
            jpki.policy().responders());
    LocalDate lastDay = LocalDate.of(2026, 11, 10);
    Card held = jpki.card(jpki.issued(lastDay));
    assertThat(phaseOf(judge(held, policy, lastSecond(lastDay))))
        .isEqualTo(CertificatePhase.EXPIRING_SOON);
    assertThat(reasonOf(judge(held, policy, lastSecond(lastDay).plusSeconds(1))))
        .isEqualTo(RejectionReason.CERTIFICATE_ENDED);
  }

  @Test
  void keyUsageMustBeCritical() {
    CertificateDraft draft =
        jpki.draft().extension(Extension.keyUsage, false, new KeyUsage(KeyUsage.digitalSignature));
    assertThat(reasonOf(judge(jpki.card(draft)))).isEqualTo(RejectionReason.KEY_USAGE_NOT_ACCEPTED);
    assertThat(reasonOf(judge(jpki.card(jpki.draft().without(Extension.keyUsage)))))
        .isEqualTo(RejectionReason.KEY_USAGE_NOT_ACCEPTED);
  }

  @Test
  void aSerialNumberOfMoreThanTwentyOctetsIsRefused() {
    BigInteger tooLong = BigInteger.ONE.shiftLeft(20 * 8);
    assertThat(reasonOf(judge(jpki.card(jpki.draft().serial(tooLong)))))
        .isEqualTo(RejectionReason.SERIAL_NUMBER_INVALID);
    assertThat(reasonOf(judge(jpki.card(jpki.draft().serial(BigInteger.ZERO)))))
        .isEqualTo(RejectionReason.SERIAL_NUMBER_INVALID);
    BigInteger longest = BigInteger.ONE.shiftLeft(20 * 8 - 2);
    assertThat(reasonOf(judge(jpki.card(jpki.draft().serial(longest)))))
        .isEqualTo(RejectionReason.CERTIFICATE_UNKNOWN_TO_ISSUER);
  }

  @Test
  void aShortKeyIsRefused() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024, jpki.random());
    KeyPair weak = generator.generateKeyPair();
    CertificateDraft draft =
        jpki.draft().key(SubjectPublicKeyInfo.getInstance(weak.getPublic().getEncoded()));
    assertThat(reasonOf(judge(new Card(jpki.newest().sign(draft), weak))))
        .isEqualTo(RejectionReason.ALGORITHM_NOT_ALLOWED);
  }

  @Test
  void aCertificateTurnedAnywhereIsNeverTrusted() {
    Card card = jpki.card();
    List<RevocationEvidence> evidence = evidence(card);
    byte[] right = card.untrusted().der().toArray();
    for (int i = 0; i < right.length; i++) {
      byte[] turned = right.clone();
      turned[i] ^= 1;
      UntrustedProof proof =
          new UntrustedProof(new UntrustedCertificate(turned), card.sign(statement.bytes()));
      assertThat(judge(proof, statement, evidence, NOW)).isInstanceOf(Rejected.class);
    }
  }

  @Test
  void theSameEvidenceGivesTheSameVerdict() {
    Card card = jpki.card();
    List<RevocationEvidence> evidence = evidence(card);
    UntrustedProof proof = card.proof(statement);
    assertThat(judge(proof, statement, evidence, NOW))
        .isEqualTo(judge(proof, statement, evidence, NOW));
  }

  @Test
  void theDigestCoversAllThatWasJudged() {
    Card card = jpki.card();
    UntrustedProof proof = card.proof(statement);
    EvidenceDigest digest = EvidenceDigest.of(proof, statement, evidence(card));
    assertThat(EvidenceDigest.of(proof, statement, List.of())).isNotEqualTo(digest);
    assertThat(EvidenceDigest.of(proof, statement, List.of(silence()))).isNotEqualTo(digest);
    assertThat(
            EvidenceDigest.of(
                new UntrustedProof(card.untrusted(), new byte[256]), statement, List.of()))
        .isNotEqualTo(EvidenceDigest.of(proof, statement, List.of()));
    assertThat(digest.hex()).hasSize(64);
  }

  private Verdict judge(Card card) {
    return judge(card, jpki.policy(), NOW);
  }

  private Verdict judge(Card card, JudgePolicy policy, Instant at) {
    return new ProofJudge().judge(card.proof(statement), statement, evidence(card, at), policy, at);
  }

  private Verdict judge(
      UntrustedProof proof,
      ChallengeStatement stated,
      List<RevocationEvidence> evidence,
      Instant at) {
    return new ProofJudge().judge(proof, stated, evidence, jpki.policy(), at);
  }

  private List<RevocationEvidence> evidence(Card card) {
    return evidence(card, NOW);
  }

  // As the gateway does: nobody to ask, nothing gathered.
  private List<RevocationEvidence> evidence(Card card, Instant at) {
    return jpki.asked(card.untrusted(), at);
  }

  private static RevocationEvidence silence() {
    return new Unanswered(TestJpki.RESPONDER, NOW, Trouble.TIMED_OUT);
  }

  private Card revoked(LocalDate lastDay, Revocation.Reason reason) {
    IssuedCertificate issued = jpki.issued(lastDay);
    jpki.authority().revoke(issued, reason, NOW.minus(Period.ofDays(40)));
    return jpki.card(issued);
  }

  private CertificateAuthority stranger() {
    return CertificateAuthority.make(
        NOW.minus(Period.ofDays(1000)),
        NOW.plus(Period.ofDays(1000)),
        KeyPairs.rsa2048(jpki.random()),
        jpki.key(),
        BigInteger.TWO);
  }

  private Card longerThanItsIssuer() {
    return jpki.card(jpki.issued(Generation.SECOND, LocalDate.of(2030, 6, 1)));
  }

  private Instant issuerEnded() {
    return jpki.authority()
        .authority(Generation.SECOND)
        .certificate()
        .getNotAfter()
        .toInstant()
        .plusSeconds(1);
  }

  private static CertificatePhase phaseOf(Verdict verdict) {
    return Optional.of(verdict)
        .filter(Trusted.class::isInstance)
        .map(Trusted.class::cast)
        .map(Trusted::phase)
        .orElseThrow(() -> new AssertionError("Not trusted: " + verdict));
  }

  private static RejectionReason reasonOf(Verdict verdict) {
    return Optional.of(verdict)
        .filter(Rejected.class::isInstance)
        .map(Rejected.class::cast)
        .map(Rejected::reason)
        .orElseThrow(() -> new AssertionError("Not rejected: " + verdict));
  }

  private static UnavailableCause causeOf(Verdict verdict) {
    return Optional.of(verdict)
        .filter(Undetermined.class::isInstance)
        .map(Undetermined.class::cast)
        .map(Undetermined::cause)
        .orElseThrow(() -> new AssertionError("Not undetermined: " + verdict));
  }
}
