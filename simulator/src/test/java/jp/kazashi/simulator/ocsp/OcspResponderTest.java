package jp.kazashi.simulator.ocsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.Date;
import jp.kazashi.simulator.pki.Generation;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.KeyPairs;
import jp.kazashi.simulator.pki.Revocation;
import jp.kazashi.simulator.pki.SimulatedJpki;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers as another reader of RFC 6960 sees them. */
class OcspResponderTest {
  private static final Instant NOW = Instant.parse("2026-12-01T01:00:00.789Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final LocalDate LAST_DAY = LocalDate.of(2028, 2, 17);
  private static @TempDir Path folder;
  private static SimulatedJpki jpki;
  private static KeyPair holder;
  private static OcspResponder responder;

  @BeforeAll
  static void make() throws IOException {
    jpki = SimulatedJpki.open(folder, NOW, URI.create("http://127.0.0.1:8445/"), RANDOM);
    holder = KeyPairs.rsa2048(RANDOM);
    responder = new OcspResponder(jpki);
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void theDelegateOfTheGenerationSigns(Generation generation) throws Exception {
    IssuedCertificate issued = issue(generation);
    BasicOCSPResp answer = answer(request(sha256(issued)), NOW);
    JcaX509CertificateHolder delegate =
        new JcaX509CertificateHolder(jpki.authority(generation).responder());
    assertThat(answer.getCerts()).containsExactly(delegate);
    assertThat(answer.isSignatureValid(new JcaContentVerifierProviderBuilder().build(delegate)))
        .isTrue();
    assertThat(only(answer).getCertStatus()).isEqualTo(CertificateStatus.GOOD);
    assertThat(only(answer).getCertID()).isEqualTo(sha256(issued));
  }

  @Test
  void bothHashesAreUnderstoodAndRepeated() throws Exception {
    IssuedCertificate issued = issue(Generation.THIRD);
    for (CertificateID id : new CertificateID[] {sha1(issued), sha256(issued)}) {
      assertThat(only(answer(request(id), NOW)).getCertID()).isEqualTo(id);
    }
  }

  @Test
  void timesAreThoseOfTheWorldInWholeSeconds() throws Exception {
    SingleResp single = only(answer(request(sha256(issue(Generation.THIRD))), NOW));
    assertThat(single.getThisUpdate()).isEqualTo(Date.from(Instant.parse("2026-12-01T01:00:00Z")));
    assertThat(single.getNextUpdate()).isEqualTo(Date.from(Instant.parse("2026-12-01T01:10:00Z")));
  }

  @Test
  void theNonceIsRepeated() throws Exception {
    byte[] nonce = new byte[32];
    RANDOM.nextBytes(nonce);
    BasicOCSPResp answer = answer(request(nonce, sha256(issue(Generation.THIRD))), NOW);
    assertThat(answer.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce).getParsedValue())
        .isEqualTo(new DEROctetString(nonce));
    BasicOCSPResp without = answer(request(sha256(issue(Generation.THIRD))), NOW);
    assertThat(without.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 129})
  void aNonceOfAnImpossibleLengthIsMalformed(int length) throws Exception {
    byte[] request = request(new byte[length], sha256(issue(Generation.THIRD)));
    assertThat(status(responder.respond(request, NOW))).isEqualTo(OCSPResp.MALFORMED_REQUEST);
  }

  @ParameterizedTest
  @EnumSource(Revocation.Reason.class)
  void aRevocationIsToldWithReasonAndTimeFromThatTimeOn(Revocation.Reason reason) throws Exception {
    IssuedCertificate issued = issue(Generation.THIRD);
    Instant since = Instant.parse("2026-11-01T00:00:00Z");
    jpki.revoke(issued, reason, since);
    RevokedStatus revoked =
        (RevokedStatus) only(answer(request(sha256(issued)), since)).getCertStatus();
    assertThat(revoked.getRevocationTime()).isEqualTo(Date.from(since));
    assertThat(revoked.getRevocationReason()).isEqualTo(reason.code());
    assertThat(only(answer(request(sha256(issued)), since.minusSeconds(1))).getCertStatus())
        .isEqualTo(CertificateStatus.GOOD);
  }

  @Test
  void aSerialNeverIssuedIsUnknown() throws Exception {
    assertThat(only(answer(request(id(Generation.THIRD, BigInteger.ONE)), NOW)).getCertStatus())
        .isInstanceOf(UnknownStatus.class);
  }

  @Test
  void anExpiredSerialIsAnsweredWithAnArchiveCutoffBeforeItsEnd() throws Exception {
    IssuedCertificate issued =
        jpki.issue(holder.getPublic(), NOW.minus(Period.ofDays(1000)), LocalDate.of(2026, 11, 1));
    SingleResp single = only(answer(request(sha256(issued)), NOW));
    assertThat(single.getCertStatus()).isEqualTo(CertificateStatus.GOOD);
    Extension cutoff = single.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff);
    assertThat(ASN1GeneralizedTime.getInstance(cutoff.getParsedValue()).getDate().toInstant())
        .isBefore(issued.ends());
  }

  @Test
  void anIssuerItDoesNotServeIsUnauthorized() throws Exception {
    CertificateID right = sha256(issue(Generation.THIRD));
    CertificateID stranger =
        new CertificateID(
            new org.bouncycastle.asn1.ocsp.CertID(
                right.toASN1Primitive().getHashAlgorithm(),
                right.toASN1Primitive().getIssuerNameHash(),
                new DEROctetString(new byte[32]),
                right.toASN1Primitive().getSerialNumber()));
    assertThat(status(responder.respond(request(stranger), NOW))).isEqualTo(OCSPResp.UNAUTHORIZED);
  }

  @Test
  void severalOfOneGenerationAreAnsweredTogetherAndAMixtureIsNot() throws Exception {
    CertificateID first = sha256(issue(Generation.THIRD));
    CertificateID second = sha256(issue(Generation.THIRD));
    assertThat(answer(request(first, second), NOW).getResponses())
        .extracting(SingleResp::getCertID)
        .containsExactly(first, second);
    byte[] mixture = request(first, sha256(issue(Generation.SECOND)));
    assertThat(status(responder.respond(mixture, NOW))).isEqualTo(OCSPResp.UNAUTHORIZED);
  }

  @Test
  void whatIsNoRequestIsMalformed() throws Exception {
    byte[] right = request(sha256(issue(Generation.THIRD)));
    for (int length = 0; length < right.length; length++) {
      assertThat(status(responder.respond(Arrays.copyOf(right, length), NOW)))
          .isEqualTo(OCSPResp.MALFORMED_REQUEST);
    }
    CertificateID[] seventeen = new CertificateID[17];
    Arrays.fill(seventeen, sha256(issue(Generation.THIRD)));
    assertThat(status(responder.respond(request(seventeen), NOW)))
        .isEqualTo(OCSPResp.MALFORMED_REQUEST);
  }

  @Test
  void noOctetsMakeItFail() throws Exception {
    byte[] right = request(sha256(issue(Generation.THIRD)));
    for (int i = 0; i < right.length; i++) {
      byte[] turned = right.clone();
      turned[i] ^= (byte) 0x21;
      assertThat(status(responder.respond(turned, NOW)))
          .isIn(OCSPResp.SUCCESSFUL, OCSPResp.MALFORMED_REQUEST, OCSPResp.UNAUTHORIZED);
    }
  }

  private static IssuedCertificate issue(Generation generation) {
    return jpki.issue(generation, holder.getPublic(), NOW.minus(Period.ofDays(700)), LAST_DAY);
  }

  private static CertificateID sha1(IssuedCertificate issued) throws Exception {
    return id(issued.generation(), issued.serial(), OIWObjectIdentifiers.idSHA1);
  }

  private static CertificateID sha256(IssuedCertificate issued) throws Exception {
    return id(issued.generation(), issued.serial());
  }

  private static CertificateID id(Generation generation, BigInteger serial) throws Exception {
    return id(generation, serial, NISTObjectIdentifiers.id_sha256);
  }

  private static CertificateID id(
      Generation generation, BigInteger serial, ASN1ObjectIdentifier hash) throws Exception {
    DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
    return new CertificateID(
        digests.get(new AlgorithmIdentifier(hash)),
        new JcaX509CertificateHolder(jpki.authority(generation).certificate()),
        serial);
  }

  private static byte[] request(CertificateID... ids) throws Exception {
    OCSPReqBuilder request = new OCSPReqBuilder();
    for (CertificateID id : ids) {
      request.addRequest(id);
    }
    return request.build().getEncoded();
  }

  private static byte[] request(byte[] nonce, CertificateID id) throws Exception {
    return new OCSPReqBuilder()
        .addRequest(id)
        .setRequestExtensions(
            new Extensions(
                Extension.create(
                    OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(nonce))))
        .build()
        .getEncoded();
  }

  private static BasicOCSPResp answer(byte[] request, Instant at) throws Exception {
    OCSPResp response = new OCSPResp(responder.respond(request, at));
    assertThat(response.getStatus()).isEqualTo(OCSPResp.SUCCESSFUL);
    return (BasicOCSPResp) response.getResponseObject();
  }

  private static SingleResp only(BasicOCSPResp answer) {
    assertThat(answer.getResponses()).hasSize(1);
    return answer.getResponses()[0];
  }

  private static int status(byte[] response) throws IOException {
    return new OCSPResp(response).getStatus();
  }
}
