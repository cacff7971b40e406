package jp.kazashi.jpki.verdict;

import static jp.kazashi.jpki.MadeAuthority.rsa;
import static jp.kazashi.jpki.TestJpki.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import jp.kazashi.jpki.MadeAuthority;
import jp.kazashi.jpki.MadeAuthority.Sketch;
import jp.kazashi.jpki.MadeList;
import jp.kazashi.jpki.RejectionReason;
import jp.kazashi.jpki.TestJpki;
import jp.kazashi.jpki.TestJpki.Card;
import jp.kazashi.jpki.certificate.JpkiProfiles;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.holder.ExpiryPolicy;
import jp.kazashi.jpki.revocation.Freshness;
import jp.kazashi.jpki.revocation.ResponderRules;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.UnavailableCause;
import jp.kazashi.jpki.verdict.Verdict.Rejected;
import jp.kazashi.jpki.verdict.Verdict.Trusted;
import jp.kazashi.jpki.verdict.Verdict.Undetermined;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;

/** Paths of more than one tier; the JPKI has one today, and nothing in the judge relies on that. */
class PathOfTiersTest {
  private static final String MIDDLE = "C=JP,O=JPKI-TEST,OU=Middle";
  private static final KeyPair HOLDER = rsa("holder");

  private final MadeAuthority root = MadeAuthority.root("C=JP,O=JPKI-TEST,OU=Root", rsa("root"));

  @Test
  void aCardBelowAnAuthorityBelowTheAnchorIsTrusted() {
    MadeAuthority middle = root.below(MIDDLE, rsa("middle"));
    assertThat(judge(middle, middle.holder(HOLDER), good(middle))).isInstanceOf(Trusted.class);
  }

  @Test
  void theNameOfAnIssuerIsTheSameInAnyCaseAndSpacing() {
    MadeAuthority middle = root.below(MIDDLE, rsa("middle"));
    MadeAuthority shouting =
        new MadeAuthority(
            new X500Name("C=JP,O=jpki-test,OU=MIDDLE"), middle.key(), middle.certificate());
    assertThat(judge(middle, shouting.holder(HOLDER), good(middle))).isInstanceOf(Trusted.class);
  }

  @Test
  void anAuthorityThatIsNotConfiguredIsUnknown() {
    MadeAuthority middle = root.below(MIDDLE, rsa("middle"));
    JudgePolicy policy = policy(TrustAnchors.fromPem(root.pem()));
    assertThat(judge(policy, middle.holder(HOLDER), good(middle)))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(RejectionReason.ISSUER_UNKNOWN));
  }

  /** keycloak #7771: a revoked authority between the anchor and the card. */
  @Test
  void aCardOfARevokedAuthorityIsRejected() {
    MadeAuthority middle = root.below(MIDDLE, rsa("middle"));
    List<RevocationEvidence> evidence =
        List.of(
            MadeList.of(root).revoked(7, CRLReason.keyCompromise).snapshot(),
            MadeList.of(middle).snapshot());
    assertThat(reasonOf(judge(middle, middle.holder(HOLDER), evidence)))
        .isEqualTo(RejectionReason.ISSUER_REVOKED);
  }

  @Test
  void withoutEvidenceAboutTheAuthorityNothingIsDetermined() {
    MadeAuthority middle = root.below(MIDDLE, rsa("middle"));
    assertThat(judge(middle, middle.holder(HOLDER), List.of(MadeList.of(middle).snapshot())))
        .isInstanceOfSatisfying(
            Undetermined.class,
            undetermined ->
                assertThat(undetermined.cause()).isEqualTo(UnavailableCause.OTHER_CERTIFICATE));
  }

  @Test
  void anAuthorityThatMayHaveNoneBelowItHasNone() {
    MadeAuthority limited =
        root.below(
            "C=JP,O=JPKI-TEST,OU=Limited",
            rsa("limited"),
            sketch -> sketch.extension(Extension.basicConstraints, true, new BasicConstraints(0)));
    MadeAuthority middle = limited.below(MIDDLE, rsa("middle"));
    assertThat(reasonOf(judge(List.of(limited, middle), middle.holder(HOLDER))))
        .isEqualTo(RejectionReason.ISSUER_NOT_ALLOWED);
    assertThat(reasonOf(judge(List.of(limited), limited.holder(HOLDER))))
        .as("a holder's certificate is no authority")
        .isEqualTo("undetermined");
  }

  @Test
  void whatIsNoAuthorityIssuesNothing() {
    assertThat(
            below(sketch ->
                sketch.extension(Extension.basicConstraints, true, new BasicConstraints(false))))
        .isEqualTo(RejectionReason.ISSUER_NOT_ALLOWED);
    assertThat(below(sketch -> sketch.without(Extension.basicConstraints)))
        .isEqualTo(RejectionReason.ISSUER_NOT_ALLOWED);
    assertThat(
            below(sketch ->
                sketch.extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign))))
        .isEqualTo(RejectionReason.ISSUER_NOT_ALLOWED);
    assertThat(
            below(sketch ->
                sketch.extension(
                    new ASN1ObjectIdentifier("1.2.392.200149.8.5.5.99"), true, DERNull.INSTANCE)))
        .isEqualTo(RejectionReason.ISSUER_NOT_ALLOWED);
  }

  @Test
  void anAuthorityOutsideItsTimeIssuesNothing() {
    assertThat(below(sketch -> sketch.to(NOW.minusSeconds(1))))
        .isEqualTo(RejectionReason.ISSUER_NOT_VALID);
    assertThat(below(sketch -> sketch.from(NOW.plusSeconds(1))))
        .isEqualTo(RejectionReason.ISSUER_NOT_VALID);
  }

  /** The last valid second is when the path of a certificate in grace held, and only of that. */
  @Test
  void aPathIsJudgedAsOfTheLastSecondOfACertificateInGraceAndOnlyThere() {
    Instant lastSecond = NOW.minus(Duration.ofDays(20));
    Instant[] ends = {lastSecond, lastSecond.plusSeconds(1), NOW.minusSeconds(1)};
    for (Instant issuerEnds : ends) {
      assertThat(reasonOf(below(issuerEnds, lastSecond))).isEqualTo("trusted");
    }
    assertThat(reasonOf(below(lastSecond.minusSeconds(1), lastSecond)))
        .isEqualTo(RejectionReason.ISSUER_NOT_VALID);
    assertThat(reasonOf(below(NOW.minusSeconds(1), NOW)))
        .as("a certificate that has not ended is judged now")
        .isEqualTo(RejectionReason.ISSUER_NOT_VALID);
  }

  /** A card's verdict whose issuer, and the anchor above it, ended at one time. */
  private static Verdict below(Instant issuersEnd, Instant cardsEnd) {
    MadeAuthority anchor =
        MadeAuthority.root(
            "C=JP,O=JPKI-TEST,OU=Ended", rsa("root"), sketch -> sketch.to(issuersEnd));
    MadeAuthority middle = anchor.below(MIDDLE, rsa("middle"), sketch -> sketch.to(issuersEnd));
    Instant remembered = NOW.minus(Duration.ofDays(100));
    return judge(
        policy(
            TrustAnchors.fromPem(anchor.pem())
                .withAuthoritiesFromPem(MadeAuthority.pem(List.of(middle.certificate())))),
        middle.holder(HOLDER, sketch -> sketch.to(cardsEnd)),
        List.of(
            MadeList.of(anchor).keepingExpiredSince(remembered).snapshot(),
            MadeList.of(middle).keepingExpiredSince(remembered).snapshot()));
  }

  @Test
  void namesOutsideWhatAnAuthorityMayCertifyAreRejected() {
    assertThat(below(constrained("C=US"))).isEqualTo(RejectionReason.NAME_NOT_PERMITTED);
    assertThat(below(constrained("C=JP"))).isEqualTo("undetermined");
  }

  @Test
  void aPolicyMustHoldAlongTheWholePath() {
    assertThat(below(sketch -> sketch.policies("1.2.392.200149.8.5.1.0.20")))
        .isEqualTo(RejectionReason.PATH_POLICY_NOT_ACCEPTED);
    assertThat(below(sketch -> sketch.without(Extension.certificatePolicies)))
        .isEqualTo(RejectionReason.PATH_POLICY_NOT_ACCEPTED);
    assertThat(below(sketch -> sketch.policies("2.5.29.32.0"))).isEqualTo("undetermined");
  }

  /** A new key under the old name, vouched for by the old key (RFC 4210 §4.4 newWithOld). */
  @Test
  void aKeyRolloverBySelfIssuedCertificateIsFollowed() {
    MadeAuthority middle = root.below(MIDDLE, rsa("middle"));
    MadeAuthority newWithOld = middle.below(MIDDLE, rsa("middle, new key"), s -> s.serial(8));
    List<RevocationEvidence> evidence =
        List.of(MadeList.of(root).snapshot(), MadeList.of(middle).snapshot());
    assertThat(judge(policy(List.of(middle, newWithOld)), newWithOld.holder(HOLDER), evidence))
        .isInstanceOf(Trusted.class);
  }

  @Test
  void authoritiesThatVouchForEachOtherLeadNowhereAndEnd() {
    MadeAuthority one = root.below("C=JP,OU=One", rsa("one"));
    MadeAuthority other = one.below("C=JP,OU=Other", rsa("other"));
    MadeAuthority oneAgain = other.below("C=JP,OU=One", rsa("one"));
    MadeAuthority stranger = MadeAuthority.root("C=JP,OU=Stranger", rsa("stranger"));
    JudgePolicy policy =
        policy(
            TrustAnchors.fromPem(stranger.pem())
                .withAuthoritiesFromPem(
                    MadeAuthority.pem(List.of(oneAgain.certificate(), other.certificate()))));
    assertThat(reasonOf(judge(policy, other.holder(HOLDER), List.of())))
        .isEqualTo(RejectionReason.ISSUER_UNKNOWN);
  }

  @Test
  void aRotationOfAnchorsIsSwappedWholeOrNotAtAll() {
    MadeAuthority next = MadeAuthority.root("C=JP,O=JPKI-TEST,OU=Next", rsa("next"));
    PolicyInForce inForce = new PolicyInForce(policy(TrustAnchors.fromPem(root.pem())));
    byte[] old = root.holder(HOLDER);
    byte[] fresh = next.holder(HOLDER);
    PolicyInForce.Rotation rotation = inForce.stage(TrustAnchors.fromPem(root.pem() + next.pem()));
    assertThat(reasonOf(judge(inForce.now(), fresh, List.of())))
        .as("staged is not in force")
        .isEqualTo(RejectionReason.ISSUER_UNKNOWN);
    assertThat(inForce.swap(rotation)).isTrue();
    assertThat(reasonOf(judge(inForce.now(), fresh, List.of()))).isEqualTo("undetermined");
    assertThat(reasonOf(judge(inForce.now(), old, List.of()))).isEqualTo("undetermined");
    assertThat(inForce.swap(rotation)).as("a rotation staged before another").isFalse();
  }

  /** A verdict for each reason that only a path of more than one tier can have. */
  static Verdict provoke(RejectionReason reason) {
    PathOfTiersTest tiers = new PathOfTiersTest();
    return switch (reason) {
      case ISSUER_NOT_ALLOWED ->
          tiers.verdictBelow(sketch -> sketch.without(Extension.basicConstraints));
      case NAME_NOT_PERMITTED -> tiers.verdictBelow(constrained("C=US"));
      case PATH_POLICY_NOT_ACCEPTED ->
          tiers.verdictBelow(sketch -> sketch.without(Extension.certificatePolicies));
      case ISSUER_REVOKED -> {
        MadeAuthority middle = tiers.root.below(MIDDLE, rsa("middle"));
        yield tiers.judge(
            middle,
            middle.holder(HOLDER),
            List.of(MadeList.of(tiers.root).revoked(7, CRLReason.keyCompromise).snapshot()));
      }
      default -> throw new AssertionError(reason + " has a case of its own");
    };
  }

  private Object below(UnaryOperator<Sketch> change) {
    return reasonOf(verdictBelow(change));
  }

  private Verdict verdictBelow(UnaryOperator<Sketch> change) {
    MadeAuthority middle = root.below(MIDDLE, rsa("middle"), change);
    return judge(middle, middle.holder(HOLDER), List.of());
  }

  private static UnaryOperator<Sketch> constrained(String subtree) {
    return sketch ->
        sketch.extension(
            Extension.nameConstraints,
            true,
            new NameConstraints(
                new GeneralSubtree[] {new GeneralSubtree(new GeneralName(new X500Name(subtree)))},
                null));
  }

  private List<RevocationEvidence> good(MadeAuthority middle) {
    return List.of(MadeList.of(root).snapshot(), MadeList.of(middle).snapshot());
  }

  private Verdict judge(
      MadeAuthority middle, byte[] certificate, List<RevocationEvidence> evidence) {
    return judge(policy(List.of(middle)), certificate, evidence);
  }

  private Verdict judge(List<MadeAuthority> authorities, byte[] certificate) {
    return judge(policy(authorities), certificate, List.of());
  }

  private static Verdict judge(
      JudgePolicy policy, byte[] certificate, List<RevocationEvidence> evidence) {
    return new ProofJudge()
        .judge(
            new Card(certificate, HOLDER).proof(TestJpki.statement()),
            TestJpki.statement(),
            evidence,
            policy,
            NOW);
  }

  private JudgePolicy policy(List<MadeAuthority> authorities) {
    return policy(
        TrustAnchors.fromPem(root.pem())
            .withAuthoritiesFromPem(
                MadeAuthority.pem(authorities.stream().map(MadeAuthority::certificate).toList())));
  }

  private static JudgePolicy policy(TrustAnchors anchors) {
    return new JudgePolicy(
        anchors,
        List.of(JpkiProfiles.named("test card authentication")),
        ExpiryPolicy.threeMonths(ExpiryPolicy.Anchor.EXPIRY_DATE),
        new Freshness(Duration.ofSeconds(15), Duration.ofMinutes(10)),
        ResponderRules.strict());
  }

  private static Object reasonOf(Verdict verdict) {
    return switch (verdict) {
      case Rejected rejected -> rejected.reason();
      case Undetermined _ -> "undetermined";
      case Trusted _ -> "trusted";
    };
  }
}
