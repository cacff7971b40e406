package jp.kazashi.reader.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.Sentence;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.holder.CertificatePhase;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.link.HttpLine.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpGatewayLinkTest {

  private static final TestTransport TRANSPORT = new TestTransport();
  private static final IdempotencyKey KEY = new IdempotencyKey(new UUID(0, 5));
  private static final String RECEIPT =
      """
      {"chain": "node-1/1", "number": 7, "hash": "ab12"}\
      """;
  private static final String ANSWER =
      """
      {"checkId": "0193a0b0-0000-7000-8000-000000000001", "outcome": "ANSWERED",
       "certificate": {"phase": "EXPIRING_SOON", "expiresAt": "2027-01-10T14:59:59.000Z"},
       "qualification": %1$s, "qualifications": [%1$s],
       "offeredConsents": ["medication", "surgery", "horoscope"],
       "notices": [{"id": "SOON", "patient": {"ja": "近", "en": "soon"},
                    "desk": {"ja": "近", "en": "soon"}}],
       "receipt": %2$s, "somethingNew": true}
      """
          .formatted(
              """
              {"kind": "MEDICAL_INSURANCE", "validityCode": 1, "insurerNumber": "06132013",
               "name": "架空 花子", "printableName": "架空 花子", "glyphIssues": [],
               "birthDate": "1985-04-02", "contributionRatio": 30, "validFrom": "2020-04-01",
               "validTo": null}\
              """,
              RECEIPT);

  @TempDir Path folder;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpsServer server;
  private volatile Doing doing = exchange -> answer(exchange, 500, "");

  private record Call(String path, String key, JsonNode body) {}

  private interface Doing {
    void with(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws Exception {
    server = TRANSPORT.gateway(threads, this::handle);
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void challengeIsReadIntoTheTypesThatAreSigned() throws Exception {
    doing =
        exchange ->
            answer(
                exchange,
                201,
                """
                {"challenge": "c2VhbGVk", "id": "0193a0b0-0000-7000-8000-0000000000c1",
                 "issuedAt": "2026-12-01T00:00:00.123Z", "expiresAt": "2026-12-01T00:05:00.123Z",
                 "institution": "1312345670", "terminal": "kiosk-1"}
                """);

    SealedChallenge challenge = given(link().challenge());

    assertThat(challenge.sealed()).isEqualTo("c2VhbGVk");
    assertThat(challenge.life()).isEqualTo(Duration.ofMinutes(5));
    assertThat(challenge.challenge().institution().value()).isEqualTo("1312345670");
    assertThat(challenge.challenge().issuedAt())
        .isEqualTo(Instant.parse("2026-12-01T00:00:00.123Z"));
    assertThat(calls.getFirst().path()).isEqualTo("/v1/challenges");
  }

  @Test
  void oneRequestCarriesTheProofAndNeverTheStatement() throws Exception {
    doing = exchange -> answer(exchange, 200, ANSWER);

    Answer answer = given(link().check(proof(), KEY));

    Call call = calls.getFirst();
    assertThat(calls).hasSize(1);
    assertThat(call.path()).isEqualTo("/v1/checks");
    assertThat(call.key()).isEqualTo(KEY.toString());
    assertThat(call.body().fieldNames())
        .toIterable()
        .containsExactly("challenge", "method", "confirmedAt", "certificate", "signature");
    assertThat(call.body().path("method").asText()).isEqualTo("PIN");
    assertThat(call.body().path("confirmedAt").asText()).isEqualTo("2026-12-01T00:00:00.000Z");
    assertThat(call.body().path("certificate").asText()).isEqualTo("AQI=");
    assertThat(answer.checkId()).isEqualTo(Answers.CHECK);
    assertThat(answer.certificate().phase()).isEqualTo(CertificatePhase.EXPIRING_SOON);
    assertThat(answer.qualification().birthDate()).isEqualTo(LocalDate.of(1985, 4, 2));
    assertThat(answer.qualification().symbol()).isNull();
  }

  @Test
  void faceGoesWithTheCalibrationItWasComparedBy() throws Exception {
    doing = exchange -> answer(exchange, 200, ANSWER);
    Proof byFace =
        new Proof(
            Answers.challenge(Answers.NOW, Duration.ofMinutes(5)),
            VerificationMethod.FACE,
            Answers.NOW,
            new UntrustedCertificate(new byte[] {1, 2}),
            Octets.of(new byte[] {3, 4}),
            Optional.empty(),
            Optional.of(new FaceCalibration("own-0123456789ab")));

    given(link().check(byFace, KEY));

    assertThat(calls.getFirst().body().path("faceCalibration").asText())
        .isEqualTo("own-0123456789ab");
  }

  @Test
  void categoryThisTerminalHasNoQuestionForIsNotOffered() throws Exception {
    doing = exchange -> answer(exchange, 200, ANSWER);

    assertThat(given(link().check(proof(), KEY)).offeredConsents())
        .containsExactlyInAnyOrder(MedicalCategory.MEDICATION, MedicalCategory.SURGERY);
  }

  @Test
  void consentIsSentAsWordsAndReadAsGrants() throws Exception {
    doing =
        exchange ->
            answer(
                exchange,
                200,
                """
                {"checkId": "0193a0b0-0000-7000-8000-000000000001", "consents": ["medication"],
                 "expiresAt": "2026-12-02T00:00:00.000Z", "receipt": %s}
                """
                    .formatted(RECEIPT));

    Grants grants =
        given(
            link()
                .consent(
                    Answers.CHECK, EnumSet.of(MedicalCategory.CARE, MedicalCategory.MEDICATION)));

    assertThat(calls.getFirst().path())
        .isEqualTo("/v1/checks/0193a0b0-0000-7000-8000-000000000001/consents");
    assertThat(calls.getFirst().body().toString())
        .isEqualTo("{\"granted\":[\"medication\",\"care\"]}");
    assertThat(grants.categories()).containsExactly(MedicalCategory.MEDICATION);
    assertThat(grants.expiresAt()).isEqualTo(Instant.parse("2026-12-02T00:00:00Z"));
  }

  @Test
  void problemIsARefusalWithItsReasonAndSentences() throws Exception {
    doing =
        exchange ->
            answer(
                exchange,
                422,
                """
                {"type": "urn:kazashi:reason:CERTIFICATE_ENDED", "title": "t", "status": 422,
                 "reason": "CERTIFICATE_ENDED", "patient": {"ja": "切", "en": "ended"},
                 "nextStep": {"ja": "書", "en": "document"},
                 "checkId": "0193a0b0-0000-7000-8000-000000000001",
                 "certificate": {"phase": "ENDED", "expiresAt": "2026-07-01T14:59:59.000Z"},
                 "receipt": %s}
                """
                    .formatted(RECEIPT));

    Refusal refusal = refused(link().check(proof(), KEY));

    assertThat(refusal.reason()).isEqualTo(new ReasonId("CERTIFICATE_ENDED"));
    assertThat(refusal.nextStep()).isEqualTo(new Sentence("書", "document"));
    assertThat(refusal.checkId()).contains(Answers.CHECK);
    assertThat(refusal.certificate().orElseThrow().phase()).isEqualTo(CertificatePhase.ENDED);
    assertThat(refusal.receipt()).contains(Answers.RECEIPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Bad gateway</html>",
        "{}",
        "{\"reason\": \"x\"}",
        "[1]",
        "{\"checkId\": 7}",
        "{\"checkId\": \"no\", \"reason\": \"CERTIFICATE_ENDED\"}"
      })
  void whatIsNeitherAnAnswerNorAProblemDidNotComeFromAGateway(String body) throws Exception {
    for (int status : List.of(200, 404, 502)) {
      doing = exchange -> answer(exchange, status, body);

      assertUnreachable(link().check(proof(), KEY));
    }
  }

  @Test
  void deadLineIsGatewayUnreachable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    assertUnreachable(link(port, Patience.USUAL).challenge());
  }

  @Test
  void lineThatBreaksIsTriedOnceMoreWithTheSameKey() throws Exception {
    doing =
        exchange -> {
          if (calls.size() == 1) {
            exchange.close();
          } else {
            answer(exchange, 200, ANSWER);
          }
        };

    assertThat(link().check(proof(), KEY)).isInstanceOf(GatewayReply.Given.class);
    assertThat(calls).extracting(Call::key).containsExactly(KEY.toString(), KEY.toString());
  }

  @Test
  void lineThatBreaksTwiceIsUnreachable() throws Exception {
    doing = HttpExchange::close;

    assertUnreachable(link().check(proof(), KEY));
    assertThat(calls).hasSize(2);
  }

  @Test
  void slowGatewayIsNotWaitedForForEverAndNotAskedTwice() throws Exception {
    doing = exchange -> hold();

    assertUnreachable(
        link(
                server.getAddress().getPort(),
                new Patience(Duration.ofSeconds(5), Duration.ofMillis(200)))
            .check(proof(), KEY));
    assertThat(calls).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void gatewayThatNobodyVouchesForIsNotTalkedTo() throws Exception {
    TestTransport stranger = new TestTransport();
    HttpGatewayLink link =
        new HttpGatewayLink(
            new HttpLine(
                URI.create("https://127.0.0.1:" + server.getAddress().getPort()),
                TlsIdentity.read(
                    TRANSPORT.terminal(folder),
                    TestTransport.PASSWORD.toCharArray(),
                    stranger.authorities(folder)),
                Patience.USUAL,
                LocalReasons.load()));

    assertUnreachable(link.challenge());
    assertThat(calls).isEmpty();
  }

  @Test
  void terminalAndInstitutionAreNamedByTheCertificate() throws Exception {
    TlsIdentity identity = identity();

    assertThat(identity.terminal()).isEqualTo("kiosk-1");
    assertThat(identity.institution()).isEqualTo("1312345670");
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    calls.add(
        new Call(
            exchange.getRequestURI().getPath(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")),
            JsonMapper.builder().build().readTree(body)));
    doing.with(exchange);
  }

  private void hold() {
    try {
      end.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private HttpGatewayLink link() throws Exception {
    return link(server.getAddress().getPort(), Patience.USUAL);
  }

  private HttpGatewayLink link(int port, Patience patience) throws Exception {
    return new HttpGatewayLink(
        new HttpLine(
            URI.create("https://127.0.0.1:" + port), identity(), patience, LocalReasons.load()));
  }

  private TlsIdentity identity() throws Exception {
    return TlsIdentity.read(
        TRANSPORT.terminal(folder),
        TestTransport.PASSWORD.toCharArray(),
        TRANSPORT.authorities(folder));
  }

  private static Proof proof() {
    return new Proof(
        Answers.challenge(Answers.NOW, Duration.ofMinutes(5)),
        VerificationMethod.PIN,
        Answers.NOW,
        new UntrustedCertificate(new byte[] {1, 2}),
        Octets.of(new byte[] {3, 4}),
        Optional.empty(),
        Optional.empty());
  }

  private static <T> T given(GatewayReply<T> reply) {
    return ((GatewayReply.Given<T>) reply).value();
  }

  private static Refusal refused(GatewayReply<?> reply) {
    return ((GatewayReply.Refused<?>) reply).refusal();
  }

  private static void assertUnreachable(GatewayReply<?> reply) {
    assertThat(refused(reply).reason()).isEqualTo(LocalReason.GATEWAY_UNREACHABLE.id());
    assertThat(refused(reply).detail()).isPresent();
  }
}
