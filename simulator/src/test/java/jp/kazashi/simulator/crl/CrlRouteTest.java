package jp.kazashi.simulator.crl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SignatureException;
import java.security.cert.CRLException;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Set;
import java.util.stream.Stream;
import jp.kazashi.simulator.pki.CertificateAuthority;
import jp.kazashi.simulator.pki.Generation;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.Revocation.Reason;
import jp.kazashi.simulator.pki.TestJpki;
import jp.kazashi.simulator.wire.Choice;
import jp.kazashi.simulator.world.RunningJpki;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lists as another reader of RFC 5280 gets them over the wire. */
@Timeout(60)
class CrlRouteTest {
  private static final String EXPIRED_CERTS_ON_CRL = "2.5.29.60";
  private static @TempDir Path folder;
  private static RunningJpki running;
  private static CertificateAuthority authority;

  @BeforeAll
  static void start() throws Exception {
    running = RunningJpki.in(folder);
    authority = running.jpki().authority(Issuer.AUTHENTICATION_3);
  }

  /** What earlier tests revoked is on the base of each later one. */
  @BeforeEach
  void beginAnew() {
    running.setNow(TestJpki.NOW);
    running.server().republish();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  // ------------------------------------------------------------------ honest

  @Test
  void aListWithNothingRevokedIsSignedByTheAuthorityAndSaysWhenTheNextComes() throws Exception {
    X509CRL list =
        read(running.get(running.jpki().addresses().crl(Issuer.AUTHENTICATION_2)).body());
    list.verify(running.jpki().authority(Issuer.AUTHENTICATION_2).certificate().getPublicKey());
    assertThat(list.getVersion()).isEqualTo(2);
    assertThat(list.getIssuerX500Principal())
        .isEqualTo(authority.certificate().getSubjectX500Principal());
    assertThat(list.getRevokedCertificates()).isNull();
    assertThat(list.getThisUpdate().toInstant()).isEqualTo(TestJpki.NOW);
    assertThat(list.getNextUpdate().toInstant()).isEqualTo(TestJpki.NOW.plus(Duration.ofHours(25)));
    assertThat(list.getCriticalExtensionOIDs())
        .containsExactly(Extension.issuingDistributionPoint.getId());
  }

  @Test
  void itIsWhereTheCertificatesSayAndOfTheirDistributionPoint() throws Exception {
    CRLDistPoint points =
        CRLDistPoint.getInstance(
            value(
                running
                    .card()
                    .certificate()
                    .getExtensionValue(Extension.cRLDistributionPoints.getId())));
    DistributionPointName named = points.getDistributionPoints()[0].getDistributionPoint();
    X509CRL list = read(running.get(httpOf(named)).body());
    IssuingDistributionPoint own =
        IssuingDistributionPoint.getInstance(
            value(list.getExtensionValue(Extension.issuingDistributionPoint.getId())));
    assertThat(own.getDistributionPoint()).isEqualTo(named);
    assertThat(own.isIndirectCRL()).isFalse();
    CRLDistPoint fresher =
        CRLDistPoint.getInstance(value(list.getExtensionValue(Extension.freshestCRL.getId())));
    assertThat(httpOf(fresher.getDistributionPoints()[0].getDistributionPoint()))
        .isEqualTo(running.jpki().addresses().deltaCrl(Issuer.AUTHENTICATION_3));
  }

  @Test
  void aRevocationIsOnTheNextListAndOnTheDeltaWithReasonAndTime() throws Exception {
    IssuedCertificate lost = running.card();
    BigInteger base = number(full());
    Instant since = TestJpki.NOW.minusSeconds(60);
    running.jpki().revoke(lost, Reason.KEY_COMPROMISE, since);
    for (X509CRL list : new X509CRL[] {full(), delta()}) {
      X509CRLEntry entry = list.getRevokedCertificate(lost.serial());
      assertThat(entry.getRevocationReason()).isEqualTo(CRLReason.KEY_COMPROMISE);
      assertThat(entry.getRevocationDate().toInstant()).isEqualTo(since);
      assertThat(number(list)).isEqualTo(base.add(BigInteger.ONE));
    }
    assertThat(baseOf(delta())).isEqualTo(base);
  }

  @Test
  void aReleaseAfterTheBaseIsTakenOffByTheDelta() throws Exception {
    IssuedCertificate found = running.card();
    running.jpki().hold(found, TestJpki.NOW.minusSeconds(60));
    assertThat(full().getRevokedCertificate(found.serial()).getRevocationReason())
        .isEqualTo(CRLReason.CERTIFICATE_HOLD);
    running.jpki().release(found, TestJpki.NOW);
    assertThat(full().getRevokedCertificate(found.serial())).isNull();
    assertThat(delta().getRevokedCertificate(found.serial()).getRevocationReason())
        .isEqualTo(CRLReason.REMOVE_FROM_CRL);
  }

  @Test
  void oneHeldAndReleasedBetweenTwoBasesIsOnNeitherList() throws Exception {
    full();
    IssuedCertificate found = running.card();
    running.jpki().hold(found, TestJpki.NOW.minusSeconds(60));
    running.jpki().release(found, TestJpki.NOW);
    assertThat(full().getRevokedCertificate(found.serial())).isNull();
    assertThat(delta().getRevokedCertificate(found.serial())).isNull();
  }

  @Test
  void whatIsRevokedStaysOnTheListAfterItsEndAndTheListSaysSo() throws Exception {
    IssuedCertificate ended = ended();
    running.jpki().revoke(ended, Reason.UNSPECIFIED, TestJpki.NOW.minus(Period.ofDays(100)));
    X509CRL list = full();
    assertThat(list.getRevokedCertificate(ended.serial()).hasExtensions()).isFalse();
    assertThat(
            ASN1GeneralizedTime.getInstance(value(list.getExtensionValue(EXPIRED_CERTS_ON_CRL)))
                .getDate()
                .toInstant())
        .isEqualTo(authority.certificate().getNotBefore().toInstant());
  }

  @Test
  void theListsOfADayShareABaseAndTheNextDayHasItsOwn() throws Exception {
    BigInteger first = number(full());
    running.jpki().revoke(running.card(), Reason.SUPERSEDED, TestJpki.NOW.minusSeconds(60));
    assertThat(baseOf(delta())).isEqualTo(first);
    running.setNow(TestJpki.NOW.plus(Duration.ofDays(1)).minusSeconds(1));
    assertThat(baseOf(delta())).isEqualTo(first);
    running.setNow(TestJpki.NOW.plus(Duration.ofDays(1)));
    assertThat(baseOf(delta())).isGreaterThan(first).isEqualTo(number(full()));
    assertThat(delta().getRevokedCertificates()).isNull();
  }

  @Test
  void aClockThatJumpsHasListsOfItsOwnTimeAndNoNumberComesTwice() throws Exception {
    BigInteger first = number(full());
    running.setNow(TestJpki.NOW.minus(Period.ofDays(30)));
    X509CRL earlier = full();
    assertThat(earlier.getThisUpdate().toInstant()).isEqualTo(running.now());
    assertThat(number(earlier)).isGreaterThan(first);
    running.server().republish();
    assertThat(number(full())).isGreaterThan(number(earlier));
  }

  @Test
  void whatIsRevokedLaterIsNotYetOnTheList() throws Exception {
    IssuedCertificate card = running.card();
    running.jpki().revoke(card, Reason.SUPERSEDED, TestJpki.NOW);
    running.setNow(TestJpki.NOW.minusSeconds(1));
    assertThat(full().getRevokedCertificate(card.serial())).isNull();
  }

  @Test
  void aListThatHasNotChangedNeedNotBeSentAgain() throws Exception {
    URI address = running.jpki().addresses().crl(Issuer.AUTHENTICATION_3);
    String tag = running.get(address).headers().firstValue("ETag").orElseThrow();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest again = HttpRequest.newBuilder(address).header("If-None-Match", tag).build();
      assertThat(http.send(again, BodyHandlers.discarding()).statusCode()).isEqualTo(304);
      running.jpki().revoke(running.card(), Reason.SUPERSEDED, TestJpki.NOW);
      assertThat(http.send(again, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"stranger.crl", "nobody.crl", "authentication-3", "signature-3.crl", "-delta.crl"})
  void whatIsNoListOrOfNoAuthorityYetIsNotThere(String list) throws Exception {
    assertThat(running.get(running.jpki().addresses().ocsp().resolve("/crl/" + list)).statusCode())
        .isEqualTo(404);
  }

  // ------------------------------------------------------------------ told to misbehave

  @Test
  void everyLieIsTriedHereAndDeliveriesAreTheRespondersOwn() {
    assertThat(CrlLie.choices())
        .extracting(Choice::name)
        .containsExactlyInAnyOrder(
            "wrong-signer",
            "bad-signature",
            "stale",
            "future",
            "no-next-update",
            "forgetful",
            "indirect",
            "other-point",
            "unknown-extension",
            "unknown-entry-extension",
            "crowded",
            "malformed",
            "truncated");
    assertThat(running.choices("crl"))
        .containsAll(Stream.of("delay", "drop", "slow-loris", "http-error", "huge").toList());
  }

  @Test
  void aDownPublisherAnswersNothing() throws Exception {
    running.once("crl", "http-error", "");
    assertThat(running.get(address()).statusCode()).isEqualTo(503);
    running.once("crl", "drop", "");
    assertThatThrownBy(() -> running.get(address())).isInstanceOf(IOException.class);
    full().verify(authority.certificate().getPublicKey());
  }

  @ParameterizedTest
  @CsvSource({"wrong-signer", "bad-signature"})
  void aSignatureThatIsNotTheAuthoritysBearsItsName(String lie) throws Exception {
    X509CRL list = lying(lie, "");
    assertThat(list.getIssuerX500Principal())
        .isEqualTo(authority.certificate().getSubjectX500Principal());
    assertThatThrownBy(() -> list.verify(authority.certificate().getPublicKey()))
        .isInstanceOf(SignatureException.class);
    list.verify(running.jpki().authority(Issuer.STRANGER).certificate().getPublicKey());
  }

  @ParameterizedTest
  @CsvSource({"stale,PT1H,-3600", "future,PT1H,3600", "stale,'',-259200", "future,'',259200"})
  void bothTimesAreMoved(String lie, String with, long seconds) throws Exception {
    X509CRL list = lying(lie, with);
    list.verify(authority.certificate().getPublicKey());
    Instant said = TestJpki.NOW.plusSeconds(seconds);
    assertThat(list.getThisUpdate().toInstant()).isEqualTo(said);
    assertThat(list.getNextUpdate().toInstant()).isEqualTo(said.plus(Duration.ofDays(1)));
  }

  @Test
  void nextUpdateCanBeLeftOut() throws Exception {
    X509CRL list = lying("no-next-update", "");
    list.verify(authority.certificate().getPublicKey());
    assertThat(list.getNextUpdate()).isNull();
  }

  @Test
  void aForgetfulListDropsTheExpiredAndDoesNotSayWhatItKeeps() throws Exception {
    IssuedCertificate ended = ended();
    IssuedCertificate living = running.card();
    running.jpki().revoke(ended, Reason.SUPERSEDED, TestJpki.NOW.minus(Period.ofDays(100)));
    running.jpki().revoke(living, Reason.SUPERSEDED, TestJpki.NOW);
    X509CRL list = lying("forgetful", "");
    list.verify(authority.certificate().getPublicKey());
    assertThat(list.getRevokedCertificate(ended.serial())).isNull();
    assertThat(list.getRevokedCertificate(living.serial())).isNotNull();
    assertThat(list.getExtensionValue(EXPIRED_CERTS_ON_CRL)).isNull();
  }

  @Test
  void anIndirectListSaysSo() throws Exception {
    assertThat(pointOf(lying("indirect", "")).isIndirectCRL()).isTrue();
  }

  @Test
  void aListOfAnotherPointNamesIt() throws Exception {
    assertThat(httpOf(pointOf(lying("other-point", "")).getDistributionPoint()).getPath())
        .isEqualTo("/crl/another.crl");
  }

  @Test
  void anUnknownCriticalExtensionIsTheListsOrAnEntrys() throws Exception {
    assertThat(lying("unknown-extension", "").getCriticalExtensionOIDs()).hasSize(2);
    X509CRL list = lying("unknown-entry-extension", "");
    assertThat(list.getCriticalExtensionOIDs()).hasSize(1);
    Set<? extends X509CRLEntry> entries = list.getRevokedCertificates();
    assertThat(entries)
        .filteredOn(X509CRLEntry::hasUnsupportedCriticalExtension)
        .singleElement()
        .satisfies(entry -> assertThat(entry.getCriticalExtensionOIDs()).hasSize(1));
  }

  @Test
  void aCrowdedListHasThatManyMoreEntries() throws Exception {
    IssuedCertificate lost = running.card();
    running.jpki().revoke(lost, Reason.SUPERSEDED, TestJpki.NOW);
    int honest = full().getRevokedCertificates().size();
    X509CRL list = lying("crowded", "5000");
    list.verify(authority.certificate().getPublicKey());
    assertThat(list.getRevokedCertificates()).hasSize(honest + 5000);
    assertThat(list.getRevokedCertificate(lost.serial())).isNotNull();
  }

  @Test
  void aPageOrHalfAListComesInTheListsPlace() throws Exception {
    running.once("crl", "malformed", "");
    HttpResponse<byte[]> page = running.get(address());
    assertThat(page.headers().firstValue("Content-Type")).contains("application/pkix-crl");
    assertThat(new String(page.body(), StandardCharsets.UTF_8)).startsWith("<!DOCTYPE html>");
    running.once("crl", "truncated", "");
    byte[] half = running.get(address()).body();
    assertThat(half).hasSizeBetween(200, full().getEncoded().length / 2);
    assertThatThrownBy(() -> read(half)).isInstanceOf(CRLException.class);
  }

  private static URI address() {
    return running.jpki().addresses().crl(Issuer.AUTHENTICATION_3);
  }

  private static X509CRL lying(String lie, String with) throws Exception {
    running.once("crl", lie, with);
    return full();
  }

  private static X509CRL full() throws Exception {
    HttpResponse<byte[]> response = running.get(address());
    assertThat(response.statusCode()).isEqualTo(200);
    return read(response.body());
  }

  private static X509CRL delta() throws Exception {
    X509CRL delta =
        read(running.get(running.jpki().addresses().deltaCrl(Issuer.AUTHENTICATION_3)).body());
    delta.verify(authority.certificate().getPublicKey());
    return delta;
  }

  private static IssuedCertificate ended() {
    return running
        .jpki()
        .issue(
            Generation.THIRD,
            TestJpki.holder().getPublic(),
            TestJpki.NOW.minus(Period.ofDays(900)),
            LocalDate.of(2026, 11, 1));
  }

  private static X509CRL read(byte[] der) throws Exception {
    return (X509CRL)
        CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
  }

  private static BigInteger number(X509CRL list) {
    return ASN1Integer.getInstance(value(list.getExtensionValue(Extension.cRLNumber.getId())))
        .getValue();
  }

  private static BigInteger baseOf(X509CRL delta) {
    assertThat(delta.getCriticalExtensionOIDs()).contains(Extension.deltaCRLIndicator.getId());
    return ASN1Integer.getInstance(
            value(delta.getExtensionValue(Extension.deltaCRLIndicator.getId())))
        .getValue();
  }

  private static IssuingDistributionPoint pointOf(X509CRL list) {
    return IssuingDistributionPoint.getInstance(
        value(list.getExtensionValue(Extension.issuingDistributionPoint.getId())));
  }

  private static URI httpOf(DistributionPointName point) {
    return Stream.of(GeneralNames.getInstance(point.getName()).getNames())
        .filter(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier)
        .map(name -> URI.create(name.getName().toString()))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] value(byte[] extension) {
    return ASN1OctetString.getInstance(extension).getOctets();
  }
}
