package jp.kazashi.simulator.ocsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.TestJpki;
import jp.kazashi.simulator.world.RunningJpki;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class OcspRouteTest {
  private static @TempDir Path folder;
  private static RunningJpki running;
  private static IssuedCertificate issued;
  private static URI address;

  @BeforeAll
  static void start() throws Exception {
    running = RunningJpki.in(folder);
    issued = running.card();
    address = running.jpki().addresses().ocsp();
  }

  @AfterAll
  static void stop() {
    running.close();
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

  @Test
  void aQuestionWithoutNonceIsAnsweredAgainWithTheSameOctetsForAMoment() throws Exception {
    byte[] question =
        OcspQuestions.plain(OcspQuestions.id(running.jpki(), running.card().number()));
    byte[] first = post("application/ocsp-request", question).body();
    running.setNow(TestJpki.NOW.plusSeconds(59));
    assertThat(post("application/ocsp-request", question).body()).isEqualTo(first);
    running.setNow(TestJpki.NOW.plusSeconds(60));
    assertThat(producedAt(post("application/ocsp-request", question)))
        .isEqualTo(TestJpki.NOW.plusSeconds(60));
    running.setNow(TestJpki.NOW.minusSeconds(1));
    assertThat(producedAt(post("application/ocsp-request", question)))
        .isEqualTo(TestJpki.NOW.minusSeconds(1));
    running.setNow(TestJpki.NOW);
  }

  @Test
  void aRevocationIsToldAtOnceToWhoeverAskedAMomentAgo() throws Exception {
    IssuedCertificate card = running.card();
    byte[] question = OcspQuestions.plain(OcspQuestions.id(running.jpki(), card.number()));
    assertGood(post("application/ocsp-request", question));
    running.jpki().hold(card, TestJpki.NOW);
    assertThat(status(post("application/ocsp-request", question)))
        .isInstanceOf(RevokedStatus.class);
    running.jpki().release(card, TestJpki.NOW);
    assertGood(post("application/ocsp-request", question));
  }

  private static CertificateStatus status(HttpResponse<byte[]> answer) throws Exception {
    return basic(answer).getResponses()[0].getCertStatus();
  }

  private static Instant producedAt(HttpResponse<byte[]> answer) throws Exception {
    return basic(answer).getProducedAt().toInstant();
  }

  private static BasicOCSPResp basic(HttpResponse<byte[]> answer) throws Exception {
    return (BasicOCSPResp) new OCSPResp(answer.body()).getResponseObject();
  }

  private static void assertGood(HttpResponse<byte[]> answer) throws Exception {
    assertThat(answer.statusCode()).isEqualTo(200);
    BasicOCSPResp basic = (BasicOCSPResp) new OCSPResp(answer.body()).getResponseObject();
    assertThat(basic.getResponses()[0].getCertStatus()).isEqualTo(CertificateStatus.GOOD);
    assertThat(basic.getProducedAt().toInstant()).isEqualTo(TestJpki.NOW);
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    return running.get(URI.create(address + "/" + path));
  }

  private static HttpResponse<byte[]> post(String type, byte[] body) throws Exception {
    return running.post(address, type, body);
  }

  private static byte[] request(byte[] nonce) throws Exception {
    return OcspQuestions.withNonce(nonce, OcspQuestions.id(running.jpki(), issued.number()));
  }
}
