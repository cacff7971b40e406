package jp.kazashi.jpki.revocation;

import static jp.kazashi.jpki.TestJpki.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import jp.kazashi.jpki.Checked;
import jp.kazashi.jpki.MadeAuthority;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.TestJpki;
import jp.kazashi.jpki.certificate.CardCertificate;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.certificate.PathCheck;
import jp.kazashi.jpki.certificate.ProfileCheck;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationStatus.Good;
import jp.kazashi.jpki.revocation.RevocationStatus.Revoked;
import jp.kazashi.jpki.revocation.RevocationStatus.Unavailable;
import jp.kazashi.jpki.revocation.RevocationStatus.UnknownToIssuer;
import jp.kazashi.simulator.ocsp.OcspDraft;
import jp.kazashi.simulator.ocsp.OcspResponder.Answer.Failure;
import jp.kazashi.simulator.ocsp.OcspResponder.Answer.Signable;
import jp.kazashi.simulator.pki.CertificateDraft;
import jp.kazashi.simulator.pki.Generation;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.Revocation;
import jp.kazashi.simulator.pki.SerialStatus;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6960 §3.2 point by point, against answers of the simulated responder and spoiled ones. */
class OcspJudgeTest {
  private static final Freshness FRESHNESS =
      new Freshness(Duration.ofSeconds(15), Duration.ofMinutes(10));

  private final TestJpki jpki = TestJpki.shared();
  private final IssuedCertificate issued = jpki.issued(LocalDate.of(2030, 2, 17));

  @ParameterizedTest
  @EnumSource(HashAlgorithm.class)
  void anAnswerWithEitherHashIsUnderstood(HashAlgorithm hash) {
    assertThat(judge(jpki.answer(question(issued, hash), NOW), issued, NOW))
        .isInstanceOf(Good.class);
  }

  @ParameterizedTest
  @EnumSource(Revocation.Reason.class)
  void aRevocationIsToldWithReasonAndTime(Revocation.Reason reason) {
    Instant since = NOW.minus(Period.ofDays(3));
    jpki.authority().revoke(issued, reason, since);
    assertThat(judge(UnaryOperator.identity()))
        .isEqualTo(new Revoked(RevocationReason.valueOf(reason.name()), since));
  }

  @Test
  void whatTheIssuerNeverIssuedIsUnknown() {
    UntrustedCertificate foundNowhere = jpki.card(jpki.draft()).untrusted();
    OcspQuestion question =
        new OcspQuestion(CertId.of(foundNowhere, jpki.anchors()).orElseThrow(), jpki.freshNonce());
    assertThat(
            new OcspJudge(FRESHNESS, ResponderRules.strict())
                .judge(jpki.answer(question, NOW), proven(foundNowhere), NOW))
        .isInstanceOf(UnknownToIssuer.class);
  }

  @Test
  void theAuthorityItselfMayAnswer() {
    X509Certificate own = jpki.newest().certificate();
    assertThat(
            judge(
                draft -> draft.responder(new ResponderID(name(own))).certificates(),
                jpki.newest().key()))
        .isInstanceOf(Good.class);
  }

  @Test
  void aResponderMayBeNamedByItsKey() {
    byte[] sha1 = HashAlgorithm.SHA1.hash(keyBits(jpki.newest().responder())).toArray();
    assertThat(judge(draft -> draft.responder(new ResponderID(new DEROctetString(sha1)))))
        .isInstanceOf(Good.class);
  }

  /** Five kinds of wrong identity: name, key, another generation's key, serial, hash. */
  static Stream<UnaryOperator<CertId>> otherIdentities() {
    Octets other = HashAlgorithm.SHA256.hash(new byte[] {1});
    Octets older =
        HashAlgorithm.SHA256.hash(
            keyBits(TestJpki.shared().authority().authority(Generation.SECOND).certificate()));
    return Stream.of(
        right -> new CertId(right.hash(), other, right.issuerKeyHash(), right.serial()),
        right -> new CertId(right.hash(), right.issuerNameHash(), other, right.serial()),
        right -> new CertId(right.hash(), right.issuerNameHash(), older, right.serial()),
        right ->
            new CertId(
                right.hash(),
                right.issuerNameHash(),
                right.issuerKeyHash(),
                right.serial().add(BigInteger.ONE)),
        right ->
            new CertId(
                HashAlgorithm.SHA1, right.issuerNameHash(), right.issuerKeyHash(), right.serial()));
  }

  @ParameterizedTest
  @MethodSource("otherIdentities")
  void anAnswerAboutAnotherCertificateSaysNothing(UnaryOperator<CertId> other) {
    CertId right = question(issued, HashAlgorithm.SHA256).certificate();
    CertID asked = certId(new OcspQuestion(other.apply(right), Optional.empty()));
    assertThat(causeOf(judge(draft -> draft.insteadAbout(asked))))
        .isEqualTo(UnavailableCause.OTHER_CERTIFICATE);
  }

  @Test
  void anIdentityInAHashNobodyAskedForIsAnotherCertificate() {
    CertID right = certId(question(issued, HashAlgorithm.SHA256));
    CertID sha512 =
        new CertID(
            new AlgorithmIdentifier(new ASN1ObjectIdentifier("2.16.840.1.101.3.4.2.3")),
            right.getIssuerNameHash(),
            right.getIssuerKeyHash(),
            right.getSerialNumber());
    assertThat(causeOf(judge(draft -> draft.insteadAbout(sha512))))
        .isEqualTo(UnavailableCause.OTHER_CERTIFICATE);
  }

  @Test
  void aRevocationOfAnotherCertificateRevokesNothing() {
    CertID other = certId(question(jpki.issued(LocalDate.of(2030, 2, 17)), HashAlgorithm.SHA256));
    assertThat(causeOf(judge(draft -> draft.insteadAbout(other).saying(revokedLongAgo()))))
        .isEqualTo(UnavailableCause.OTHER_CERTIFICATE);
  }

  @Test
  void aTurnedBitInTheSignatureSpoilsTheAnswer() {
    OcspAnswer right = jpki.answer(question(issued, HashAlgorithm.SHA256), NOW);
    byte[] body = right.body().toArray();
    // Behind the signature there is only the responder's certificate.
    body[body.length - encoded(jpki.newest().responder()).length - 20] ^= 1;
    OcspAnswer turned = new OcspAnswer(Octets.of(body), right.source(), NOW, right.nonce());
    assertThat(causeOf(judge(turned, issued, NOW))).isEqualTo(UnavailableCause.SIGNATURE_INVALID);
  }

  @Test
  void aStrangersSignatureUnderTheRightNameIsInvalid() {
    KeyPair stranger = jpki.key();
    assertThat(causeOf(judge(UnaryOperator.identity(), stranger.getPrivate())))
        .isEqualTo(UnavailableCause.SIGNATURE_INVALID);
    assertThat(causeOf(judge(draft -> draft.saying(revokedLongAgo()), stranger.getPrivate())))
        .isEqualTo(UnavailableCause.SIGNATURE_INVALID);
  }

  /** Delegations that do not delegate (RFC 6960 §4.2.2.2). */
  static Stream<UnaryOperator<CertificateDraft>> wrongDelegations() {
    return Stream.of(
        draft -> draft.without(Extension.extendedKeyUsage),
        draft ->
            draft.extension(
                Extension.extendedKeyUsage,
                true,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)),
        draft -> draft.extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyEncipherment)),
        draft -> draft.without(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck),
        draft -> draft.extension(Extension.basicConstraints, true, new BasicConstraints(true)),
        draft -> draft.notAfter(CertificateDraft.time(NOW.minusSeconds(1))),
        draft -> draft.notBefore(CertificateDraft.time(NOW.plusSeconds(1))),
        draft ->
            draft.extension(
                new ASN1ObjectIdentifier("1.2.392.200149.8.5.5.99"), true, DERNull.INSTANCE));
  }

  @ParameterizedTest
  @MethodSource("wrongDelegations")
  void anAnswerOfOneWhoIsNotDelegatedSaysNothing(UnaryOperator<CertificateDraft> spoil) {
    CertificateDraft delegation =
        jpki.newest().responderDraft(jpki.key().getPublic(), BigInteger.TEN);
    assertThat(causeOf(judgeSignedBy(jpki.newest().sign(spoil.apply(delegation)))))
        .isEqualTo(UnavailableCause.RESPONDER_NOT_AUTHORIZED);
  }

  @Test
  void anotherProperDelegateMayAnswer() {
    CertificateDraft delegation =
        jpki.newest().responderDraft(jpki.key().getPublic(), BigInteger.TEN);
    assertThat(judgeSignedBy(jpki.newest().sign(delegation))).isInstanceOf(Good.class);
  }

  @Test
  void aDelegateOfAnotherGenerationUnderTheSameNameMayNotAnswer() {
    CertificateDraft delegation =
        jpki.authority()
            .authority(Generation.SECOND)
            .responderDraft(jpki.key().getPublic(), BigInteger.TEN);
    byte[] signed = jpki.authority().authority(Generation.SECOND).sign(delegation);
    assertThat(causeOf(judgeSignedBy(signed))).isEqualTo(UnavailableCause.RESPONDER_NOT_AUTHORIZED);
  }

  @Test
  void theHoldersOwnCertificateIsNoDelegation() {
    assertThat(causeOf(judgeSignedBy(issued.der())))
        .isEqualTo(UnavailableCause.RESPONDER_NOT_AUTHORIZED);
  }

  @Test
  void anAnswerWithoutTheNonceIsForAnExemptSourceOnly() {
    assertThat(causeOf(judge(OcspDraft::withoutNonce))).isEqualTo(UnavailableCause.NONCE_MISSING);
    assertThat(
            judge(
                OcspDraft::withoutNonce,
                jpki.newest().responderKey(),
                new ResponderRules(Set.of(TestJpki.RESPONDER))))
        .isInstanceOf(Good.class);
  }

  @Test
  void anAnswerWithAnotherNonceIsToAnotherQuestion() {
    byte[] other = jpki.freshNonce();
    assertThat(causeOf(judge(draft -> draft.nonce(other))))
        .isEqualTo(UnavailableCause.NONCE_DIFFERS);
    assertThat(
            causeOf(
                judge(
                    draft -> draft.nonce(other),
                    jpki.newest().responderKey(),
                    new ResponderRules(Set.of(TestJpki.RESPONDER)))))
        .isEqualTo(UnavailableCause.NONCE_DIFFERS);
  }

  @Test
  void anAnswerIsGoodToTheSecondItIsTooOld() {
    Duration oldest = FRESHNESS.age().plus(FRESHNESS.skew());
    Instant edge = NOW.minus(oldest);
    assertThat(judge(draft -> draft.thisUpdate(edge))).isInstanceOf(Good.class);
    assertThat(causeOf(judge(draft -> draft.thisUpdate(edge.minusSeconds(1)))))
        .isEqualTo(UnavailableCause.STALE);
    assertThat(judge(draft -> draft.producedAt(edge))).isInstanceOf(Good.class);
    assertThat(causeOf(judge(draft -> draft.producedAt(edge.minusSeconds(1)))))
        .isEqualTo(UnavailableCause.STALE);
  }

  @Test
  void anAnswerIsGoodUntilItsNextUpdateGiveOrTakeTheClocks() {
    Instant edge = NOW.minus(FRESHNESS.skew());
    assertThat(judge(draft -> draft.nextUpdate(Optional.of(edge)))).isInstanceOf(Good.class);
    assertThat(causeOf(judge(draft -> draft.nextUpdate(Optional.of(edge.minusSeconds(1))))))
        .isEqualTo(UnavailableCause.STALE);
    assertThat(judge(draft -> draft.nextUpdate(Optional.empty()))).isInstanceOf(Good.class);
  }

  @Test
  void anAnswerFromTheFutureIsGoodAsFarAsClocksMayDiffer() {
    Instant edge = NOW.plus(FRESHNESS.skew());
    Optional<Instant> next = Optional.of(edge.plusSeconds(600));
    assertThat(judge(draft -> draft.thisUpdate(edge).producedAt(edge).nextUpdate(next)))
        .isInstanceOf(Good.class);
    assertThat(causeOf(judge(draft -> draft.thisUpdate(edge.plusSeconds(1)).nextUpdate(next))))
        .isEqualTo(UnavailableCause.FROM_THE_FUTURE);
    assertThat(causeOf(judge(draft -> draft.producedAt(edge.plusSeconds(1)))))
        .isEqualTo(UnavailableCause.FROM_THE_FUTURE);
  }

  @Test
  void aRevocationIsNeverTooOldNorForAnotherQuestion() {
    Instant lastYear = NOW.minus(Period.ofDays(365));
    assertThat(
            judge(draft ->
                draft
                    .saying(revokedLongAgo())
                    .withoutNonce()
                    .producedAt(lastYear)
                    .thisUpdate(lastYear)
                    .nextUpdate(Optional.of(lastYear))))
        .isInstanceOf(Revoked.class);
  }

  @Test
  void anUnknownThatIsTooOldIsNotKnowing() {
    assertThat(
            causeOf(
                judge(draft ->
                    draft
                        .saying(new SerialStatus.NeverIssued())
                        .thisUpdate(NOW.minus(Period.ofDays(365))))))
        .isEqualTo(UnavailableCause.STALE);
  }

  @Test
  void ofTwoStatementsAboutOneCertificateTheRevocationCounts() {
    CertID right = certId(question(issued, HashAlgorithm.SHA1));
    assertThat(judge(draft -> draft.about(right, revokedLongAgo()))).isInstanceOf(Revoked.class);
  }

  @Test
  void anAnswerFullOfStatementsIsHeardToItsEnd() {
    CertID right = certId(question(issued, HashAlgorithm.SHA1));
    UnaryOperator<OcspDraft> crowded =
        draft -> {
          for (int i = 0; i < 400; i++) {
            draft.about(right, new SerialStatus.Good());
          }
          return draft;
        };
    assertThat(judge(crowded)).isInstanceOf(Good.class);
    assertThat(judge(draft -> crowded.apply(draft).about(right, revokedLongAgo())))
        .isInstanceOf(Revoked.class);
  }

  @Test
  void anAnswerWithMoreCertificatesThanItNeedsIsMalformed() {
    X509Certificate[] five = new X509Certificate[5];
    Arrays.fill(five, jpki.newest().responder());
    assertThat(judge(draft -> draft.certificates(Arrays.copyOf(five, 4)))).isInstanceOf(Good.class);
    assertThat(causeOf(judge(draft -> draft.certificates(five))))
        .isEqualTo(UnavailableCause.MALFORMED);
  }

  @Test
  void anExpiredCertificateIsGoodOnlyWhereExpiredOnesAreKept() {
    IssuedCertificate expired = jpki.issued(LocalDate.of(2026, 11, 1));
    Instant ends = expired.ends();
    assertThat(judge(expired, UnaryOperator.identity())).isInstanceOf(Good.class);
    assertThat(judge(expired, draft -> draft.archiveCutoff(Optional.of(ends))))
        .isInstanceOf(Good.class);
    assertThat(
            causeOf(judge(expired, draft -> draft.archiveCutoff(Optional.of(ends.plusSeconds(1))))))
        .isEqualTo(UnavailableCause.EXPIRED_NOT_COVERED);
    assertThat(causeOf(judge(expired, draft -> draft.archiveCutoff(Optional.empty()))))
        .isEqualTo(UnavailableCause.EXPIRED_NOT_COVERED);
  }

  @Test
  void anAnswerWithAnUnknownCriticalExtensionIsUnusable() {
    ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.2.392.200149.8.5.5.99");
    assertThat(causeOf(judge(draft -> draft.extension(unknown, true, DERNull.INSTANCE))))
        .isEqualTo(UnavailableCause.MALFORMED);
    assertThat(judge(draft -> draft.extension(unknown, false, DERNull.INSTANCE)))
        .isInstanceOf(Good.class);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        OCSPResponseStatus.MALFORMED_REQUEST,
        OCSPResponseStatus.INTERNAL_ERROR,
        OCSPResponseStatus.TRY_LATER,
        OCSPResponseStatus.SIG_REQUIRED,
        OCSPResponseStatus.UNAUTHORIZED
      })
  void aFailureSaysNothing(int status) {
    OcspAnswer failure =
        new OcspAnswer(OcspDraft.failure(status), TestJpki.RESPONDER, NOW, jpki.freshNonce());
    assertThat(causeOf(judge(failure, issued, NOW))).isEqualTo(UnavailableCause.NOT_SUCCESSFUL);
  }

  @Test
  void anAnswerCutOffAnywhereIsMalformed() {
    OcspAnswer right = jpki.answer(question(issued, HashAlgorithm.SHA256), NOW);
    byte[] body = right.body().toArray();
    for (int length = 0; length < body.length; length++) {
      OcspAnswer cut =
          new OcspAnswer(
              Octets.of(Arrays.copyOf(body, length)), right.source(), NOW, right.nonce());
      assertThat(causeOf(judge(cut, issued, NOW))).isEqualTo(UnavailableCause.MALFORMED);
    }
  }

  @Test
  void anAnswerTurnedAnywhereIsNeverGood() {
    OcspAnswer right = jpki.answer(question(issued, HashAlgorithm.SHA256), NOW);
    Link certificate = proven(new UntrustedCertificate(issued.der()));
    OcspJudge judge = new OcspJudge(FRESHNESS, ResponderRules.strict());
    byte[] body = right.body().toArray();
    List<Integer> good =
        Stream.iterate(0, i -> i < body.length, i -> i + 1)
            .filter(i -> {
              byte[] turned = body.clone();
              turned[i] ^= 1;
              OcspAnswer answer =
                  new OcspAnswer(Octets.of(turned), right.source(), NOW, right.nonce());
              return judge.judge(answer, certificate, NOW) instanceof Good;
            })
            .toList();
    assertThat(good).isEmpty();
  }

  /** keycloak #26439, web-eid php #13: a nonce that is not there, or too short. */
  @Test
  void aMissingOrShortNonceIsNoNonce() {
    assertThat(causeOf(judge(draft -> draft.withoutNonce())))
        .isEqualTo(UnavailableCause.NONCE_MISSING);
    assertThat(causeOf(judge(draft -> draft.nonce(new byte[] {1}))))
        .as("a short one")
        .isEqualTo(UnavailableCause.NONCE_DIFFERS);
  }

  /** One known by configuration may answer for its own source, and for no other. */
  @Test
  void aDesignatedResponderAnswersForItsSource() {
    MadeAuthority other = MadeAuthority.root("C=JP,O=Operator", MadeAuthority.rsa("operator"));
    UntrustedCertificate its =
        new UntrustedCertificate(
            other.holder(jpki.key(), sketch -> sketch.subject("C=JP,O=Operator,CN=Responder")));
    UnaryOperator<OcspDraft> named =
        draft ->
            draft
                .responder(new ResponderID(new X500Name("C=JP,O=Operator,CN=Responder")))
                .certificates();
    ResponderRules designated = ResponderRules.strict().designating(TestJpki.RESPONDER, its);
    ResponderRules elsewhere =
        ResponderRules.strict().designating(URI.create("http://elsewhere.invalid/"), its);
    assertThat(judge(named, jpki.key().getPrivate(), designated)).isInstanceOf(Good.class);
    assertThat(causeOf(judge(named, jpki.key().getPrivate(), elsewhere)))
        .isEqualTo(UnavailableCause.RESPONDER_NOT_AUTHORIZED);
    assertThat(causeOf(judge(named, jpki.newest().key(), designated)))
        .isEqualTo(UnavailableCause.SIGNATURE_INVALID);
  }

  private RevocationStatus judge(UnaryOperator<OcspDraft> spoil) {
    return judge(spoil, jpki.newest().responderKey());
  }

  private RevocationStatus judge(UnaryOperator<OcspDraft> spoil, PrivateKey signer) {
    return judge(spoil, signer, ResponderRules.strict());
  }

  private RevocationStatus judge(IssuedCertificate about, UnaryOperator<OcspDraft> spoil) {
    return judge(about, spoil, jpki.newest().responderKey(), ResponderRules.strict());
  }

  private RevocationStatus judge(
      UnaryOperator<OcspDraft> spoil, PrivateKey signer, ResponderRules rules) {
    return judge(issued, spoil, signer, rules);
  }

  private RevocationStatus judge(
      IssuedCertificate about,
      UnaryOperator<OcspDraft> spoil,
      PrivateKey signer,
      ResponderRules rules) {
    OcspQuestion question = question(about, HashAlgorithm.SHA256);
    byte[] body = spoil.apply(draft(question)).signedBy(signer);
    OcspAnswer answer = new OcspAnswer(Octets.of(body), TestJpki.RESPONDER, NOW, question.nonce());
    return new OcspJudge(FRESHNESS, rules)
        .judge(answer, proven(new UntrustedCertificate(about.der())), NOW);
  }

  private RevocationStatus judge(OcspAnswer answer, IssuedCertificate about, Instant at) {
    return new OcspJudge(FRESHNESS, ResponderRules.strict())
        .judge(answer, proven(new UntrustedCertificate(about.der())), at);
  }

  private RevocationStatus judgeSignedBy(byte[] delegation) {
    X509Certificate delegate = read(delegation);
    return judge(
        draft -> draft.responder(new ResponderID(name(delegate))).certificates(delegate),
        jpki.key().getPrivate());
  }

  private OcspDraft draft(OcspQuestion question) {
    return switch (jpki.responder().answer(question.bytes(), NOW)) {
      case Signable(OcspDraft draft, var authority) -> draft;
      case Failure(int status) -> throw new AssertionError("The responder failed with " + status);
    };
  }

  private OcspQuestion question(IssuedCertificate about, HashAlgorithm hash) {
    UntrustedCertificate certificate = new UntrustedCertificate(about.der());
    return new OcspQuestion(
        Link.claimedBy(certificate, jpki.anchors()).orElseThrow().id(hash), jpki.freshNonce());
  }

  private Link proven(UntrustedCertificate certificate) {
    Checked<CardCertificate> checked =
        ProfileCheck.check(certificate, jpki.policy().profiles())
            .then(profiled -> PathCheck.check(profiled, jpki.anchors(), NOW));
    return switch (checked) {
      case Checked.Held<CardCertificate>(var card) -> card.link();
      case Checked.Failed<CardCertificate>(var reason) -> throw new AssertionError(reason);
    };
  }

  private static SerialStatus revokedLongAgo() {
    return new SerialStatus.Revoked(
        new Revocation(Revocation.Reason.KEY_COMPROMISE, NOW.minus(Period.ofDays(400))));
  }

  private static UnavailableCause causeOf(RevocationStatus status) {
    return Optional.of(status)
        .filter(Unavailable.class::isInstance)
        .map(Unavailable.class::cast)
        .map(Unavailable::cause)
        .orElseThrow(() -> new AssertionError("Available: " + status));
  }

  private static CertID certId(OcspQuestion question) {
    return Request.getInstance(
            OCSPRequest.getInstance(question.bytes())
                .getTbsRequest()
                .getRequestList()
                .getObjectAt(0))
        .getReqCert();
  }

  private static X500Name name(X509Certificate certificate) {
    return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
  }

  private static byte[] keyBits(X509Certificate certificate) {
    return SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded())
        .getPublicKeyData()
        .getBytes();
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }

  private static X509Certificate read(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }
}
