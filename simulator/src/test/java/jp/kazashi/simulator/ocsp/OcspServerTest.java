package jp.kazashi.simulator.ocsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import jp.kazashi.simulator.pki.Generation;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.KeyPairs;
import jp.kazashi.simulator.pki.SimulatedJpki;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class OcspServerTest {
  private static final Instant NOW = Instant.parse("2026-12-01T01:00:00Z");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static @TempDir Path folder;
  private static Vertx vertx;
  private static SimulatedJpki jpki;
  private static IssuedCertificate issued;
  private static URI address;

  @BeforeAll
  static void start() throws Exception {
    SecureRandom random = new SecureRandom();
    vertx = Vertx.vertx();
    jpki = SimulatedJpki.open(folder, NOW, URI.create("http://ocsp.jpki-test.invalid/"), random);
    issued = jpki.issue(KeyPairs.rsa2048(random).getPublic(), NOW, LocalDate.of(2030, 2, 17));
    int port =
        new OcspServer(vertx, new OcspResponder(jpki), InstantSource.fixed(NOW))
            .listen(0)
            .toCompletionStage()
            .toCompletableFuture()
            .get()
            .actualPort();
    address = URI.create("http://127.0.0.1:" + port + "/");
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aPostedQuestionIsAnsweredInItsOwnMediaType() throws Exception {
    HttpResponse<byte[]> answer = post("application/ocsp-request", request(new byte[32]));
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/ocsp-response");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertGood(answer);
  }

  @Test
  void aQuestionInThePathIsAnsweredEncodedOrNot() throws Exception {
    // A nonce whose Base64 is all slashes, and one with plus signs.
    for (byte octet : new byte[] {(byte) 0xff, (byte) 0xfb, 0x3e}) {
      byte[] nonce = new byte[32];
      Arrays.fill(nonce, octet);
      String base64 = Base64.getEncoder().encodeToString(request(nonce));
      assertGood(get(URLEncoder.encode(base64, StandardCharsets.US_ASCII)));
      assertGood(get(base64));
    }
  }

  @Test
  void whatIsNoQuestionIsRefused() throws Exception {
    assertThat(get("not*base64").statusCode()).isEqualTo(400);
    assertThat(post("text/plain", request(new byte[32])).statusCode()).isEqualTo(415);
    assertThat(post("application/ocsp-request", new byte[64 * 1024]).statusCode()).isEqualTo(413);
    HttpResponse<byte[]> empty = post("application/ocsp-request", new byte[0]);
    assertThat(new OCSPResp(empty.body()).getStatus()).isEqualTo(OCSPResp.MALFORMED_REQUEST);
  }

  private static void assertGood(HttpResponse<byte[]> answer) throws Exception {
    assertThat(answer.statusCode()).isEqualTo(200);
    BasicOCSPResp basic = (BasicOCSPResp) new OCSPResp(answer.body()).getResponseObject();
    assertThat(basic.getResponses()[0].getCertStatus()).isEqualTo(CertificateStatus.GOOD);
    assertThat(basic.getProducedAt().toInstant()).isEqualTo(NOW);
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> post(String type, byte[] body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static byte[] request(byte[] nonce) throws Exception {
    return new OCSPReqBuilder()
        .addRequest(
            new CertificateID(
                new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
                new JcaX509CertificateHolder(jpki.authority(Generation.THIRD).certificate()),
                issued.serial()))
        .setRequestExtensions(
            new Extensions(
                Extension.create(
                    OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(nonce))))
        .build()
        .getEncoded();
  }
}
