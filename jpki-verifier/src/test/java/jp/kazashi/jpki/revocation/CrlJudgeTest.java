package jp.kazashi.jpki.revocation;

import static jp.kazashi.jpki.MadeAuthority.rsa;
import static jp.kazashi.jpki.TestJpki.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import jp.kazashi.jpki.Checked;
import jp.kazashi.jpki.MadeAuthority;
import jp.kazashi.jpki.MadeAuthority.Sketch;
import jp.kazashi.jpki.MadeList;
import jp.kazashi.jpki.certificate.CardCertificate;
import jp.kazashi.jpki.certificate.JpkiProfiles;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.certificate.PathCheck;
import jp.kazashi.jpki.certificate.ProfileCheck;
import jp.kazashi.jpki.certificate.SignatureScheme;
import jp.kazashi.jpki.certificate.SignatureTable;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.RevocationStatus.Good;
import jp.kazashi.jpki.revocation.RevocationStatus.Revoked;
import jp.kazashi.jpki.revocation.RevocationStatus.Unavailable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5280 §6.3.3 as a JPKI needs it; PKITS has the rest. */
class CrlJudgeTest {
  private static final ASN1ObjectIdentifier UNKNOWN =
      new ASN1ObjectIdentifier("1.2.392.200149.8.5.5.99");
  private static final long SERIAL = 4711;
  private static final KeyPair HOLDER = rsa("holder");
  private static final SignatureTable TABLE = SignatureTable.of(Set.of(SignatureScheme.values()));

  private final MadeAuthority root =
      MadeAuthority.root("C=JP,O=JPKI-TEST,OU=JPKI for user authentication", rsa("root"));

  @Test
  void aSerialThatIsNotListedIsGood() {
    assertThat(judge(MadeList.of(root))).isInstanceOf(Good.class);
    assertThat(judge(MadeList.of(root).revoked(SERIAL + 1, CRLReason.keyCompromise)))
        .isInstanceOf(Good.class);
  }

  /** The reasons J-LIS has use for, and what each means there; a hold is a revocation. */
  @ParameterizedTest
  @CsvSource({
    "0, UNSPECIFIED", // destroyed before it was handed over
    "1, KEY_COMPROMISE", // the holder's key
    "2, CA_COMPROMISE", // the authority's key
    "3, AFFILIATION_CHANGED", // the content changed
    "4, SUPERSEDED", // renewed
    "5, CESSATION_OF_OPERATION", // no longer needed
    "6, CERTIFICATE_HOLD", // suspended on suspicion, never released in practice
    "9, PRIVILEGE_WITHDRAWN",
    "10, AA_COMPROMISE"
  })
  void aListedSerialIsRevokedWhateverTheReason(int code, RevocationReason reason) {
    assertThat(judge(MadeList.of(root).revoked(SERIAL, code)))
        .isEqualTo(new Revoked(reason, MadeList.since().toInstant()));
  }

  @Test
  void aListsSignatureIsVerifiedOnceForAllVerdicts() {
    RevocationList list = MadeList.of(root).read();
    Link link = link(root, UnaryOperator.identity());
    AtomicInteger verifications = new AtomicInteger();
    SignatureTable counting = new Counting(verifications);
    TrustAnchors anchors = TrustAnchors.of(link.anchor().certificate(), TABLE);
    for (int verdict = 0; verdict < 5; verdict++) {
      assertThat(
              new CrlJudge(ListRules.ordinary(), anchors, counting).judge(List.of(list), link, NOW))
          .isInstanceOf(Good.class);
    }
    assertThat(verifications).hasValue(1);
  }

  /** The table, with its work counted. */
  private record Counting(AtomicInteger verifications) implements SignatureTable {
    @Override
    public Optional<PublicKey> key(SubjectPublicKeyInfo info) {
      return TABLE.key(info);
    }

    @Override
    public boolean verifies(
        AlgorithmIdentifier algorithm, PublicKey key, byte[] signed, byte[] signature) {
      verifications.incrementAndGet();
      return TABLE.verifies(algorithm, key, signed, signature);
    }
  }

  @Test
  void serialsOfAnyLengthAreFound() {
    BigInteger longest = BigInteger.ONE.shiftLeft(158).add(BigInteger.TEN);
    MadeList list = MadeList.of(root);
    for (int i = 0; i < 1000; i++) {
      list.revoked(BigInteger.valueOf(i).pow(7).add(BigInteger.TWO), CRLReason.superseded);
    }
    RevocationList read = list.revoked(longest, CRLReason.superseded).read();
    assertThat(read.size()).isEqualTo(1001);
    assertThat(read.about(read.issuer(), longest)).hasSize(1);
    assertThat(read.about(read.issuer(), longest.add(BigInteger.ONE))).isEmpty();
    assertThat(read.about(read.issuer(), BigInteger.valueOf(999).pow(7).add(BigInteger.TWO)))
        .hasSize(1);
  }

  @Test
  void aListOfAnotherIssuerSaysNothing() {
    MadeAuthority other = MadeAuthority.root("C=JP,O=JPKI-TEST,OU=Other", rsa("other"));
    assertThat(cause(judge(MadeList.of(other).revoked(SERIAL, CRLReason.keyCompromise))))
        .isEqualTo(UnavailableCause.OTHER_CERTIFICATE);
  }

  /** Generations share a name: only the key tells their lists apart. */
  @Test
  void aListOfAnotherGenerationUnderTheSameNameSaysNothing() {
    MadeList older = MadeList.of(root.name(), rsa("older generation"));
    assertThat(cause(judge(older.revoked(SERIAL, CRLReason.keyCompromise))))
        .isEqualTo(UnavailableCause.SIGNATURE_INVALID);
  }

  @Test
  void anAuthorityWhoseKeyMayNotSignListsSignsNone() {
    MadeAuthority certificatesOnly =
        MadeAuthority.root(
            "C=JP,OU=Certificates only",
            rsa("root"),
            sketch ->
                sketch.extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)));
    RevocationStatus status =
        judge(
            List.of(MadeList.of(certificatesOnly).read()),
            link(certificatesOnly, UnaryOperator.identity()),
            ListRules.ordinary());
    assertThat(cause(status)).isEqualTo(UnavailableCause.SIGNATURE_INVALID);
  }

  @Test
  void aListIsGoodUntilItsNextUpdateGiveOrTakeTheClocks() {
    Instant made = NOW.minus(1, ChronoUnit.HOURS);
    Instant edge = NOW.minusSeconds(15);
    assertThat(judge(at(made, Optional.of(edge)))).isInstanceOf(Good.class);
    assertThat(cause(judge(at(made, Optional.of(edge.minusSeconds(1))))))
        .isEqualTo(UnavailableCause.STALE);
    assertThat(cause(judge(at(made, Optional.empty())))).isEqualTo(UnavailableCause.STALE);
  }

  @Test
  void aListTooOldIsStaleWhateverItsNextUpdateSays() {
    Optional<Instant> next = Optional.of(NOW.plus(300, ChronoUnit.DAYS));
    Instant edge = NOW.minusSeconds(15).minus(48, ChronoUnit.HOURS);
    assertThat(judge(at(edge, next))).isInstanceOf(Good.class);
    assertThat(cause(judge(at(edge.minusSeconds(1), next)))).isEqualTo(UnavailableCause.STALE);
    assertThat(cause(judge(at(NOW.plusSeconds(16), next))))
        .isEqualTo(UnavailableCause.FROM_THE_FUTURE);
  }

  @Test
  void aRevocationIsNeverTooOld() {
    MadeList old = at(NOW.minus(300, ChronoUnit.DAYS), Optional.empty());
    assertThat(judge(old.revoked(SERIAL, CRLReason.keyCompromise))).isInstanceOf(Revoked.class);
  }

  @Test
  void anExpiredSerialThatIsNotListedIsNotTherebyGood() {
    Instant ends = NOW.minus(20, ChronoUnit.DAYS);
    Link expired = link(root, sketch -> sketch.to(ends));
    assertThat(cause(judge(List.of(MadeList.of(root).read()), expired, ListRules.ordinary())))
        .isEqualTo(UnavailableCause.EXPIRED_NOT_COVERED);
    assertThat(
            judge(
                List.of(MadeList.of(root).keepingExpiredSince(ends).read()),
                expired,
                ListRules.ordinary()))
        .isInstanceOf(Good.class);
    assertThat(
            cause(
                judge(
                    List.of(MadeList.of(root).keepingExpiredSince(ends.plusSeconds(1)).read()),
                    expired,
                    ListRules.ordinary())))
        .isEqualTo(UnavailableCause.EXPIRED_NOT_COVERED);
    assertThat(
            judge(
                List.of(MadeList.of(root).revoked(SERIAL, CRLReason.superseded).read()),
                expired,
                ListRules.ordinary()))
        .isInstanceOf(Revoked.class);
  }

  @Test
  void aDeltaRevokesAndReleases() {
    RevocationList complete =
        MadeList.of(root).number(5).revoked(SERIAL, CRLReason.certificateHold).read();
    RevocationList released =
        MadeList.of(root).number(6).deltaOf(5).revoked(SERIAL, CRLReason.removeFromCRL).read();
    assertThat(judge(complete)).isInstanceOf(Revoked.class);
    assertThat(judge(complete, released)).isInstanceOf(Good.class);
    assertThat(judge(released, complete)).as("in any order").isInstanceOf(Good.class);
    RevocationList empty = MadeList.of(root).number(5).read();
    RevocationList revoked =
        MadeList.of(root).number(6).deltaOf(5).revoked(SERIAL, CRLReason.keyCompromise).read();
    assertThat(judge(empty)).isInstanceOf(Good.class);
    assertThat(judge(empty, revoked)).isInstanceOf(Revoked.class);
  }

  @Test
  void aDeltaThatDoesNotFitItsBaseChangesNothing() {
    RevocationList complete =
        MadeList.of(root).number(5).revoked(SERIAL, CRLReason.certificateHold).read();
    RevocationList later =
        MadeList.of(root).number(8).deltaOf(6).revoked(SERIAL, CRLReason.removeFromCRL).read();
    RevocationList earlier =
        MadeList.of(root).number(4).deltaOf(3).revoked(SERIAL, CRLReason.removeFromCRL).read();
    RevocationList forged =
        MadeList.of(root.name(), rsa("stranger"))
            .number(6)
            .deltaOf(5)
            .revoked(SERIAL, CRLReason.removeFromCRL)
            .read();
    for (RevocationList delta : List.of(later, earlier, forged)) {
      assertThat(judge(complete, delta)).isInstanceOf(Revoked.class);
    }
    assertThat(cause(judge(later))).isEqualTo(UnavailableCause.DELTA_WITHOUT_BASE);
  }

  /** Deltas come every hour, complete lists every day: one may be over while the other is not. */
  @Test
  void whatADeltaRevokedStaysRevokedWhenTheDeltaIsOver() {
    Instant made = NOW.minus(50, ChronoUnit.MINUTES);
    Optional<Instant> over = Optional.of(NOW.minus(20, ChronoUnit.MINUTES));
    RevocationList complete = MadeList.of(root).number(5).read();
    RevocationList revoked =
        at(made, over).number(6).deltaOf(5).revoked(SERIAL, CRLReason.keyCompromise).read();
    assertThat(judge(complete, revoked)).isInstanceOf(Revoked.class);
    RevocationList held =
        MadeList.of(root).number(5).revoked(SERIAL, CRLReason.certificateHold).read();
    RevocationList released =
        at(made, over).number(6).deltaOf(5).revoked(SERIAL, CRLReason.removeFromCRL).read();
    assertThat(judge(held, released)).isInstanceOf(Revoked.class);
  }

  @Test
  void ofSeveralDeltasTheNewestCounts() {
    RevocationList complete = MadeList.of(root).number(5).read();
    RevocationList held =
        MadeList.of(root).number(6).deltaOf(5).revoked(SERIAL, CRLReason.certificateHold).read();
    RevocationList released =
        MadeList.of(root).number(7).deltaOf(5).revoked(SERIAL, CRLReason.removeFromCRL).read();
    assertThat(judge(complete, held, released)).isInstanceOf(Good.class);
    assertThat(judge(complete, released, held)).as("in any order").isInstanceOf(Good.class);
  }

  @Test
  void aTimeThatIsNoneIsNotMended() {
    ASN1ObjectIdentifier expiredCertsOnCrl = new ASN1ObjectIdentifier("2.5.29.60");
    MadeList list =
        MadeList.of(root)
            .extension(expiredCertsOnCrl, false, new ASN1GeneralizedTime("20261332256199Z"));
    assertThat(read(list.bytes())).isEmpty();
  }

  @Test
  void aListOfSeveralIssuersIsRefused() {
    assertThat(cause(judge(scoped(false, false, true, false))))
        .isEqualTo(UnavailableCause.INDIRECT_LIST);
  }

  @Test
  void aListOfOtherKindsOfCertificateSaysNothing() {
    assertThat(judge(scoped(true, false, false, false))).isInstanceOf(Good.class);
    assertThat(cause(judge(scoped(false, true, false, false))))
        .isEqualTo(UnavailableCause.OUT_OF_SCOPE);
    assertThat(cause(judge(scoped(false, false, false, true))))
        .isEqualTo(UnavailableCause.OUT_OF_SCOPE);
  }

  @Test
  void aListOfAnotherDistributionPointSaysNothing() {
    Link pointing =
        link(
            root,
            sketch ->
                sketch.extension(
                    Extension.cRLDistributionPoints,
                    false,
                    new CRLDistPoint(
                        new DistributionPoint[] {
                          new DistributionPoint(place("C=JP,CN=Kiyose CRLDP"), null, null)
                        })));
    assertThat(judge(List.of(place("C=JP,CN=Kiyose CRLDP", null)), pointing, ListRules.ordinary()))
        .isInstanceOf(Good.class);
    assertThat(
            cause(judge(List.of(place("C=JP,CN=Ome CRLDP", null)), pointing, ListRules.ordinary())))
        .isEqualTo(UnavailableCause.OUT_OF_SCOPE);
  }

  @Test
  void aListOfSomeReasonsLeavesTheOthersOpen() {
    RevocationList some = place(null, new ReasonFlags(ReasonFlags.keyCompromise));
    assertThat(cause(judge(some))).isEqualTo(UnavailableCause.REASONS_NOT_COVERED);
    assertThat(judge(some, MadeList.of(root).read())).isInstanceOf(Good.class);
  }

  @Test
  void whatIsCriticalAndUnknownMakesAListUseless() {
    assertThat(cause(judge(MadeList.of(root).extension(UNKNOWN, true, DERNull.INSTANCE))))
        .isEqualTo(UnavailableCause.CRITICAL_EXTENSION_UNKNOWN);
    assertThat(judge(MadeList.of(root).extension(UNKNOWN, false, DERNull.INSTANCE)))
        .isInstanceOf(Good.class);
    assertThat(read(MadeList.of(root).revokedWith(1, UNKNOWN, true, DERNull.INSTANCE).bytes()))
        .isEmpty();
    assertThat(read(MadeList.of(root).revokedWith(1, UNKNOWN, false, DERNull.INSTANCE).bytes()))
        .isPresent();
  }

  @Test
  void oneSerialIsListedAtMostSixtyFourTimes() {
    MadeList list = MadeList.of(root);
    for (int i = 0; i < 64; i++) {
      list.revoked(SERIAL, CRLReason.superseded);
    }
    RevocationList read = read(list.bytes()).orElseThrow();
    assertThat(read.about(read.issuer(), BigInteger.valueOf(SERIAL))).hasSize(64);
    assertThat(read(list.revoked(SERIAL, CRLReason.superseded).bytes())).isEmpty();
  }

  @Test
  void aListLargerThanTheLimitsIsNotRead() {
    byte[] bytes =
        MadeList.of(root).revoked(1, CRLReason.superseded).revoked(2, CRLReason.superseded).bytes();
    assertThat(RevocationList.read(bytes, new ListLimits(bytes.length, 2))).isPresent();
    assertThat(RevocationList.read(bytes, new ListLimits(bytes.length - 1, 2))).isEmpty();
    assertThat(RevocationList.read(bytes, new ListLimits(bytes.length, 1))).isEmpty();
  }

  @Test
  void aListCutOffAnywhereIsNotRead() {
    byte[] bytes = MadeList.of(root).number(1).revoked(1, CRLReason.superseded).bytes();
    for (int length = 0; length < bytes.length; length++) {
      assertThat(read(Arrays.copyOf(bytes, length))).isEmpty();
    }
  }

  @Test
  void aListTurnedAnywhereIsNeverGood() {
    byte[] bytes = MadeList.of(root).number(1).revoked(1, CRLReason.superseded).bytes();
    Link link = link(root, UnaryOperator.identity());
    for (int i = 0; i < bytes.length; i++) {
      byte[] turned = bytes.clone();
      turned[i] ^= 1;
      RevocationStatus status = judge(read(turned).stream().toList(), link, ListRules.ordinary());
      assertThat(status).isInstanceOf(Unavailable.class);
    }
  }

  private RevocationStatus judge(MadeList list) {
    return judge(list.read());
  }

  private RevocationStatus judge(RevocationList... lists) {
    return judge(List.of(lists), link(root, UnaryOperator.identity()), ListRules.ordinary());
  }

  private static RevocationStatus judge(List<RevocationList> lists, Link link, ListRules rules) {
    TrustAnchors anchors = TrustAnchors.of(link.anchor().certificate(), TABLE);
    return new CrlJudge(rules, anchors, TABLE).judge(lists, link, NOW);
  }

  private MadeList at(Instant thisUpdate, Optional<Instant> nextUpdate) {
    return MadeList.at(root.name(), root.key(), thisUpdate, nextUpdate);
  }

  private RevocationList scoped(
      boolean holders, boolean authorities, boolean indirect, boolean attributes) {
    return MadeList.of(root)
        .scope(new IssuingDistributionPoint(null, holders, authorities, null, indirect, attributes))
        .read();
  }

  private RevocationList place(@Nullable String name, @Nullable ReasonFlags reasons) {
    return MadeList.of(root)
        .scope(
            new IssuingDistributionPoint(
                name == null ? null : place(name), false, false, reasons, false, false))
        .read();
  }

  private static DistributionPointName place(String name) {
    return new DistributionPointName(new GeneralNames(new GeneralName(new X500Name(name))));
  }

  private static Link link(MadeAuthority authority, UnaryOperator<Sketch> change) {
    Instant begun = NOW.minus(Duration.ofDays(900));
    UntrustedCertificate certificate =
        new UntrustedCertificate(
            authority.holder(HOLDER, sketch -> change.apply(sketch.serial(SERIAL).from(begun))));
    Checked<CardCertificate> checked =
        ProfileCheck.check(certificate, List.of(JpkiProfiles.named("test card authentication")))
            .then(
                profiled -> PathCheck.check(profiled, TrustAnchors.fromPem(authority.pem()), NOW));
    return switch (checked) {
      case Checked.Held<CardCertificate>(var card) -> card.link();
      case Checked.Failed<CardCertificate>(var reason) -> throw new AssertionError(reason);
    };
  }

  private static Optional<RevocationList> read(byte[] bytes) {
    return RevocationList.read(bytes, ListLimits.ordinary());
  }

  private static UnavailableCause cause(RevocationStatus status) {
    return Optional.of(status)
        .filter(Unavailable.class::isInstance)
        .map(Unavailable.class::cast)
        .map(Unavailable::cause)
        .orElseThrow(() -> new AssertionError("Available: " + status));
  }
}
