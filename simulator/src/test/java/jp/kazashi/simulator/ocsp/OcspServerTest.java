package jp.kazashi.simulator.ocsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import jp.kazashi.simulator.pki.Generation;
import jp.kazashi.simulator.pki.SimulatedJpki;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class OcspServerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static Vertx vertx;
  private static URI address;
  private static byte[] question;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    SimulatedJpki jpki =
        SimulatedJpki.open(folder, NOW, URI.create("http://127.0.0.1:1/"), new SecureRandom());
    question =
        new OCSPReqBuilder()
            .addRequest(
                new CertificateID(
                    new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
                    new JcaX509CertificateHolder(jpki.authority(Generation.THIRD).certificate()),
                    BigInteger.TWO))
            .build()
            .getEncoded();
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
    HttpResponse<byte[]> answer = post("application/ocsp-request", question);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/ocsp-response");
    assertThat(new OCSPResp(answer.body()).getStatus()).isEqualTo(OCSPRespBuilder.SUCCESSFUL);
  }

  @Test
  void aQuestionInThePathIsAnsweredWhateverBase64MadeOfIt() throws Exception {
    String base64 = Base64.getEncoder().encodeToString(question);
    String escaped = base64.replace("/", "%2F").replace("+", "%2B").replace("=", "%3D");
    for (String path : new String[] {base64, escaped}) {
      HttpResponse<byte[]> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(new OCSPResp(answer.body()).getStatus()).isEqualTo(OCSPRespBuilder.SUCCESSFUL);
    }
  }

  @Test
  void garbageIsAnsweredAsMalformed() throws Exception {
    HttpResponse<byte[]> answer = post("application/ocsp-request", new byte[] {1, 2, 3});
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new OCSPResp(answer.body()).getStatus())
        .isEqualTo(OCSPRespBuilder.MALFORMED_REQUEST);
  }

  @Test
  void whatIsNoQuestionIsRefused() throws Exception {
    assertThat(get("not*base64").statusCode()).isEqualTo(400);
    assertThat(post("text/plain", question).statusCode()).isEqualTo(415);
    assertThat(post("application/ocsp-request", new byte[64 * 1024]).statusCode()).isEqualTo(413);
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
}
