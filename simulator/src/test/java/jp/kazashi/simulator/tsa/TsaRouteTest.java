package jp.kazashi.simulator.tsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.stream.Stream;
import jp.kazashi.simulator.pki.TestJpki;
import jp.kazashi.simulator.pki.TimeStampAuthority;
import jp.kazashi.simulator.wire.Choice;
import jp.kazashi.simulator.world.RunningJpki;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time stamps as another reader of RFC 3161 gets them over the wire. */
@Timeout(60)
class TsaRouteTest {
  private static final BigInteger NONCE = new BigInteger("81985529216486895");
  private static @TempDir Path folder;
  private static RunningJpki running;

  @BeforeAll
  static void start() throws Exception {
    running = RunningJpki.in(folder);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void aStampHasTheTimeOfTheWorldAndIsSignedForThisPurposeOnly() throws Exception {
    TimeStampRequest request = request(NISTObjectIdentifiers.id_sha256, 32);
    TimeStampToken token = honest(request);
    X509Certificate signer = running.stamps().certificate();
    token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
    assertThat(token.getTimeStampInfo().getGenTime().toInstant()).isEqualTo(TestJpki.NOW);
    assertThat(token.getTimeStampInfo().getNonce()).isEqualTo(NONCE);
    assertThat(token.getTimeStampInfo().getMessageImprintDigest())
        .isEqualTo(request.getMessageImprintDigest());
    assertThat(signer.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.8");
    assertThat(signer.getCriticalExtensionOIDs()).contains("2.5.29.37");
    signer.verify(running.stamps().authority().getPublicKey());
    assertThat(token.getCertificates().getMatches(null)).hasSize(1);
  }

  @Test
  void noSerialNumberComesTwice() throws Exception {
    TimeStampRequest request = request(NISTObjectIdentifiers.id_sha256, 32);
    assertThat(honest(request).getTimeStampInfo().getSerialNumber())
        .isNotEqualTo(honest(request).getTimeStampInfo().getSerialNumber());
  }

  @Test
  void itMovesWithTheWorldsClock() throws Exception {
    Instant then = Instant.parse("2029-02-28T15:00:00Z");
    running.setNow(then);
    try {
      assertThat(
              honest(request(NISTObjectIdentifiers.id_sha512, 64))
                  .getTimeStampInfo()
                  .getGenTime()
                  .toInstant())
          .isEqualTo(then);
    } finally {
      running.setNow(TestJpki.NOW);
    }
  }

  @Test
  void anOldHashIsRefusedWithItsReason() throws Exception {
    TimeStampResponse refused = answer(request(OIWObjectIdentifiers.idSHA1, 20));
    assertThat(refused.getStatus()).isEqualTo(PKIStatus.REJECTION);
    assertThat(refused.getFailInfo().intValue()).isEqualTo(PKIFailureInfo.badAlg);
  }

  @Test
  void whatIsNoRequestIsRefused() throws Exception {
    for (byte[] body : new byte[][] {{}, {0x30}, new byte[1000]}) {
      TimeStampResponse refused =
          new TimeStampResponse(post("application/timestamp-query", body).body());
      assertThat(refused.getFailInfo().intValue()).isEqualTo(PKIFailureInfo.badDataFormat);
    }
    assertThat(post("text/plain", new byte[0]).statusCode()).isEqualTo(415);
    assertThat(post("application/timestamp-query", new byte[64 * 1024]).statusCode())
        .isEqualTo(413);
  }

  @Test
  void keysAreKeptAndForTheOwnerOnly() throws Exception {
    TimeStampAuthority again =
        TimeStampAuthority.open(
            folder.resolve("tsa"), TestJpki.NOW.plusSeconds(1), TestJpki.RANDOM);
    assertThat(again.certificate()).isEqualTo(running.stamps().certificate());
    try (Stream<Path> files = Files.list(folder.resolve("tsa"))) {
      assertThat(files.toList())
          .hasSize(3)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  // ------------------------------------------------------------------ told to misbehave

  @Test
  void everyLieIsTriedHere() {
    assertThat(TsaLie.choices())
        .extracting(Choice::name)
        .containsExactlyInAnyOrder(
            "wrong-signer",
            "bad-signature",
            "other-imprint",
            "missing-nonce",
            "other-nonce",
            "stale",
            "future",
            "refuse",
            "malformed",
            "truncated");
  }

  @Test
  void aDownAuthorityAnswersNothing() throws Exception {
    running.once("tsa", "http-error", "");
    assertThat(post("application/timestamp-query", body()).statusCode()).isEqualTo(503);
    running.once("tsa", "drop", "");
    assertThatThrownBy(() -> post("application/timestamp-query", body()))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({"wrong-signer", "bad-signature"})
  void aSignatureThatIsNotTheAuthoritys(String lie) throws Exception {
    TimeStampToken token = lying(lie, "");
    assertThatThrownBy(() ->
            token.validate(
                new JcaSimpleSignerInfoVerifierBuilder().build(running.stamps().certificate())))
        .isInstanceOf(TSPException.class);
  }

  @ParameterizedTest
  @CsvSource({"other-imprint,imprint", "missing-nonce,nonce", "other-nonce,nonce"})
  void aStampOfSomethingElseIsSignedWell(String lie, String named) throws Exception {
    TimeStampRequest request = request(NISTObjectIdentifiers.id_sha256, 32);
    running.once("tsa", lie, "");
    TimeStampResponse response = answer(request);
    response
        .getTimeStampToken()
        .validate(new JcaSimpleSignerInfoVerifierBuilder().build(running.stamps().certificate()));
    assertThatThrownBy(() -> response.validate(request))
        .isInstanceOf(TSPException.class)
        .hasMessageContaining(named);
  }

  @ParameterizedTest
  @CsvSource({"stale,PT1H,-3600", "future,PT1H,3600", "stale,'',-86400", "future,'',86400"})
  void theTimeIsMoved(String lie, String with, long seconds) throws Exception {
    TimeStampToken token = lying(lie, with);
    token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(running.stamps().certificate()));
    assertThat(token.getTimeStampInfo().getGenTime().toInstant())
        .isEqualTo(TestJpki.NOW.plusSeconds(seconds));
  }

  @Test
  void aRefusalSaysThatThereIsNoTime() throws Exception {
    running.once("tsa", "refuse", "");
    TimeStampResponse refused = answer(request(NISTObjectIdentifiers.id_sha256, 32));
    assertThat(refused.getStatus()).isEqualTo(PKIStatus.REJECTION);
    assertThat(refused.getFailInfo().intValue()).isEqualTo(PKIFailureInfo.timeNotAvailable);
  }

  @Test
  void aPageOrHalfAStampComesInTheStampsPlace() throws Exception {
    running.once("tsa", "malformed", "");
    HttpResponse<byte[]> page = post("application/timestamp-query", body());
    assertThat(page.headers().firstValue("Content-Type")).contains("application/timestamp-reply");
    assertThat(new String(page.body(), StandardCharsets.UTF_8)).startsWith("<!DOCTYPE html>");
    running.once("tsa", "truncated", "");
    byte[] half = post("application/timestamp-query", body()).body();
    assertThat(half.length).isGreaterThan(100);
    assertThatThrownBy(() -> new TimeStampResponse(half))
        .isInstanceOfAny(IOException.class, TSPException.class);
  }

  private static TimeStampRequest request(ASN1ObjectIdentifier hash, int length) {
    TimeStampRequestGenerator request = new TimeStampRequestGenerator();
    request.setCertReq(true);
    byte[] digest = new byte[length];
    TestJpki.RANDOM.nextBytes(digest);
    return request.generate(hash, digest, NONCE);
  }

  private static byte[] body() throws IOException {
    return request(NISTObjectIdentifiers.id_sha256, 32).getEncoded();
  }

  private static TimeStampToken honest(TimeStampRequest request) throws Exception {
    TimeStampResponse response = answer(request);
    assertThat(response.getStatus()).isEqualTo(PKIStatus.GRANTED);
    response.validate(request);
    return response.getTimeStampToken();
  }

  private static TimeStampToken lying(String lie, String with) throws Exception {
    running.once("tsa", lie, with);
    return answer(request(NISTObjectIdentifiers.id_sha256, 32)).getTimeStampToken();
  }

  private static TimeStampResponse answer(TimeStampRequest request) throws Exception {
    return new TimeStampResponse(post("application/timestamp-query", request.getEncoded()).body());
  }

  private static HttpResponse<byte[]> post(String type, byte[] body) throws Exception {
    URI address = running.jpki().addresses().timeStamps();
    return running.post(address, type, body);
  }
}
