package jp.kazashi.jpki.verdict;

import static jp.kazashi.jpki.MadeAuthority.TEST_AUTHENTICATION;
import static jp.kazashi.jpki.MadeAuthority.rsa;
import static jp.kazashi.jpki.TestJpki.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import jp.kazashi.jpki.MadeAuthority;
import jp.kazashi.jpki.MadeAuthority.Sketch;
import jp.kazashi.jpki.MadeList;
import jp.kazashi.jpki.RejectionReason;
import jp.kazashi.jpki.TestJpki;
import jp.kazashi.jpki.TestJpki.Card;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.verdict.Verdict.Rejected;
import jp.kazashi.jpki.verdict.Verdict.Trusted;
import jp.kazashi.jpki.verdict.Verdict.Undetermined;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Well-formed, and made to cost as much as it can. What an authority signed is signed here too, so
 * that every step is taken; the time limit is there for what would never end.
 */
@Timeout(120)
class HostileEncodingTest {
  private static final KeyPair HOLDER = rsa("holder");
  private static final int LARGEST_CERTIFICATE = 16 * 1024;
  private final MadeAuthority root = MadeAuthority.root("C=JP,O=JPKI-TEST,OU=Hostile", rsa("root"));

  @Test
  void asManyExtensionsAsThereIsRoomForAreReadOnce() {
    assertThat(
            outcome(sketch -> {
              for (int i = 0; i < 600; i++) {
                sketch.extension(
                    new ASN1ObjectIdentifier("1.2.392.200149.8.5.6." + i), false, DERNull.INSTANCE);
              }
              return sketch;
            }))
        .isEqualTo("trusted");
  }

  @Test
  void asManyPoliciesAsThereIsRoomForAreJudgedOneByOne() {
    String[] policies =
        IntStream.range(0, 1000)
            .mapToObj(i -> i == 0 ? TEST_AUTHENTICATION : "1.2.3." + i)
            .toArray(String[]::new);
    assertThat(outcome(sketch -> sketch.policies(policies))).isEqualTo("trusted");
    policies[500] = policies[499];
    assertThat(outcome(sketch -> sketch.policies(policies)))
        .as("RFC 5280 §4.2.1.4: a policy once")
        .isEqualTo(RejectionReason.CERTIFICATE_MALFORMED);
  }

  @Test
  void identifiersAndNumbersOfManyThousandDigitsAreOnlyThemselves() {
    String longest = "1.2." + "9".repeat(4000);
    assertThat(
            outcome(sketch ->
                sketch.extension(new ASN1ObjectIdentifier(longest), false, DERNull.INSTANCE)))
        .isEqualTo("trusted");
    assertThat(outcome(sketch -> sketch.policies(TEST_AUTHENTICATION, longest)))
        .isEqualTo("trusted");
    assertThat(outcome(sketch -> sketch.serial(BigInteger.ONE.shiftLeft(100_000))))
        .isEqualTo(RejectionReason.SERIAL_NUMBER_INVALID);
  }

  @Test
  void aKeyOfManyThousandBitsIsNoneOfTheTable() {
    BigInteger odd = BigInteger.ONE.shiftLeft(2047).add(BigInteger.ONE);
    BigInteger huge = BigInteger.ONE.shiftLeft(60_000).add(BigInteger.ONE);
    BigInteger longExponent = BigInteger.ONE.shiftLeft(1024).add(BigInteger.ONE);
    BigInteger three = BigInteger.valueOf(3);
    for (RSAPublicKey key :
        List.of(
            new RSAPublicKey(huge, three),
            new RSAPublicKey(huge, huge),
            new RSAPublicKey(odd, huge),
            new RSAPublicKey(odd, longExponent),
            new RSAPublicKey(odd, BigInteger.ONE),
            new RSAPublicKey(odd, BigInteger.ZERO),
            new RSAPublicKey(odd, BigInteger.TWO),
            new RSAPublicKey(BigInteger.ZERO, three))) {
      assertThat(outcome(withKey(key))).isEqualTo(RejectionReason.ALGORITHM_NOT_ALLOWED);
    }
  }

  @Test
  void asManyNamesAsThereIsRoomForAreHeldAgainstEveryConstraint() {
    GeneralSubtree[] permitted =
        IntStream.range(0, 100)
            .mapToObj(i -> i == 0 ? new X500Name("C=JP") : new X500Name("C=JP,O=O" + i))
            .map(name -> new GeneralSubtree(new GeneralName(name)))
            .toArray(GeneralSubtree[]::new);
    GeneralSubtree[] excluded =
        IntStream.range(0, 100)
            .mapToObj(i -> new GeneralSubtree(new GeneralName(GeneralName.dNSName, "no" + i)))
            .toArray(GeneralSubtree[]::new);
    MadeAuthority middle =
        root.below(
            "C=JP,O=JPKI-TEST,OU=Middle",
            rsa("middle"),
            sketch ->
                sketch.extension(
                    Extension.nameConstraints, true, new NameConstraints(permitted, excluded)));
    assertThat(outcome(middle, hosts("a"))).isEqualTo("trusted");
    assertThat(outcome(middle, hosts("a.no99"))).isEqualTo(RejectionReason.NAME_NOT_PERMITTED);
    assertThat(outcome(middle, alternative(GeneralName.uniformResourceIdentifier, "http://[::")))
        .as("of a kind without a constraint")
        .isEqualTo("trusted");
  }

  @Test
  void aNamePartLongerThanAnyIsNotMadeComparable() {
    // Each mark belongs before all of the first half: what sorts them takes the square of that.
    String marks = "\u0301".repeat(3000) + "\u0316".repeat(3000);
    X500Name name =
        new X500NameBuilder()
            .addRDN(BCStyle.C, new DERUTF8String(marks))
            .addRDN(BCStyle.O, "JPKI-TEST")
            .addRDN(BCStyle.OU, "Hostile")
            .build();
    MadeAuthority other = new MadeAuthority(name, root.key(), root.certificate());
    assertThat(outcome(root, other.holder(HOLDER))).isEqualTo(RejectionReason.ISSUER_UNKNOWN);
    for (int length : new int[] {1024, 1025}) {
      MadeAuthority upper = rooted("A".repeat(length), root);
      MadeAuthority lower = rooted("a".repeat(length), root);
      assertThat(outcome(upper, lower.holder(HOLDER)))
          .isEqualTo(length > 1024 ? RejectionReason.ISSUER_UNKNOWN : "trusted");
      assertThat(outcome(upper, upper.holder(HOLDER))).isEqualTo("trusted");
    }
  }

  @Test
  void asManyPlacesOfPublicationAsThereIsRoomForAreLookedAtOnce() {
    DistributionPoint[] nowhere = new DistributionPoint[3000];
    Arrays.fill(nowhere, new DistributionPoint(null, null, null));
    assertThat(
            outcome(sketch ->
                sketch.extension(
                    Extension.cRLDistributionPoints, false, new CRLDistPoint(nowhere))))
        .isEqualTo("trusted");
  }

  @Test
  void aCertificateLargerThanAnyIsNotEvenReadForGathering() {
    byte[] der =
        root.holder(
            HOLDER,
            sketch ->
                sketch.extension(
                    new ASN1ObjectIdentifier("1.2.3"),
                    false,
                    new DERUTF8String("x".repeat(LARGEST_CERTIFICATE))));
    UntrustedCertificate untrusted = new UntrustedCertificate(der);
    TrustAnchors anchors = TrustAnchors.fromPem(root.pem());
    assertThat(outcome(root, der)).isEqualTo(RejectionReason.CERTIFICATE_MALFORMED);
    assertThat(untrusted.claimedHolder()).isEmpty();
    assertThat(untrusted.claimedBeginning()).isEmpty();
    assertThat(CertId.of(untrusted, anchors)).isEmpty();
    assertThat(Link.claimedBy(untrusted, anchors)).isEmpty();
  }

  private static UnaryOperator<Sketch> withKey(RSAPublicKey key) {
    return sketch ->
        sketch.key(
            new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                octets(key)));
  }

  private static UnaryOperator<Sketch> hosts(String last) {
    GeneralName[] hosts =
        IntStream.range(0, 1000)
            .mapToObj(i -> i == 999 ? last : "host" + i)
            .map(name -> new GeneralName(GeneralName.dNSName, name))
            .toArray(GeneralName[]::new);
    return sketch ->
        sketch.extension(Extension.subjectAlternativeName, false, new GeneralNames(hosts));
  }

  private static UnaryOperator<Sketch> alternative(int kind, String name) {
    return sketch ->
        sketch.extension(
            Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(kind, name)));
  }

  private static MadeAuthority rooted(String unit, MadeAuthority like) {
    return MadeAuthority.root("C=JP,O=JPKI-TEST,OU=" + unit, like.key());
  }

  private static byte[] octets(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Object outcome(UnaryOperator<Sketch> change) {
    return outcome(root, root.holder(HOLDER, change));
  }

  private Object outcome(MadeAuthority middle, UnaryOperator<Sketch> change) {
    return outcome(
        TrustAnchors.fromPem(root.pem()).withAuthoritiesFromPem(middle.pem()),
        middle.holder(HOLDER, change),
        List.of(root, middle));
  }

  private static Object outcome(MadeAuthority authority, byte[] certificate) {
    return outcome(TrustAnchors.fromPem(authority.pem()), certificate, List.of(authority));
  }

  private static Object outcome(
      TrustAnchors anchors, byte[] certificate, List<MadeAuthority> authorities) {
    Card card = new Card(certificate, HOLDER);
    // Gathering reads the same octets first.
    Link.claimedBy(card.untrusted(), anchors).ifPresent(Link::publicationPoints);
    Verdict verdict =
        new ProofJudge()
            .judge(
                card.proof(TestJpki.statement()),
                TestJpki.statement(),
                authorities.stream()
                    .<RevocationEvidence>map(authority -> MadeList.of(authority).snapshot())
                    .toList(),
                TestJpki.shared().policy().with(anchors),
                NOW);
    return switch (verdict) {
      case Rejected rejected -> rejected.reason();
      case Undetermined undetermined -> undetermined.cause();
      case Trusted _ -> "trusted";
    };
  }
}
