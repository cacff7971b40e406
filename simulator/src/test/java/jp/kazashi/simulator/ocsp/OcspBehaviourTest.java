package jp.kazashi.simulator.ocsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.stream.Stream;
import jp.kazashi.simulator.pki.CertificateAuthority;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.TestJpki;
import jp.kazashi.simulator.world.RunningJpki;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every behaviour of the responder, as it comes over the wire. */
@Timeout(60)
class OcspBehaviourTest {
  private static final byte[] NONCE =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static @TempDir Path folder;
  private static RunningJpki running;
  private static IssuedCertificate card;
  private static CertificateAuthority authority;

  @BeforeAll
  static void start() throws Exception {
    running = RunningJpki.in(folder);
    card = running.card();
    authority = running.jpki().authority(Issuer.AUTHENTICATION_3);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  // ------------------------------------------------------------------ on the wire

  @Test
  void aDelayedAnswerIsRightAndComesNoSooner() throws Exception {
    running.once("ocsp", "delay", "PT0.2S");
    long begun = System.nanoTime();
    assertHonest(ask());
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(199));
  }

  @Test
  void aDroppedQuestionGetsNoOctet() throws Exception {
    running.once("ocsp", "drop", "");
    try (Socket socket = askRaw()) {
      assertThat(readAll(socket)).isEmpty();
    }
    assertHonest(ask());
  }

  @Test
  void aSlowLorisSendsOneOctetAndKeepsTheLineOpen() throws Exception {
    running.once("ocsp", "slow-loris", "PT1H");
    try (Socket socket = askRaw()) {
      InputStream in = socket.getInputStream();
      String head = head(in);
      assertThat(head).contains("200 OK", "Content-Length: ");
      assertThat(in.read()).isEqualTo(0x30);
      socket.setSoTimeout(200);
      assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aSlowLorisWithPatienceIsRightInTheEnd() throws Exception {
    running.once("ocsp", "slow-loris", "PT0.000001S");
    assertHonest(ask());
  }

  @ParameterizedTest
  @CsvSource({"503,503", "500,500", "404,404", "'',503"})
  void anHttpErrorHasNoBody(String with, int status) throws Exception {
    running.once("ocsp", "http-error", with);
    HttpResponse<byte[]> response = ask();
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void anAnswerCutShortAnnouncesMoreThanItSends() throws Exception {
    running.once("ocsp", "cut-short", "");
    try (Socket socket = askRaw()) {
      InputStream in = socket.getInputStream();
      int announced = contentLength(head(in));
      assertThat(readAll(socket)).hasSize(announced / 2);
    }
    running.once("ocsp", "cut-short", "");
    assertThatThrownBy(OcspBehaviourTest::ask).isInstanceOf(IOException.class);
  }

  @Test
  void aHugeAnswerBeginsRightAndGoesOnWithoutAnnouncement() throws Exception {
    running.once("ocsp", "huge", "3000000");
    HttpResponse<byte[]> response = ask();
    assertThat(response.headers().firstValue("Content-Length")).isEmpty();
    assertThat(response.body()).hasSize(3_000_000);
    assertThat(response.body()[0]).isEqualTo((byte) 0x30);
    assertThat(response.body()[2_999_999]).isZero();
  }

  // ------------------------------------------------------------------ the signer

  @Test
  void aWrongSignerBearsTheDelegatesNameAndIsNotOfTheAuthority() throws Exception {
    BasicOCSPResp answer = basic("wrong-signer", "");
    JcaX509CertificateHolder honest = new JcaX509CertificateHolder(authority.responder());
    assertThat(answer.getCerts()[0].getSubject()).isEqualTo(honest.getSubject());
    assertThat(answer.getCerts()[0].getIssuer()).isEqualTo(honest.getIssuer());
    assertThat(isSignedBy(answer, answer.getCerts()[0])).isTrue();
    assertThat(
            answer.getCerts()[0].isSignatureValid(
                new JcaContentVerifierProviderBuilder()
                    .build(authority.certificate().getPublicKey())))
        .isFalse();
  }

  @Test
  void aBadSignatureIsNotOfTheCertificateThatComesWithIt() throws Exception {
    BasicOCSPResp answer = basic("bad-signature", "");
    assertThat(answer.getCerts()[0]).isEqualTo(new JcaX509CertificateHolder(authority.responder()));
    assertThat(isSignedBy(answer, answer.getCerts()[0])).isFalse();
  }

  // ------------------------------------------------------------------ what it is about

  @ParameterizedTest
  @EnumSource(OcspLie.Part.class)
  void aWrongCertIdDiffersInOnePartAndIsSignedWell(OcspLie.Part part) throws Exception {
    BasicOCSPResp answer = basic("wrong-cert-id", part.word());
    assertSignedByTheDelegate(answer);
    CertID asked = OcspQuestions.id(running.jpki(), card.number()).toASN1Primitive();
    CertID got = only(answer).getCertID().toASN1Primitive();
    assertThat(got).isNotEqualTo(asked);
    assertThat(got.getSerialNumber().equals(asked.getSerialNumber()))
        .isEqualTo(part != OcspLie.Part.SERIAL);
    assertThat(got.getIssuerNameHash().equals(asked.getIssuerNameHash()))
        .isEqualTo(part != OcspLie.Part.ISSUER_NAME && part != OcspLie.Part.LENGTH);
    assertThat(got.getIssuerKeyHash().equals(asked.getIssuerKeyHash()))
        .isEqualTo(part != OcspLie.Part.ISSUER_KEY && part != OcspLie.Part.LENGTH);
    assertThat(
            got.getHashAlgorithm().getAlgorithm().equals(asked.getHashAlgorithm().getAlgorithm()))
        .isEqualTo(part != OcspLie.Part.ALGORITHM);
    if (part == OcspLie.Part.ALGORITHM) {
      assertThat(got.getHashAlgorithm().getAlgorithm()).isEqualTo(OIWObjectIdentifiers.idSHA1);
    }
    if (part == OcspLie.Part.LENGTH) {
      assertThat(got.getIssuerKeyHash().getOctets()).hasSize(31);
    }
  }

  @Test
  void aSerialSaidToBeUnknownIsSignedWell() throws Exception {
    BasicOCSPResp answer = basic("unknown", "");
    assertSignedByTheDelegate(answer);
    assertThat(only(answer).getCertStatus()).isInstanceOf(UnknownStatus.class);
  }

  // ------------------------------------------------------------------ nonce

  @Test
  void aMissingNonceIsAllThatIsMissing() throws Exception {
    BasicOCSPResp answer = basic("missing-nonce", "");
    assertSignedByTheDelegate(answer);
    assertThat(answer.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce)).isNull();
  }

  @Test
  void anotherNonceIsAsLongAsTheOneAskedFor() throws Exception {
    BasicOCSPResp answer = basic("other-nonce", "");
    assertSignedByTheDelegate(answer);
    DEROctetString nonce =
        (DEROctetString)
            answer.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce).getParsedValue();
    assertThat(nonce.getOctets()).hasSize(NONCE.length).isNotEqualTo(NONCE);
  }

  // ------------------------------------------------------------------ times

  @ParameterizedTest
  @CsvSource({"stale,PT2H,-7200", "future,PT2H,7200", "stale,'',-86400", "future,'',86400"})
  void allTimesAreMovedTogether(String behaviour, String with, long seconds) throws Exception {
    BasicOCSPResp answer = basic(behaviour, with);
    assertSignedByTheDelegate(answer);
    Instant said = TestJpki.NOW.plusSeconds(seconds);
    assertThat(answer.getProducedAt()).isEqualTo(Date.from(said));
    assertThat(only(answer).getThisUpdate()).isEqualTo(Date.from(said));
    assertThat(only(answer).getNextUpdate()).isEqualTo(Date.from(said.plusSeconds(600)));
  }

  @Test
  void nextUpdateCanBeLeftOut() throws Exception {
    assertThat(only(basic("no-next-update", "")).getNextUpdate()).isNull();
  }

  @Test
  void anArchiveCutoffIsSaidUnlessItIsToBeLeftOut() throws Exception {
    SingleResp honest = only(basic("honest", ""));
    assertThat(
            ASN1GeneralizedTime.getInstance(
                    honest
                        .getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff)
                        .getParsedValue())
                .getDate()
                .toInstant())
        .isEqualTo(authority.certificate().getNotBefore().toInstant());
    assertThat(
            only(basic("no-archive-cutoff", ""))
                .getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff))
        .isNull();
  }

  // ------------------------------------------------------------------ no answer at all

  @ParameterizedTest
  @CsvSource({
    "try-later,'',3",
    "failure,'',2",
    "failure,internal-error,2",
    "failure,malformed-request,1",
    "failure,sig-required,5",
    "failure,unauthorized,6"
  })
  void aStatusComesWithoutContent(String behaviour, String with, int status) throws Exception {
    running.once("ocsp", behaviour, with);
    OCSPResp response = new OCSPResp(ask().body());
    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(response.getResponseObject()).isNull();
  }

  @Test
  void aPageInTheAnswersPlaceKeepsItsMediaType() throws Exception {
    running.once("ocsp", "malformed", "");
    HttpResponse<byte[]> response = ask();
    assertThat(response.headers().firstValue("Content-Type")).contains("application/ocsp-response");
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).startsWith("<!DOCTYPE html>");
  }

  @Test
  void halfAnAnswerComesAsIfItWereAll() throws Exception {
    int whole = ask().body().length;
    running.once("ocsp", "truncated", "");
    HttpResponse<byte[]> response = ask();
    assertThat(response.body()).hasSize(whole / 2);
    assertThatThrownBy(() -> new OCSPResp(response.body())).isInstanceOf(IOException.class);
  }

  // ------------------------------------------------------------------ the order of things

  @Test
  void everyBehaviourIsTriedHere() {
    assertThat(names())
        .containsExactlyInAnyOrder(
            "honest",
            "delay",
            "drop",
            "slow-loris",
            "http-error",
            "cut-short",
            "huge",
            "wrong-signer",
            "bad-signature",
            "wrong-cert-id",
            "missing-nonce",
            "other-nonce",
            "stale",
            "future",
            "no-next-update",
            "no-archive-cutoff",
            "unknown",
            "try-later",
            "failure",
            "malformed",
            "truncated");
  }

  static Stream<String> names() {
    return running.choices("ocsp").stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void afterTheCountedAnswersItIsHonestAgain(String behaviour) throws Exception {
    running.once("ocsp", behaviour, behaviour.equals("slow-loris") ? "PT0.000001S" : "");
    if (behaviour.equals("delay")) {
      running.once("ocsp", behaviour, "PT0.001S");
    }
    if (behaviour.equals("huge")) {
      running.once("ocsp", behaviour, "100000");
    }
    try {
      ask();
    } catch (IOException cutOrDropped) {
      assertThat(behaviour).isIn("drop", "cut-short");
    }
    assertHonest(ask());
  }

  private static HttpResponse<byte[]> ask() throws Exception {
    return running.post(running.jpki().addresses().ocsp(), "application/ocsp-request", question());
  }

  private static byte[] question() throws Exception {
    return OcspQuestions.withNonce(NONCE, OcspQuestions.id(running.jpki(), card.number()));
  }

  private static BasicOCSPResp basic(String behaviour, String with) throws Exception {
    running.once("ocsp", behaviour, with);
    return basic(ask());
  }

  private static BasicOCSPResp basic(HttpResponse<byte[]> response) throws Exception {
    assertThat(response.statusCode()).isEqualTo(200);
    return (BasicOCSPResp) new OCSPResp(response.body()).getResponseObject();
  }

  private static void assertHonest(HttpResponse<byte[]> response) throws Exception {
    BasicOCSPResp answer = basic(response);
    assertSignedByTheDelegate(answer);
    CertificateID asked = OcspQuestions.id(running.jpki(), card.number());
    assertThat(only(answer).getCertID()).isEqualTo(asked);
    assertThat(only(answer).getCertStatus()).isEqualTo(CertificateStatus.GOOD);
    assertThat(answer.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce).getParsedValue())
        .isEqualTo(new DEROctetString(NONCE));
  }

  private static void assertSignedByTheDelegate(BasicOCSPResp answer) throws Exception {
    assertThat(isSignedBy(answer, new JcaX509CertificateHolder(authority.responder()))).isTrue();
  }

  private static boolean isSignedBy(BasicOCSPResp answer, X509CertificateHolder signer)
      throws Exception {
    return answer.isSignatureValid(new JcaContentVerifierProviderBuilder().build(signer));
  }

  private static SingleResp only(BasicOCSPResp answer) {
    assertThat(answer.getResponses()).hasSize(1);
    return answer.getResponses()[0];
  }

  private static Socket askRaw() throws Exception {
    URI address = running.jpki().addresses().ocsp();
    byte[] body = question();
    Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), address.getPort());
    socket
        .getOutputStream()
        .write(
            ("POST /ocsp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/ocsp-request\r\n"
                    + "Content-Length: "
                    + body.length
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body);
    return socket;
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      assertThat(octet).isNotNegative();
      head.append((char) octet);
    }
    return head.toString();
  }

  private static int contentLength(String head) {
    return Arrays.stream(head.split("\r\n"))
        .filter(line -> line.startsWith("Content-Length: "))
        .mapToInt(line -> Integer.parseInt(line.substring(16)))
        .findFirst()
        .orElseThrow();
  }

  /** What comes before the connection ends, by a close or a reset. */
  private static byte[] readAll(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
    return all.toByteArray();
  }
}
