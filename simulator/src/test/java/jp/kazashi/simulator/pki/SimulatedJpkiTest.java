package jp.kazashi.simulator.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatedJpkiTest {
  private static final Instant NOW = Instant.parse("2026-12-01T01:00:00Z");
  private static final URI OCSP = URI.create("http://127.0.0.1:8445/");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final LocalDate LAST_DAY = LocalDate.of(2030, 2, 17);
  private static @TempDir Path folder;
  private static KeyPair holder;
  private static SimulatedJpki jpki;

  @BeforeAll
  static void make() throws IOException {
    holder = KeyPairs.rsa2048(RANDOM);
    jpki = SimulatedJpki.open(folder, NOW, OCSP, RANDOM);
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void everyGenerationHasTheOneTestNameAndAKeyOfItsOwn(Generation generation) throws Exception {
    X509Certificate authority = jpki.authority(generation).certificate();
    assertThat(authority.getSubjectX500Principal().getName())
        .isEqualTo(
            "OU=Kazashi simulated authority,OU=JPKI for user authentication,O=JPKI-TEST,C=JP");
    assertThat(authority.getIssuerX500Principal()).isEqualTo(authority.getSubjectX500Principal());
    authority.verify(authority.getPublicKey());
    assertThat(authority.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
    assertThat(authority.getKeyUsage())
        .containsExactly(false, false, false, false, false, true, true, false, false);
    assertThat(
            Stream.of(Generation.values())
                .map(each -> jpki.authority(each).certificate().getPublicKey())
                .distinct())
        .hasSize(3);
  }

  @Test
  void twoGenerationsLiveAndTheFirstIsOver() {
    assertThat(validAt(Generation.FIRST, NOW)).isFalse();
    assertThat(validAt(Generation.SECOND, NOW)).isTrue();
    assertThat(validAt(Generation.THIRD, NOW)).isTrue();
    assertThat(validAt(Generation.FIRST, Instant.parse("2020-01-01T00:00:00Z"))).isTrue();
  }

  @Test
  void anAuthenticationCertificateHasTheShapeOfTheRealOne() throws Exception {
    IssuedCertificate issued = jpki.issue(holder.getPublic(), NOW, LAST_DAY);
    X509Certificate certificate = issued.certificate();
    certificate.verify(jpki.authority(Generation.THIRD).certificate().getPublicKey());
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withRSA");
    assertThat(certificate.getSerialNumber()).isPositive();
    assertThat(certificate.getSerialNumber().bitLength()).isLessThanOrEqualTo(31);
    assertThat(certificate.getNotAfter().toInstant()).isEqualTo("2030-02-17T14:59:59Z");
    assertThat(certificate.getKeyUsage())
        .containsExactly(true, false, false, false, false, false, false, false, false);
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(certificate.getCriticalExtensionOIDs())
        .containsExactlyInAnyOrder("2.5.29.15", "2.5.29.32");
    assertThat(certificate.getNonCriticalExtensionOIDs())
        .containsExactlyInAnyOrder(
            "2.5.29.18", "2.5.29.31", "2.5.29.35", "2.5.29.37", "1.3.6.1.5.5.7.1.1");
    assertThat(certificate.getSubjectX500Principal().getName()).matches("CN=[0-9A-Z]{23},C=JP");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  void aNameAndAnAddressAreNowhereInIt() throws Exception {
    X509Certificate certificate = jpki.issue(holder.getPublic(), NOW, LAST_DAY).certificate();
    assertThat(certificate.getSubjectAlternativeNames()).isNull();
  }

  @Test
  void aSerialIsKnownFromItsIssueOn() {
    IssuedCertificate issued = jpki.issue(holder.getPublic(), NOW, LAST_DAY);
    assertThat(jpki.status(Generation.THIRD, issued.serial())).isEqualTo(new SerialStatus.Good());
    assertThat(jpki.status(Generation.SECOND, issued.serial()))
        .isEqualTo(new SerialStatus.NeverIssued());
    assertThat(jpki.status(Generation.THIRD, BigInteger.ZERO))
        .isEqualTo(new SerialStatus.NeverIssued());
  }

  @Test
  void whatWasNeverIssuedCannotBeRevoked() {
    IssuedCertificate elsewhere =
        new IssuedCertificate(
            Issuer.AUTHENTICATION_2, jpki.issue(holder.getPublic(), NOW, LAST_DAY).certificate());
    assertThatThrownBy(() -> jpki.revoke(elsewhere, Revocation.Reason.UNSPECIFIED, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everythingIsTheSameAfterARestart() throws IOException {
    IssuedCertificate good = jpki.issue(Generation.SECOND, holder.getPublic(), NOW, LAST_DAY);
    IssuedCertificate lost = jpki.issue(holder.getPublic(), NOW, LAST_DAY);
    jpki.revoke(lost, Revocation.Reason.KEY_COMPROMISE, NOW);
    SimulatedJpki again = SimulatedJpki.open(folder, NOW.plusSeconds(1), OCSP, RANDOM);
    assertThat(again.anchorsPem()).isEqualTo(jpki.anchorsPem());
    assertThat(Files.readString(again.anchors(), US_ASCII)).isEqualTo(jpki.anchorsPem());
    assertThat(again.status(Generation.SECOND, good.serial())).isEqualTo(new SerialStatus.Good());
    assertThat(again.status(Generation.THIRD, lost.serial()))
        .isEqualTo(new SerialStatus.Revoked(new Revocation(Revocation.Reason.KEY_COMPROMISE, NOW)));
    assertThat(again.recognise(lost.der())).contains(lost);
    assertThat(again.recognise(good.der()).orElseThrow().generation()).isEqualTo(Generation.SECOND);
  }

  @Test
  void aLineCutOffByACrashNeverHappened(@TempDir Path other) throws IOException {
    SimulatedJpki before = SimulatedJpki.open(other, NOW, OCSP, RANDOM);
    IssuedCertificate issued = before.issue(holder.getPublic(), NOW, LAST_DAY);
    Files.writeString(
        other.resolve("serials.log"),
        "revoked THIRD " + issued.serial().toString(16) + " KEY_COM",
        US_ASCII,
        StandardOpenOption.APPEND);
    SimulatedJpki after = SimulatedJpki.open(other, NOW, OCSP, RANDOM);
    assertThat(after.status(Generation.THIRD, issued.serial())).isEqualTo(new SerialStatus.Good());
    IssuedCertificate next = after.issue(holder.getPublic(), NOW, LAST_DAY);
    assertThat(SimulatedJpki.open(other, NOW, OCSP, RANDOM).status(Generation.THIRD, next.serial()))
        .isEqualTo(new SerialStatus.Good());
  }

  @Test
  void keysAreForTheOwnerOnly() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList())
          .hasSizeGreaterThan(9)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void cardsAreIssuedAtTheSameTime() throws Exception {
    List<KeyPair> keys = KeyPairs.rsa2048(4, RANDOM);
    List<Future<IssuedCertificate>> issued;
    try (ExecutorService clerks = Executors.newFixedThreadPool(4)) {
      issued =
          Stream.of(0, 1, 2, 3)
              .flatMap(i -> Stream.generate(() -> keys.get(i)).limit(25))
              .map(key -> clerks.submit(() -> jpki.issue(key.getPublic(), NOW, LAST_DAY)))
              .toList();
    }
    Set<BigInteger> serials =
        issued.stream()
            .map(Future::resultNow)
            .map(IssuedCertificate::serial)
            .collect(Collectors.toSet());
    assertThat(serials).hasSize(100);
    assertThat(keys.stream().map(KeyPair::getPublic).distinct()).hasSize(4);
  }

  @Test
  void aSignatureCertificateNamesItsHolderByTheOtherNamesOfTheRealOne() throws Exception {
    HolderAttributes whom =
        new HolderAttributes(
            "𠮷田\u3000花子",
            HolderAttributes.Sex.FEMALE,
            LocalDate.of(1990, 1, 2),
            "東京都架空市見本町１丁目２番",
            "Kaku-shi");
    X509Certificate certificate = jpki.issue(order(Issuer.SIGNATURE_3).naming(whom)).certificate();
    certificate.verify(jpki.authority(Issuer.SIGNATURE_3).certificate().getPublicKey());
    assertThat(certificate.getKeyUsage())
        .containsExactly(true, true, false, false, false, false, false, false, false);
    assertThat(certificate.getExtendedKeyUsage()).isNull();
    assertThat(certificate.getSubjectX500Principal().getName())
        .matches("CN=[0-9A-Z]{23},L=Kaku-shi,C=JP");
    assertThat(certificate.getIssuerX500Principal().getName())
        .isEqualTo("OU=Kazashi simulated authority,OU=JPKI for digital signature,O=JPKI-TEST,C=JP");
    assertThat(otherNames(certificate))
        .containsExactly(
            Map.entry("1", "〓田\u3000花子"),
            Map.entry("4", "419900102"),
            Map.entry("3", "2"),
            Map.entry("5", "東京都架空市見本町１丁目２番"),
            Map.entry("2", "10000"),
            Map.entry("6", "00000000000000"));
  }

  @ParameterizedTest
  @CsvSource({
    "1912-07-29,119120729",
    "1912-07-30,219120730",
    "1926-12-25,319261225",
    "1989-01-07,319890107",
    "1989-01-08,419890108",
    "2019-04-30,420190430",
    "2019-05-01,520190501"
  })
  void aBirthDateIsToldWithItsEra(LocalDate day, String told) {
    assertThat(
            new HolderAttributes("甲", HolderAttributes.Sex.UNKNOWN, day, "乙", "Kaku-shi").birth())
        .isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource({
    "AUTHENTICATION_3,1.2.392.200149.8.5.1.0.30",
    "SIGNATURE_3,1.2.392.200149.8.5.1.0.20",
    "PHONE_AUTHENTICATION,1.2.392.200149.8.5.1.0.50",
    "PHONE_SIGNATURE,1.2.392.200149.8.5.1.0.40"
  })
  void everyKindHasAPolicyOfTheTestArc(Issuer issuer, String policy) {
    CertificateOrder order = order(issuer);
    X509Certificate certificate =
        jpki.issue(issuer.use() == Issuer.Use.SIGNATURE ? order.naming(someone()) : order)
            .certificate();
    assertThat(
            CertificatePolicies.getInstance(
                    ASN1OctetString.getInstance(certificate.getExtensionValue("2.5.29.32"))
                        .getOctets())
                .getPolicyInformation())
        .extracting(information -> information.getPolicyIdentifier().getId())
        .containsExactly(policy);
  }

  @Test
  void onlyASignatureCertificateNamesAnybody() {
    assertThatThrownBy(() -> jpki.issue(order(Issuer.SIGNATURE_3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> jpki.issue(order(Issuer.AUTHENTICATION_3).naming(someone())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStrangerBearsTheNameAndIsNoAnchor() throws Exception {
    IssuedCertificate fake = jpki.issue(order(Issuer.STRANGER));
    assertThat(fake.issuer()).isEqualTo(jpki.issue(order(Issuer.AUTHENTICATION_3)).issuer());
    assertThatThrownBy(() ->
            fake.certificate()
                .verify(jpki.authority(Generation.THIRD).certificate().getPublicKey()))
        .isInstanceOf(SignatureException.class);
    assertThat(jpki.anchorsPem())
        .doesNotContain(PemFile.text(jpki.authority(Issuer.STRANGER).certificate()));
    assertThat(jpki.recognise(fake.der())).contains(fake);
  }

  @Test
  void anchorsForSignaturesAreABundleOfTheirOwn() throws IOException {
    String bundle = Files.readString(jpki.anchors(Issuer.Use.SIGNATURE), US_ASCII);
    assertThat(bundle.split("BEGIN CERTIFICATE", -1)).hasSize(5);
    assertThat(bundle)
        .contains(PemFile.text(jpki.authority(Issuer.PHONE_SIGNATURE).certificate()))
        .doesNotContain(PemFile.text(jpki.authority(Issuer.AUTHENTICATION_3).certificate()));
  }

  @Test
  void renewalBeforeTheEndSupersedesAndAfterItDoesNot() {
    IssuedCertificate living = jpki.issue(order(Issuer.AUTHENTICATION_2).forPerson("P-1"));
    IssuedCertificate next = jpki.renew(living, order(Issuer.AUTHENTICATION_3));
    assertThat(jpki.holding(next.number())).contains(new Holding("P-1", List.of(living.number())));
    assertThat(jpki.status(living.number(), NOW))
        .isEqualTo(new SerialStatus.Revoked(new Revocation(Revocation.Reason.SUPERSEDED, NOW)));
    assertThat(jpki.status(living.number(), NOW.minusSeconds(1)))
        .isEqualTo(new SerialStatus.Good());

    IssuedCertificate ended =
        jpki.issue(
            CertificateOrder.of(
                    Issuer.AUTHENTICATION_2,
                    holder.getPublic(),
                    NOW.minus(Duration.ofDays(1000)),
                    LocalDate.of(2026, 7, 1))
                .forPerson("P-2"));
    jpki.renew(ended, order(Issuer.AUTHENTICATION_3));
    assertThat(jpki.status(ended.number(), NOW)).isEqualTo(new SerialStatus.Good());
    assertThatThrownBy(() ->
            jpki.renew(jpki.issue(order(Issuer.AUTHENTICATION_3)), order(Issuer.AUTHENTICATION_3)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReleaseIsOfWhatIsSuspendedAndTheClockMayGoBackBehindBoth() {
    IssuedCertificate card = jpki.issue(order(Issuer.AUTHENTICATION_3));
    jpki.hold(card, NOW);
    jpki.release(card, NOW.plusSeconds(60));
    assertThat(jpki.status(card.number(), NOW.minusSeconds(1))).isEqualTo(new SerialStatus.Good());
    assertThat(jpki.status(card.number(), NOW.plusSeconds(59)))
        .isInstanceOf(SerialStatus.Revoked.class);
    assertThat(jpki.status(card.number(), NOW.plusSeconds(60))).isEqualTo(new SerialStatus.Good());
    assertThatThrownBy(() -> jpki.release(card, NOW.plusSeconds(61)))
        .isInstanceOf(IllegalArgumentException.class);
    jpki.revoke(card, Revocation.Reason.KEY_COMPROMISE, NOW.minusSeconds(60));
    assertThat(jpki.status(card.number(), NOW.minusSeconds(30)).toString())
        .contains("KEY_COMPROMISE");
    assertThatThrownBy(() -> jpki.release(card, NOW)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoHoldsWhatAndEveryChangeOutliveARestart() throws IOException {
    IssuedCertificate card = jpki.issue(order(Issuer.PHONE_AUTHENTICATION).forPerson("P-phone"));
    IssuedCertificate second =
        jpki.issue(order(Issuer.PHONE_AUTHENTICATION).forPerson("P-phone").after(card));
    jpki.hold(card, NOW);
    jpki.release(card, NOW.plusSeconds(1));
    SimulatedJpki again = SimulatedJpki.open(folder, NOW, OCSP, RANDOM);
    assertThat(again.holding(second.number()))
        .contains(new Holding("P-phone", List.of(card.number())));
    assertThat(again.status(card.number(), NOW)).isInstanceOf(SerialStatus.Revoked.class);
    assertThat(again.status(card.number(), NOW.plusSeconds(1))).isEqualTo(new SerialStatus.Good());
    assertThat(again.ends(card.number())).contains(card.ends());
    assertThat(again.recognise(card.der())).contains(card);
  }

  @Test
  void respondersAreAppointedOnceAndStay(@TempDir Path other) throws IOException {
    SimulatedJpki own = TestJpki.in(other, OCSP);
    assertThat(other.resolve("authentication-2-ocsp.pem")).doesNotExist();
    own.appointResponders();
    assertThat(other.resolve("authentication-2-ocsp.pem")).exists();
    assertThat(other.resolve("phone-authentication-ocsp.pem")).exists();
    assertThat(other.resolve("signature-3.pem")).doesNotExist();
    X509Certificate appointed = own.authority(Issuer.AUTHENTICATION_2).responder();
    assertThat(
            SimulatedJpki.open(other, NOW, OCSP, RANDOM)
                .authority(Issuer.AUTHENTICATION_2)
                .responder())
        .isEqualTo(appointed);
  }

  @Test
  void aPersonIsListedLaterToo() {
    IssuedCertificate card = jpki.issue(order(Issuer.AUTHENTICATION_3));
    assertThat(jpki.holding(card.number())).isEmpty();
    jpki.enrol(card, new Holding("P-late", List.of()));
    assertThat(jpki.holding(card.number())).contains(new Holding("P-late", List.of()));
    assertThatThrownBy(() -> new Holding("two words", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theIssuerOfATimeIsTheNewestThatHadBegun() {
    Issuer.Use use = Issuer.Use.AUTHENTICATION;
    assertThat(jpki.issuing(use, Issuer.Carrier.CARD, NOW)).isEqualTo(Issuer.AUTHENTICATION_3);
    assertThat(jpki.issuing(use, Issuer.Carrier.CARD, Instant.parse("2022-01-01T00:00:00Z")))
        .isEqualTo(Issuer.AUTHENTICATION_2);
    assertThat(jpki.issuing(use, Issuer.Carrier.CARD, Instant.EPOCH))
        .isEqualTo(Issuer.AUTHENTICATION_1);
    assertThat(jpki.issuing(use, Issuer.Carrier.PHONE, Instant.EPOCH))
        .isEqualTo(Issuer.PHONE_AUTHENTICATION);
  }

  /** As 0.1.0 wrote it: no day of making, no phones, three words a certificate. */
  @Test
  void aWorldMadeBeforePhonesAndSignaturesGoesOn(@TempDir Path other) throws IOException {
    SimulatedJpki before = SimulatedJpki.open(other, NOW, OCSP, RANDOM);
    IssuedCertificate kept = before.issue(holder.getPublic(), NOW, LAST_DAY);
    String oldAnchors =
        Stream.of(Generation.values())
            .map(each -> PemFile.text(before.authority(each).certificate()))
            .collect(Collectors.joining());
    Files.delete(other.resolve("made-at"));
    Files.delete(other.resolve("phone-authentication.pem"));
    Files.delete(other.resolve("phone-authentication.key.pem"));
    Files.writeString(other.resolve("authentication-anchors.pem"), oldAnchors, US_ASCII);
    Files.writeString(
        other.resolve("serials.log"),
        "issued THIRD %1$s\nrevoked THIRD %1$s KEY_COMPROMISE 2026-11-01T00:00:00Z\n"
            .formatted(kept.serial().toString(16)),
        US_ASCII);

    SimulatedJpki after = SimulatedJpki.open(other, NOW.plusSeconds(9), OCSP, RANDOM);
    assertThat(after.anchorsPem()).startsWith(oldAnchors);
    assertThat(after.status(kept.number(), NOW)).isInstanceOf(SerialStatus.Revoked.class);
    assertThat(after.authority(Issuer.SIGNATURE_3).certificate().getNotAfter())
        .isEqualTo(after.authority(Generation.THIRD).certificate().getNotAfter());
  }

  private static CertificateOrder order(Issuer issuer) {
    return CertificateOrder.of(issuer, holder.getPublic(), NOW, LAST_DAY);
  }

  private static HolderAttributes someone() {
    return new HolderAttributes(
        "見本\u3000一郎", HolderAttributes.Sex.MALE, LocalDate.of(1970, 1, 1), "東京都架空市", "Kaku-shi");
  }

  /** Number in the arc and value, in the certificate's order. */
  private static List<Map.Entry<String, String>> otherNames(X509Certificate certificate) {
    GeneralNames names =
        GeneralNames.getInstance(
            ASN1OctetString.getInstance(certificate.getExtensionValue("2.5.29.17")).getOctets());
    return Stream.of(names.getNames())
        .map(name -> ASN1Sequence.getInstance(name.getName()))
        .map(name ->
            Map.entry(
                name.getObjectAt(0).toString().replace("1.2.392.200149.8.5.5.", ""),
                ASN1UTF8String.getInstance(
                        ASN1TaggedObject.getInstance(name.getObjectAt(1)).getExplicitBaseObject())
                    .getString()))
        .toList();
  }

  private static boolean validAt(Generation generation, Instant at) {
    X509Certificate certificate = jpki.authority(generation).certificate();
    return !at.isBefore(certificate.getNotBefore().toInstant())
        && !at.isAfter(certificate.getNotAfter().toInstant());
  }
}
