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
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

  private static boolean validAt(Generation generation, Instant at) {
    X509Certificate certificate = jpki.authority(generation).certificate();
    return !at.isBefore(certificate.getNotBefore().toInstant())
        && !at.isAfter(certificate.getNotAfter().toInstant());
  }
}
