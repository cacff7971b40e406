package jp.kazashi.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.jpki.statement.ChallengeId;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.statement.InstitutionCode;
import jp.kazashi.jpki.statement.Line;
import jp.kazashi.jpki.statement.TerminalId;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.simulator.pki.Revocation;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a terminal recorded while the line was down, and what it comes to when the line is back. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class ReconciliationTest {
  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private final ObjectMapper json = new ObjectMapper();
  private Town town;
  private String terminal;
  private Counter kiosk;
  private Card card;
  private Queue queue;

  @BeforeEach
  void open() {
    town = new Town(world, gateway);
    // A terminal of each test's own, with its own bounds.
    terminal = "kiosk-" + UUID.randomUUID().toString().substring(0, 8);
    kiosk = town.counter(terminal, "READER", GatewayWorld.CLINIC);
    card = town.card(town.insured());
    queue = new Queue(terminal);
  }

  @AfterEach
  void putRight() {
    world.responderIsUp(true);
    town.moveClock(Duration.ZERO);
  }

  @Test
  void aRecordIsAnsweredAsOfItsDayAndMarkedEverywhere() throws Exception {
    Instant then = world.worldNow();
    ObjectNode record = queue.record(card, then);
    town.moveClock(Duration.ofHours(5));
    try (Listener listener =
        new Listener(town.counter("receipt-1", "RECEIPT", GatewayWorld.CLINIC), "")) {
      assertThat(listener.next().name()).isEqualTo("READY");

      Reply reply = send(record);

      assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
      JsonNode told = reply.body();
      assertThat(told.path("outcome").asText()).isEqualTo("ANSWERED");
      assertThat(told.path("repeated").asBoolean(true)).isFalse();
      assertThat(told.path("typed").path("name").asText()).isEqualTo("試験　花子");
      assertThat(told.path("receipt").path("number").asLong()).isPositive();
      String check = told.path("checkId").asText();
      Listener.Event event = listener.next();
      assertThat(event.name()).isEqualTo("reconciliation");
      JsonNode heard = json.readTree(event.data());
      assertThat(heard.path("checkId").asText()).isEqualTo(check);
      assertThat(heard.path("outcome").asText()).isEqualTo("ANSWERED");
      assertThat(heard.path("method").asText()).isEqualTo("PIN");
      assertThat(Instant.parse(heard.path("recordedAt").asText()))
          .isEqualTo(then.truncatedTo(ChronoUnit.MILLIS));
      assertThat(Instant.parse(heard.path("at").asText())).isAfter(then.plus(Duration.ofHours(4)));
      assertThat(event.data()).doesNotContain("試験");
      JsonNode kept = kiosk.get("/v1/checks/" + check).body();
      assertThat(kept.path("qualification").path("validityCode").asInt()).isEqualTo(1);
      assertThat(kept.path("recordedAt").asText())
          .isEqualTo(then.truncatedTo(ChronoUnit.MILLIS).toString());
      assertThat(kept.path("notices").get(0).path("id").asText()).isEqualTo("RECORDED_OFFLINE");
      assertThat(
              Owner.texts(
                  world,
                  """
                  select details::jsonb ->> 'line' || ' ' || (details::jsonb ->> 'number')
                  from audit_entry where check_id = ?::uuid and kind = 'CHECK'
                  """,
                  check))
          .containsExactly("DEGRADED 1");
    }
  }

  @Test
  void itNeverOpensConsentsRecordsARegistrationOrTheAccessLog() {
    JsonNode told = send(queue.record(card, recently())).body();
    String check = told.path("checkId").asText();

    assertThat(kiosk.get("/v1/checks/" + check).body().path("offeredConsents")).isEmpty();
    assertThat(kiosk.consent(check, "medication").reason()).isEqualTo("CONSENT_NOT_OFFERED");
    assertThat(
            town.counter("receipt-1", "RECEIPT", GatewayWorld.CLINIC)
                .get("/v1/checks/" + check + "/medications")
                .reason())
        .isEqualTo("CONSENT_MISSING");
    assertThat(kiosk.get("/v1/access-log?check=" + check).reason())
        .isEqualTo("ACCESS_LOG_NEEDS_HOLDER");
    Card stranger = Card.issue(world, town.today().plusYears(3));
    JsonNode unlinked = send(queue.record(stranger, recently())).body();
    assertThat(unlinked.path("reason").asText()).isEqualTo("DEGRADED_NOT_REGISTERED");
    assertThat(unlinked.path("nextStep").path("ja").asText()).isNotBlank();
  }

  @Test
  void aRecordIsJudgedOnceAndToldAgain() throws Exception {
    ObjectNode record = queue.record(card, recently());
    List<Callable<Reply>> senders = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      senders.add(() -> send(record));
    }

    List<Reply> replies = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (Future<Reply> sent : pool.invokeAll(senders)) {
        replies.add(sent.get());
      }
    }

    assertThat(replies).allSatisfy(each -> assertThat(each.status()).isEqualTo(200));
    assertThat(replies.stream().map(each -> each.body().path("checkId").asText()).distinct())
        .hasSize(1);
    assertThat(replies).filteredOn(each -> !each.body().path("repeated").asBoolean()).hasSize(1);
    assertThat(
            Owner.texts(
                world, "select count(*) from eligibility_check where terminal = ?", terminal))
        .containsExactly("1");
  }

  @Test
  void aProofThatWasRecordedBeforeIsNoSecondCheck() throws Exception {
    Instant then = recently();
    UUID nonce = UUID.randomUUID();
    send(queue.record(card, then, nonce, VerificationMethod.PIN));

    JsonNode again = send(queue.record(card, then, nonce, VerificationMethod.PIN)).body();

    assertThat(again.path("reason").asText()).isEqualTo("CHALLENGE_REPLAYED");
    assertThat(again.path("checkId").isNull()).isTrue();
    assertThat(again.path("number").asLong()).isEqualTo(2);
  }

  @Test
  void aGapInTheChainIsRefusedUntilTheTerminalSaysThatThereIsOne() {
    send(queue.record(card, recently()));
    queue.record(card, recently());
    ObjectNode third = queue.record(card, recently());

    Reply refused = send(third);
    Reply declared = send(third.deepCopy().put("afterGap", true));
    Reply fourth = send(queue.record(card, recently()));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.reason()).isEqualTo("DEGRADED_CHAIN_GAP");
    assertThat(declared.body().path("outcome").asText()).isEqualTo("ANSWERED");
    assertThat(fourth.body().path("outcome").asText()).isEqualTo("ANSWERED");
  }

  @Test
  void whatWasSkippedAndWhatTakesANumberTwiceIsRefused() {
    send(queue.record(card, recently()));
    ObjectNode second = queue.record(card, recently());
    send(queue.record(card, recently()).put("afterGap", true));
    Queue other = new Queue(terminal, queue.chain);

    assertThat(send(second.put("afterGap", true)).reason()).isEqualTo("DEGRADED_CHAIN_GAP");
    assertThat(send(other.record(card, recently())).reason()).isEqualTo("DEGRADED_NUMBER_TAKEN");
  }

  @Test
  void anotherTerminalOpensNothingAndSpoilsNothing() {
    ObjectNode record = queue.record(card, recently());
    Counter thief = town.counter(terminal + "x", "READER", GatewayWorld.CLINIC);
    Counter elsewhere = town.counter(terminal, "READER", GatewayWorld.OTHER_CLINIC);

    assertThat(thief.post("/v1/reconciliations", record).body().path("reason").asText())
        .isEqualTo("DEGRADED_UNREADABLE");
    JsonNode refused = elsewhere.post("/v1/reconciliations", record).body();
    assertThat(refused.path("reason").asText()).isEqualTo("DEGRADED_UNREADABLE");
    assertThat(refused.path("typed").isNull()).isTrue();
    assertThat(send(record).body().path("outcome").asText()).isEqualTo("ANSWERED");
  }

  @Test
  void aRecordThatWasChangedIsUsedUpWithoutACheck() {
    ObjectNode record = queue.record(card, recently());
    byte[] sealed = Base64.getDecoder().decode(record.path("sealed").asText());
    sealed[sealed.length - 1] ^= 1;
    record.put("sealed", Base64.getEncoder().encodeToString(sealed));

    JsonNode told = send(record).body();

    assertThat(told.path("outcome").asText()).isEqualTo("REFUSED");
    assertThat(told.path("reason").asText()).isEqualTo("DEGRADED_UNREADABLE");
    assertThat(told.path("checkId").isNull()).isTrue();
  }

  @Test
  void anOldAFutureAndAStaffConfirmedRecordAreRefusedByName() {
    Instant now = world.worldNow();

    assertThat(reason(queue.record(card, now.minus(Duration.ofDays(3)).minusSeconds(30))))
        .isEqualTo("DEGRADED_TOO_OLD");
    assertThat(reason(queue.record(card, now.plus(Duration.ofMinutes(20)))))
        .isEqualTo("TERMINAL_CLOCK_OFF");
    assertThat(reason(queue.record(card, recently(), UUID.randomUUID(), VerificationMethod.STAFF)))
        .isEqualTo("VISUAL_PASS_MISSING");
    ObjectNode justInTime = queue.record(card, now);
    town.moveClock(Duration.ofHours(71));
    assertThat(send(justInTime).body().path("outcome").asText()).isEqualTo("ANSWERED");
  }

  @Test
  void aFaceComparedOfflineIsWrittenDownWithItsCalibration() throws SQLException {
    queue.calibration = "own-0123456789ab";

    JsonNode told =
        send(queue.record(card, recently(), UUID.randomUUID(), VerificationMethod.FACE)).body();
    assertThat(told.path("outcome").asText()).isEqualTo("ANSWERED");
    assertThat(
            Owner.texts(
                world,
                """
                select details::jsonb ->> 'faceCalibration'
                from audit_entry where check_id = ?::uuid and kind = 'CHECK'
                """,
                told.path("checkId").asText()))
        .containsExactly("own-0123456789ab");

    assertThat(reason(queue.record(card, recently()))).isEqualTo("DEGRADED_UNREADABLE");
  }

  @Test
  void revocationIsThatOfNow() {
    Instant then = recently();
    ObjectNode record = queue.record(card, then);
    world
        .jpki()
        .revoke(
            card.certificate(),
            Revocation.Reason.CESSATION_OF_OPERATION,
            world.worldNow().minusSeconds(10));

    assertThat(reason(record)).isEqualTo("CERTIFICATE_REVOKED");
  }

  @Test
  void aCardThatEndedSinceWasGoodWhenItWasShown() {
    Card ending = endingCard();
    Instant then = world.worldNow();
    town.moveClock(Duration.ofDays(2));

    JsonNode told = send(queue.record(ending, then)).body();

    assertThat(told.path("outcome").asText()).as(told.toString()).isEqualTo("ANSWERED");
    assertThat(
            kiosk
                .get("/v1/checks/" + told.path("checkId").asText())
                .body()
                .path("certificate")
                .path("phase")
                .asText())
        .isEqualTo("GRACE");
    assertThat(kiosk.visit(ending, world.worldNow()).reason()).isEqualTo("CERTIFICATE_ENDED");
  }

  /** In grace today, and in two days no more. */
  private Card endingCard() {
    Card ending = Card.issue(world, town.today().minusMonths(3).plusDays(1));
    String registration =
        json.createObjectNode()
            .put("type", "registration")
            .put("line", "1")
            .put("personCode", town.insured().code())
            .put("issuer", Base64.getEncoder().encodeToString(ending.certificate().issuer()))
            .put("serial", ending.certificate().serial().toString(16))
            .put("registeredAt", "2024-05-01T00:00:00Z")
            .toString();
    town.feed("qualifications", "ending-" + UUID.randomUUID(), registration, 1);
    return ending;
  }

  @Test
  void withoutTheResponderNothingIsUsedUp() {
    ObjectNode record = queue.record(card, recently());
    world.responderIsUp(false);

    Reply away = send(record);
    world.responderIsUp(true);

    assertThat(away.status()).isEqualTo(503);
    assertThat(away.reason()).isEqualTo("REVOCATION_UNAVAILABLE");
    assertThat(send(record).body().path("outcome").asText()).isEqualTo("ANSWERED");
  }

  @Test
  void aSignatureForTheLineIsNoneForWithoutIt() {
    Instant then = recently();
    UUID nonce = UUID.randomUUID();
    ChallengeStatement online =
        new ChallengeStatement(
            queue.statement(then, nonce, VerificationMethod.PIN).challenge(),
            VerificationMethod.PIN,
            then);

    assertThat(reason(queue.sealed(card, then, nonce, VerificationMethod.PIN, online)))
        .isEqualTo("SIGNATURE_INVALID");
  }

  @Test
  void aKeyThatTheGatewayDoesNotHoldUsesNothingUp() {
    ObjectNode record = queue.record(card, recently());

    assertThat(send(record.deepCopy().put("keyId", "0000000000000000")).reason())
        .isEqualTo("DEGRADED_KEY_UNKNOWN");
    assertThat(send(record).body().path("outcome").asText()).isEqualTo("ANSWERED");
  }

  @Test
  void ofOneTerminalTwoThousandInThreeDaysAreTaken() throws SQLException {
    Owner.run(
        world,
        """
        insert into reconciliation
          (institution, terminal, chain, number, digest, check_id, outcome, reconciled_at)
        select '1312345670', ?, 'before', n, decode(repeat('00', 32), 'hex'), null, 'X', now()
        from generate_series(1, 2000) n
        """,
        terminal);

    Reply refused = send(queue.record(card, recently()));

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.reason()).isEqualTo("DEGRADED_TOO_MANY");
  }

  private Instant recently() {
    return world.worldNow().minus(Duration.ofMinutes(2));
  }

  private Reply send(JsonNode record) {
    return kiosk.post("/v1/reconciliations", record);
  }

  private String reason(JsonNode record) {
    Reply reply = send(record);
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    return reply.body().path("reason").asText();
  }

  /**
   * A terminal's chain, written from {@code docs/degraded-mode.md}, not from the gateway's code.
   */
  private final class Queue {
    private final String terminal;
    private final String chain;
    private long number;
    private byte[] previous = new byte[32];
    private String calibration = "";

    Queue(String terminal) {
      this(terminal, UUID.randomUUID().toString());
    }

    Queue(String terminal, String chain) {
      this.terminal = terminal;
      this.chain = chain;
    }

    ObjectNode record(Card shown, Instant at) {
      return record(shown, at, UUID.randomUUID(), VerificationMethod.PIN);
    }

    ObjectNode record(Card shown, Instant at, UUID nonce, VerificationMethod method) {
      return sealed(shown, at, nonce, method, statement(at, nonce, method));
    }

    ChallengeStatement statement(Instant at, UUID nonce, VerificationMethod method) {
      Challenge challenge =
          new Challenge(
              new ChallengeId(nonce),
              at,
              new InstitutionCode(GatewayWorld.CLINIC),
              new TerminalId(terminal));
      return new ChallengeStatement(challenge, method, at, Line.DEGRADED);
    }

    ObjectNode sealed(
        Card shown,
        Instant at,
        UUID nonce,
        VerificationMethod method,
        ChallengeStatement statement) {
      ObjectNode plain =
          json.createObjectNode()
              .put("nonce", nonce.toString())
              .put("madeAt", at.truncatedTo(ChronoUnit.MILLIS).toString())
              .put("method", method.name())
              .put("confirmedAt", at.truncatedTo(ChronoUnit.MILLIS).toString())
              .put("certificate", Base64.getEncoder().encodeToString(shown.certificate().der()))
              .put("signature", Base64.getEncoder().encodeToString(shown.sign(statement.bytes())))
              .put("name", "試験　花子")
              .put("birthDate", "1978-04-12")
              .put("sex", "FEMALE")
              .put("address", "東京都試験区一丁目１－１");
      if (!calibration.isEmpty()) {
        plain.put("faceCalibration", calibration);
      }
      JsonNode key = kiosk.get("/v1/reconciliations/key").body();
      number++;
      try {
        byte[] place = place(key.path("keyId").asText());
        HPKE hpke =
            new HPKE(
                HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
        var sender =
            hpke.setupBaseS(
                hpke.deserializePublicKey(
                    Base64.getDecoder().decode(key.path("publicKey").asText())),
                "kazashi degraded record v1".getBytes(UTF_8));
        byte[] text = sender.seal(place, plain.toString().getBytes(UTF_8));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(sender.getEncapsulation());
        whole.write(text);
        ObjectNode record =
            json.createObjectNode()
                .put("keyId", key.path("keyId").asText())
                .put("chain", chain)
                .put("number", number)
                .put("previous", HexFormat.of().formatHex(previous))
                .put("sealed", Base64.getEncoder().encodeToString(whole.toByteArray()));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(place);
        previous = digest.digest(whole.toByteArray());
        return record;
      } catch (IOException | InvalidCipherTextException | NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }

    private byte[] place(String keyId) throws IOException {
      ByteArrayOutputStream place = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(place);
      out.write("kazashi.degraded".getBytes(UTF_8));
      out.writeByte(1);
      for (String field : List.of(keyId, GatewayWorld.CLINIC, terminal, chain)) {
        out.writeShort(field.length());
        out.write(field.getBytes(UTF_8));
      }
      out.writeShort(8);
      out.writeLong(number);
      out.writeShort(32);
      out.write(previous);
      return place.toByteArray();
    }
  }
}
