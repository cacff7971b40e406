package jp.kazashi.jpki.verdict;

import static jp.kazashi.jpki.MadeAuthority.p384;
import static jp.kazashi.jpki.MadeAuthority.rsa;
import static jp.kazashi.jpki.TestJpki.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import jp.kazashi.jpki.MadeAuthority;
import jp.kazashi.jpki.MadeAuthority.Sketch;
import jp.kazashi.jpki.MadeList;
import jp.kazashi.jpki.RejectionReason;
import jp.kazashi.jpki.TestJpki;
import jp.kazashi.jpki.certificate.CertificateProfile;
import jp.kazashi.jpki.certificate.CertificateProfile.Purpose;
import jp.kazashi.jpki.certificate.JpkiProfiles;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.holder.Carrier;
import jp.kazashi.jpki.holder.ExpiryPolicy;
import jp.kazashi.jpki.revocation.Freshness;
import jp.kazashi.jpki.revocation.ResponderRules;
import jp.kazashi.jpki.verdict.Verdict.Rejected;
import jp.kazashi.jpki.verdict.Verdict.Trusted;
import jp.kazashi.jpki.verdict.Verdict.Undetermined;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which certificate passes as what, and nothing else; and what the peers' advisories were about.
 */
class ProfilesTest {
  private static final String P384_ORDER_TAIL = "c7634d81f4372ddf581a0db248b0a77aecec196accc52973";
  private static final String SIGNING = "1.2.392.200149.8.5.1.0.20";
  private final MadeAuthority root =
      MadeAuthority.root("C=JP,O=JPKI-TEST,OU=Profiles", rsa("root"));
  private final MadeAuthority nextRoot =
      MadeAuthority.root("C=JP,O=JPKI-TEST,OU=Next", p384("root"));

  @ParameterizedTest
  @CsvSource({
    "test card authentication, AUTHENTICATION, CARD",
    "test phone authentication, AUTHENTICATION, PHONE",
    "test card signature, SIGNATURE, CARD",
    "test phone signature, SIGNATURE, PHONE"
  })
  void eachKindOfCertificateIsTrustedForItsPurposeAndNoOther(
      String name, Purpose purpose, Carrier carrier) {
    CertificateProfile profile = JpkiProfiles.named(name);
    UnaryOperator<Sketch> change = of(profile);
    assertThat(judge(purpose, rsa("holder"), change))
        .isInstanceOfSatisfying(
            Trusted.class, trusted -> assertThat(trusted.holder().carrier()).isEqualTo(carrier));
    Purpose other = purpose == Purpose.AUTHENTICATION ? Purpose.SIGNATURE : Purpose.AUTHENTICATION;
    assertThat(reasonOf(judge(other, rsa("holder"), change)))
        .isEqualTo(RejectionReason.POLICY_NOT_ACCEPTED);
  }

  @Test
  void theNextCardWithP384IsTrustedBesideTodaysByOnePolicy() {
    assertThat(judge(nextRoot, Purpose.AUTHENTICATION, p384("holder"), UnaryOperator.identity()))
        .isInstanceOf(Trusted.class);
    assertThat(judge(root, Purpose.AUTHENTICATION, rsa("holder"), UnaryOperator.identity()))
        .isInstanceOf(Trusted.class);
    assertThat(
            reasonOf(
                judge(
                    nextRoot,
                    List.of(JpkiProfiles.named("test card authentication")),
                    p384("holder"),
                    UnaryOperator.identity())))
        .isEqualTo(RejectionReason.ALGORITHM_NOT_ALLOWED);
  }

  @Test
  void theJpkiInServiceAndTheTestOneNeverMix() {
    assertThat(JpkiProfiles.of(Purpose.AUTHENTICATION, false))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(JpkiProfiles.of(Purpose.AUTHENTICATION, true));
    assertThat(
            reasonOf(
                judge(
                    root,
                    JpkiProfiles.of(Purpose.AUTHENTICATION, false),
                    rsa("holder"),
                    UnaryOperator.identity())))
        .isEqualTo(RejectionReason.POLICY_NOT_ACCEPTED);
    assertThatThrownBy(() ->
            new JudgePolicy(
                TrustAnchors.fromPem(root.pem()),
                List.of(
                    JpkiProfiles.named("card authentication"),
                    JpkiProfiles.named("card signature")),
                ExpiryPolicy.withoutGrace(),
                Freshness.ordinary(),
                ResponderRules.strict()))
        .hasMessage("One policy judges one purpose");
  }

  @Test
  void anAuthorityAsAHolderIsRefused() {
    assertThat(
            reason(s -> s.extension(Extension.basicConstraints, true, new BasicConstraints(true))))
        .isEqualTo(RejectionReason.NOT_A_HOLDER_CERTIFICATE);
    assertThat(
            reason(
                s -> s.extension(Extension.basicConstraints, false, new BasicConstraints(false))))
        .isEqualTo("trusted");
  }

  @Test
  void swappedKeyUsageIsRefused() {
    assertThat(reason(usage(KeyUsage.nonRepudiation)))
        .isEqualTo(RejectionReason.KEY_USAGE_NOT_ACCEPTED);
    assertThat(reason(usage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation)))
        .isEqualTo(RejectionReason.KEY_USAGE_NOT_ACCEPTED);
    assertThat(reason(usage(KeyUsage.keyEncipherment)))
        .isEqualTo(RejectionReason.KEY_USAGE_NOT_ACCEPTED);
    UnaryOperator<Sketch> signing = of(JpkiProfiles.named("test card signature"));
    assertThat(
            reasonOf(
                judge(
                    Purpose.SIGNATURE,
                    rsa("holder"),
                    s -> usage(KeyUsage.digitalSignature).apply(signing.apply(s)))))
        .isEqualTo(RejectionReason.KEY_USAGE_NOT_ACCEPTED);
    assertThat(
            judge(
                Purpose.SIGNATURE,
                rsa("holder"),
                s ->
                    usage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation)
                        .apply(signing.apply(s))))
        .isInstanceOf(Trusted.class);
  }

  @Test
  void anExtendedKeyUsageForOtherThingsIsRefused() {
    assertThat(
            reason(s ->
                s.extension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))))
        .isEqualTo(RejectionReason.EXTENDED_KEY_USAGE_NOT_ACCEPTED);
    assertThat(reason(s -> s.without(Extension.extendedKeyUsage))).isEqualTo("trusted");
  }

  @Test
  void policiesThatWouldAcceptAnythingAreNoPolicy() {
    assertThat(reason(s -> s.policies(SIGNING))).isEqualTo(RejectionReason.POLICY_NOT_ACCEPTED);
    assertThat(reason(s -> s.policies("2.5.29.32.0")))
        .isEqualTo(RejectionReason.POLICY_NOT_ACCEPTED);
    assertThat(reason(s -> s.without(Extension.certificatePolicies)))
        .isEqualTo(RejectionReason.POLICY_NOT_ACCEPTED);
  }

  @Test
  void whatIsCriticalAndUnknownIsRefused() {
    ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.2.392.200149.8.5.5.99");
    assertThat(reason(s -> s.extension(unknown, true, DERNull.INSTANCE)))
        .isEqualTo(RejectionReason.CRITICAL_EXTENSION_UNKNOWN);
    assertThat(reason(s -> s.extension(unknown, false, DERNull.INSTANCE))).isEqualTo("trusted");
  }

  @Test
  void serialNumbersArePositiveAndOfTwentyOctetsAtMost() {
    assertThat(reason(s -> s.serial(-1))).isEqualTo(RejectionReason.SERIAL_NUMBER_INVALID);
    assertThat(reason(s -> s.serial(0))).isEqualTo(RejectionReason.SERIAL_NUMBER_INVALID);
    assertThat(reason(s -> s.serial(BigInteger.ONE.shiftLeft(159))))
        .isEqualTo(RejectionReason.SERIAL_NUMBER_INVALID);
    assertThat(reason(s -> s.serial(BigInteger.ONE.shiftLeft(159).subtract(BigInteger.ONE))))
        .isEqualTo("trusted");
  }

  @Test
  void aValidityPeriodIsInOrderAndEachYearInItsForm() {
    Instant lastOfUtcTime = Instant.parse("2049-12-31T23:59:59Z");
    assertThat(reason(s -> s.to(lastOfUtcTime))).isEqualTo("trusted");
    assertThat(reason(s -> s.to(lastOfUtcTime.plusSeconds(1)))).isEqualTo("trusted");
    assertThat(reason(s -> s.from(NOW).to(NOW))).isEqualTo("trusted");
    assertThat(reason(s -> s.from(NOW).to(NOW.minusSeconds(1))))
        .isEqualTo(RejectionReason.VALIDITY_MALFORMED);
  }

  /** Signatures of the next card are two numbers in DER, and strangers write what they like. */
  @Test
  void whatIsNoPairOfNumbersIsNoSignatureOfTheNextCard() {
    KeyPair holder = p384("holder");
    byte[] right = signed(holder);
    byte[] order = HexFormat.of().parseHex("ff".repeat(24) + P384_ORDER_TAIL);
    List<byte[]> wrong =
        List.of(
            new byte[0],
            new byte[96],
            new byte[UntrustedProof.MOST_SIGNATURE_OCTETS],
            Arrays.copyOf(right, right.length - 1),
            Arrays.copyOf(right, right.length + 1),
            pair(BigInteger.ZERO, BigInteger.ZERO),
            pair(BigInteger.ONE, BigInteger.ONE),
            pair(BigInteger.ONE.negate(), BigInteger.TEN.negate()),
            pair(new BigInteger(1, order), new BigInteger(1, order)),
            pair(BigInteger.ONE.shiftLeft(250_000), BigInteger.ONE.shiftLeft(250_000)));
    for (byte[] signature : wrong) {
      assertThat(reasonOf(judgeNext(holder, signature)))
          .isEqualTo(RejectionReason.SIGNATURE_INVALID);
    }
    assertThat(judgeNext(holder, right)).isInstanceOf(Trusted.class);
  }

  private static byte[] pair(BigInteger r, BigInteger s) {
    try {
      return new DERSequence(new ASN1Encodable[] {new ASN1Integer(r), new ASN1Integer(s)})
          .getEncoded();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Verdict judgeNext(KeyPair holder, byte[] signature) {
    return new ProofJudge()
        .judge(
            new UntrustedProof(new UntrustedCertificate(nextRoot.holder(holder)), signature),
            TestJpki.statement(),
            List.of(MadeList.of(nextRoot).snapshot()),
            policy(
                TrustAnchors.fromPem(nextRoot.pem()),
                JpkiProfiles.of(Purpose.AUTHENTICATION, true)),
            NOW);
  }

  /** GHSA-58hw-cg5m-88rp of jpki/myna: only the signature of the chain was checked. */
  @Test
  void aChainWhoseSignaturesHoldIsStillCheckedForTimeUsageAndAuthority() {
    assertThat(reason(s -> s.from(NOW.plusSeconds(1))))
        .isEqualTo(RejectionReason.CERTIFICATE_NOT_YET_VALID);
    assertThat(reason(s -> s.to(Instant.parse("2026-01-01T14:59:59Z"))))
        .isEqualTo(RejectionReason.CERTIFICATE_ENDED);
    assertThat(reason(usage(KeyUsage.keyAgreement)))
        .isEqualTo(RejectionReason.KEY_USAGE_NOT_ACCEPTED);
    // A holder's certificate is no authority, however well it signs.
    KeyPair holder = rsa("holder");
    byte[] own = root.holder(holder);
    MadeAuthority impostor = new MadeAuthority(new X500Name("C=JP,CN=NOBODY"), holder, own);
    JudgePolicy policy =
        policy(
            TrustAnchors.fromPem(root.pem())
                .withAuthoritiesFromPem(MadeAuthority.pem(List.of(own))),
            JpkiProfiles.of(Purpose.AUTHENTICATION, true));
    assertThat(
            reasonOf(
                new ProofJudge()
                    .judge(
                        new UntrustedProof(
                            new UntrustedCertificate(impostor.holder(rsa("victim"))),
                            signed(rsa("victim"))),
                        TestJpki.statement(),
                        List.of(MadeList.of(root).snapshot(), MadeList.of(impostor).snapshot()),
                        policy,
                        NOW)))
        .isEqualTo(RejectionReason.ISSUER_NOT_ALLOWED);
    // The key id is a hint, not a proof: pointing to the right key helps no stranger.
    MadeAuthority stranger = new MadeAuthority(root.name(), rsa("stranger"), root.certificate());
    assertThat(reasonOf(judge(stranger, root, Purpose.AUTHENTICATION, holder)))
        .isEqualTo(RejectionReason.ISSUER_SIGNATURE_INVALID);
  }

  /** GHSA-g258-q5gf-7hvx: one of several signatures was checked, and lengths made it panic. */
  @Test
  void theSignatureIsTheWholeOfItAndAnyLengthIsJustABadOne() {
    KeyPair holder = rsa("holder");
    byte[] right = signed(holder);
    for (int length : new int[] {0, 1, 255, 257, 512, UntrustedProof.MOST_SIGNATURE_OCTETS}) {
      UntrustedProof proof =
          new UntrustedProof(
              new UntrustedCertificate(root.holder(holder)), Arrays.copyOf(right, length));
      assertThat(
              reasonOf(
                  new ProofJudge()
                      .judge(
                          proof,
                          TestJpki.statement(),
                          List.of(MadeList.of(root).snapshot()),
                          policy(
                              TrustAnchors.fromPem(root.pem()),
                              JpkiProfiles.of(Purpose.AUTHENTICATION, true)),
                          NOW)))
          .isEqualTo(RejectionReason.SIGNATURE_INVALID);
    }
  }

  private Object reason(UnaryOperator<Sketch> change) {
    return reasonOf(judge(Purpose.AUTHENTICATION, rsa("holder"), change));
  }

  private static UnaryOperator<Sketch> usage(int bits) {
    return sketch -> sketch.extension(Extension.keyUsage, true, new KeyUsage(bits));
  }

  private static UnaryOperator<Sketch> of(CertificateProfile profile) {
    return sketch -> {
      Sketch right = sketch.policies(profile.policies().iterator().next());
      return profile.purpose() == Purpose.SIGNATURE
          ? usage(KeyUsage.nonRepudiation).apply(right.without(Extension.extendedKeyUsage))
          : right;
    };
  }

  private Verdict judge(Purpose purpose, KeyPair holder, UnaryOperator<Sketch> change) {
    return judge(root, purpose, holder, change);
  }

  private static Verdict judge(
      MadeAuthority authority, Purpose purpose, KeyPair holder, UnaryOperator<Sketch> change) {
    return judge(authority, JpkiProfiles.of(purpose, true), holder, change);
  }

  private static Verdict judge(
      MadeAuthority authority,
      List<CertificateProfile> profiles,
      KeyPair holder,
      UnaryOperator<Sketch> change) {
    return judge(authority, authority, profiles, holder, change);
  }

  private static Verdict judge(
      MadeAuthority signer, MadeAuthority anchor, Purpose purpose, KeyPair holder) {
    return judge(signer, anchor, JpkiProfiles.of(purpose, true), holder, UnaryOperator.identity());
  }

  private static Verdict judge(
      MadeAuthority signer,
      MadeAuthority anchor,
      List<CertificateProfile> profiles,
      KeyPair holder,
      UnaryOperator<Sketch> change) {
    return new ProofJudge()
        .judge(
            new UntrustedProof(
                new UntrustedCertificate(signer.holder(holder, change)), signed(holder)),
            TestJpki.statement(),
            List.of(MadeList.of(anchor).snapshot()),
            policy(TrustAnchors.fromPem(anchor.pem()), profiles),
            NOW);
  }

  private static JudgePolicy policy(TrustAnchors anchors, List<CertificateProfile> profiles) {
    return new JudgePolicy(
        anchors,
        profiles,
        ExpiryPolicy.threeMonths(ExpiryPolicy.Anchor.EXPIRY_DATE),
        Freshness.ordinary(),
        ResponderRules.strict());
  }

  private static byte[] signed(KeyPair key) {
    try {
      boolean rsa = key.getPrivate().getAlgorithm().equals("RSA");
      Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA384withECDSA");
      signature.initSign(key.getPrivate());
      signature.update(TestJpki.statement().bytes());
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Object reasonOf(Verdict verdict) {
    return switch (verdict) {
      case Rejected rejected -> rejected.reason();
      case Undetermined undetermined -> undetermined.cause();
      case Trusted _ -> "trusted";
    };
  }
}
