package jp.kazashi.simulator.ocsp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import jp.kazashi.simulator.pki.CertificateAuthority;
import jp.kazashi.simulator.pki.CertificateOrder;
import jp.kazashi.simulator.pki.Generation;
import jp.kazashi.simulator.pki.HolderAttributes;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.Revocation;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.pki.TestJpki;
import jp.kazashi.simulator.pki.TimeStampAuthority;
import jp.kazashi.simulator.world.JpkiServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stranger who wrote neither side agrees: the openssl command. It knows the real time only. */
@Timeout(60)
class OpensslAgreementTest {
  private static final InstantSource REAL = InstantSource.system();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static @TempDir Path folder;
  private static Vertx vertx;
  private static SimulatedJpki jpki;
  private static KeyPair holder;
  private static URI responder;
  private static TimeStampAuthority stamps;

  private record Said(int exit, String words) {}

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(isInstalled(), "openssl is not installed");
    vertx = Vertx.vertx();
    int port = freePort();
    responder = URI.create("http://127.0.0.1:" + port + "/ocsp");
    jpki = SimulatedJpki.open(folder.resolve("jpki"), REAL.instant(), responder, RANDOM);
    holder = TestJpki.holder();
    stamps = TimeStampAuthority.open(folder.resolve("tsa"), REAL.instant(), RANDOM);
    new JpkiServer(vertx, jpki, stamps, folder.resolve("crl-number"), REAL, RANDOM)
        .listen(port)
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }

  @AfterAll
  static void stop() {
    if (vertx != null) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Generation.class,
      names = {"SECOND", "THIRD"})
  void aCertificateOfALivingGenerationVerifies(Generation generation) throws Exception {
    Said said = verify(pem(issue(generation)), REAL.instant());
    assertThat(said.words()).contains(": OK");
    assertThat(said.exit()).isZero();
  }

  // The last second itself is valid (RFC 5280 §4.1.2.5), but openssl takes it for expired.
  @Test
  void itEndsWithTheLastSecondOfItsLastDay() throws Exception {
    IssuedCertificate issued = issue(Generation.THIRD);
    Path certificate = pem(issued);
    assertThat(verify(certificate, issued.ends().minusSeconds(1)).exit()).isZero();
    assertThat(verify(certificate, issued.ends().plusSeconds(1)).words())
        .contains("certificate has expired");
  }

  @Test
  void aStrangersCertificateUnderTheSameNameDoesNot() throws Exception {
    CertificateAuthority stranger =
        CertificateAuthority.make(
            REAL.instant().minusSeconds(86_400),
            REAL.instant().plusSeconds(86_400),
            holder,
            holder,
            BigInteger.TEN);
    byte[] signed =
        stranger.sign(
            stranger.authenticationDraft(
                BigInteger.TWO,
                "NOBODY",
                holder.getPublic(),
                REAL.instant().minusSeconds(3600),
                REAL.instant().plusSeconds(3600),
                responder));
    assertThat(verify(pem(signed), REAL.instant()).exit()).isNotZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Generation.class,
      names = {"SECOND", "THIRD"})
  void itBelievesTheResponderThatACardIsGood(Generation generation) throws Exception {
    Said said = ask(issue(generation), "-sha256");
    assertThat(said.words()).contains("Response verify OK").contains(": good");
    assertThat(said.words()).doesNotContain("WARNING");
    assertThat(said.exit()).isZero();
    assertThat(ask(issue(generation), "-sha1").words()).contains(": good");
  }

  @Test
  void itBelievesTheResponderThatACardIsRevoked() throws Exception {
    IssuedCertificate lost = issue(Generation.THIRD);
    jpki.revoke(lost, Revocation.Reason.KEY_COMPROMISE, REAL.instant().minusSeconds(60));
    assertThat(ask(lost, "-sha256").words())
        .contains("Response verify OK")
        .contains(": revoked")
        .contains("Reason: keyCompromise");
  }

  @Test
  void itHearsThatASerialWasNeverIssued() throws Exception {
    CertificateAuthority authority = jpki.authority(Generation.THIRD);
    byte[] signed =
        authority.sign(
            authority.authenticationDraft(
                BigInteger.TWO,
                "NOBODY",
                holder.getPublic(),
                REAL.instant().minusSeconds(3600),
                REAL.instant().plusSeconds(3600),
                responder));
    Said said = ask(pem(signed), Issuer.AUTHENTICATION_3, "-sha256");
    assertThat(said.words()).contains("Response verify OK").contains(": unknown");
  }

  @Test
  void aPhonesCertificateVerifiesAndItsResponderIsBelieved() throws Exception {
    IssuedCertificate phone =
        jpki.issue(
            CertificateOrder.of(
                Issuer.PHONE_AUTHENTICATION,
                holder.getPublic(),
                REAL.instant().minusSeconds(3600),
                lastDay()));
    assertThat(verify(pem(phone), REAL.instant()).exit()).isZero();
    assertThat(ask(phone, "-sha256").words()).contains("Response verify OK").contains(": good");
  }

  @Test
  void aSignatureCertificateVerifiesByTheAnchorsForSignaturesOnly() throws Exception {
    Path certificate =
        pem(
            jpki.issue(
                CertificateOrder.of(
                        Issuer.SIGNATURE_3,
                        holder.getPublic(),
                        REAL.instant().minusSeconds(3600),
                        lastDay())
                    .naming(
                        new HolderAttributes(
                            "見本\u3000花子",
                            HolderAttributes.Sex.FEMALE,
                            LocalDate.of(1990, 1, 2),
                            "東京都架空市",
                            "Kaku-shi"))));
    String anchors = jpki.anchors(Issuer.Use.SIGNATURE).toString();
    assertThat(openssl("verify", "-x509_strict", "-CAfile", anchors, certificate.toString()).exit())
        .isZero();
    assertThat(verify(certificate, REAL.instant()).exit()).isNotZero();
  }

  @Test
  void itGoesByTheListAndByTheDelta() throws Exception {
    IssuedCertificate good = issue(Generation.THIRD);
    IssuedCertificate lost = issue(Generation.THIRD);
    IssuedCertificate found = issue(Generation.THIRD);
    jpki.hold(found, REAL.instant().minusSeconds(60));
    Path full = fetch(jpki.addresses().crl(Issuer.AUTHENTICATION_3));
    assertThat(verifyByList(good, full).exit()).isZero();
    assertThat(verifyByList(lost, full).exit()).isZero();
    assertThat(verifyByList(found, full).words()).contains("certificate revoked");

    jpki.revoke(lost, Revocation.Reason.KEY_COMPROMISE, REAL.instant().minusSeconds(60));
    jpki.release(found, REAL.instant());
    Path delta = fetch(jpki.addresses().deltaCrl(Issuer.AUTHENTICATION_3));
    assertThat(verifyByList(good, full, delta).exit()).isZero();
    assertThat(verifyByList(lost, full, delta).words()).contains("certificate revoked");
    assertThat(verifyByList(found, full, delta).exit()).isZero();
  }

  @Test
  void itReadsTheListAndBelievesItsSignature() throws Exception {
    IssuedCertificate lost = issue(Generation.THIRD);
    jpki.revoke(lost, Revocation.Reason.AFFILIATION_CHANGED, REAL.instant().minusSeconds(60));
    Said said =
        openssl(
            "crl",
            "-in",
            fetch(jpki.addresses().crl(Issuer.AUTHENTICATION_3)).toString(),
            "-CAfile",
            // It looks an issuer up by its name alone, which three of them bear.
            pem(jpki.authority(Generation.THIRD).certificate().getEncoded()).toString(),
            "-noout",
            "-text");
    assertThat(said.words())
        .contains("verify OK")
        .contains("Serial Number: " + hex(lost))
        .contains("Affiliation Changed")
        .contains("X509v3 Issuing Distribution Point: critical")
        .contains("X509v3 Freshest CRL");
  }

  @Test
  void itAsksForATimeStampAndBelievesIt() throws Exception {
    Path sealed = Files.writeString(folder.resolve("sealed.txt"), "what was sealed");
    Path query = folder.resolve("query.tsq");
    Path reply = folder.resolve("reply.tsr");
    assertThat(
            openssl(
                    "ts",
                    "-query",
                    "-data",
                    sealed.toString(),
                    "-sha256",
                    "-cert",
                    "-out",
                    query.toString())
                .exit())
        .isZero();
    Files.write(reply, stamp(Files.readAllBytes(query)));
    assertThat(openssl("ts", "-reply", "-in", reply.toString(), "-text").words())
        .contains("Status: Granted")
        .contains("Hash Algorithm: sha256");
    assertThat(verifyStamp(query, reply, stamps.anchor()).words()).contains("Verification: OK");
    assertThat(verifyStamp(query, reply, jpki.anchors()).exit()).isNotZero();
    Path other = folder.resolve("other.tsq");
    openssl("ts", "-query", "-digest", "00".repeat(32), "-sha256", "-out", other.toString());
    assertThat(verifyStamp(other, reply, stamps.anchor()).words()).contains("Verification: FAILED");
  }

  private static Said verifyStamp(Path query, Path reply, Path anchor) throws Exception {
    return openssl(
        "ts",
        "-verify",
        "-in",
        reply.toString(),
        "-queryfile",
        query.toString(),
        "-CAfile",
        anchor.toString());
  }

  private static byte[] stamp(byte[] query) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(jpki.addresses().timeStamps())
                  .header("Content-Type", "application/timestamp-query")
                  .POST(BodyPublishers.ofByteArray(query))
                  .build(),
              BodyHandlers.ofByteArray())
          .body();
    }
  }

  private static Said verifyByList(IssuedCertificate issued, Path... lists) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("verify", "-x509_strict", "-crl_check", "-CAfile", jpki.anchors().toString()));
    if (lists.length > 1) {
      arguments.addAll(List.of("-use_deltas", "-extended_crl"));
    }
    for (Path list : lists) {
      arguments.addAll(List.of("-CRLfile", list.toString()));
    }
    arguments.add(pem(issued).toString());
    return openssl(arguments.toArray(String[]::new));
  }

  private static String hex(IssuedCertificate issued) {
    String digits = issued.serial().toString(16).toUpperCase(Locale.ROOT);
    return digits.length() % 2 == 0 ? digits : "0" + digits;
  }

  private static Path fetch(URI list) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      byte[] der =
          http.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofByteArray()).body();
      return pem("X509 CRL", der);
    }
  }

  private static LocalDate lastDay() {
    return LocalDate.ofInstant(REAL.instant(), ZoneId.of("Asia/Tokyo")).plusYears(2);
  }

  private static IssuedCertificate issue(Generation generation) {
    return jpki.issue(generation, holder.getPublic(), REAL.instant().minusSeconds(3600), lastDay());
  }

  private static Said verify(Path certificate, Instant at) throws Exception {
    return openssl(
        "verify",
        "-x509_strict",
        "-purpose",
        "sslclient",
        "-attime",
        Long.toString(at.getEpochSecond()),
        "-CAfile",
        jpki.anchors().toString(),
        certificate.toString());
  }

  private static Said ask(IssuedCertificate issued, String hash) throws Exception {
    return ask(pem(issued), issued.by(), hash);
  }

  private static Said ask(Path certificate, Issuer by, String hash) throws Exception {
    Path issuer = pem(jpki.authority(by).certificate().getEncoded());
    return openssl(
        "ocsp",
        hash,
        "-nonce",
        "-issuer",
        issuer.toString(),
        "-cert",
        certificate.toString(),
        "-CAfile",
        jpki.anchors().toString(),
        "-url",
        responder.toString());
  }

  private static Path pem(IssuedCertificate issued) throws IOException {
    return pem(issued.der());
  }

  private static Path pem(byte[] der) throws IOException {
    return pem("CERTIFICATE", der);
  }

  private static Path pem(String label, byte[] der) throws IOException {
    Path file = Files.createTempFile(folder, "certificate", ".pem");
    return Files.writeString(
        file,
        "-----BEGIN "
            + label
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END "
            + label
            + "-----\n");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean isInstalled() {
    try {
      return openssl("version").exit() == 0;
    } catch (Exception e) {
      return false;
    }
  }

  private static Said openssl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Said(process.exitValue(), words);
  }
}
