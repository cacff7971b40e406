package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import jp.kazashi.gateway.Town.Insured;
import jp.kazashi.simulator.pki.CertificateOrder;
import jp.kazashi.simulator.pki.Generation;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.KeyPairs;
import jp.kazashi.simulator.pki.Revocation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registration for use (利用登録) at the reader, and by renewal (design §10). */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus and the set-up set the fields
class RegistrationOverHttpTest {
  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private final ObjectMapper json = new ObjectMapper();
  private Town town;
  private Counter kiosk;

  @BeforeEach
  void open() {
    town = new Town(world, gateway);
    kiosk = town.counter("kiosk-1", "READER", GatewayWorld.CLINIC);
  }

  @AfterEach
  void putRight() {
    world.directoryBehaves("honest");
    town.moveClock(Duration.ZERO);
  }

  @Test
  void unlinkedHolderRegistersAndIsAnsweredAsANewCheckThatNamesTheFirst() {
    Card card = cardOf(town.insured());
    Reply first = kiosk.visit(card, world.worldNow());
    assertThat(first.reason()).isEqualTo("NOT_REGISTERED");

    Reply registered = register(kiosk, first);

    assertThat(registered.status()).as(registered.body().toString()).isEqualTo(201);
    assertThat(registered.body().path("outcome").asText()).isEqualTo("ANSWERED");
    assertThat(registered.body().path("follows")).isEqualTo(first.body().path("checkId"));
    assertThat(registered.body().path("checkId")).isNotEqualTo(first.body().path("checkId"));
    assertThat(registered.body().path("qualification").path("name").asText()).isEqualTo("試験　花子");
    String check = registered.body().path("checkId").asText();
    assertThat(kiosk.consent(check, "medication").status()).isEqualTo(200);
    Reply later = kiosk.visit(card, world.worldNow());
    assertThat(later.status()).isEqualTo(200);
    assertThat(later.body().has("follows")).isFalse();
  }

  @Test
  void oneCheckRegistersOnceAndWhoeverAsksAgainGetsTheSameAnswer() throws SQLException {
    Reply first = kiosk.visit(cardOf(town.insured()), world.worldNow());
    Reply registered = register(kiosk, first);
    assertThat(registered.status()).isEqualTo(201);

    Reply again = register(kiosk, first);

    assertThat(again.status()).as(again.body().toString()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(registered.body());
    town.moveClock(Duration.ofMinutes(11));
    assertThat(register(kiosk, first).body()).isEqualTo(registered.body());
    assertThat(effectsOf(first)).hasSize(1);
  }

  @Test
  void registrationsThatAreSentAtOnceTakeEffectOnceAndAreAllAnsweredTheSame() throws Exception {
    Reply first = kiosk.visit(cardOf(town.insured()), world.worldNow());

    List<CompletableFuture<Reply>> sent =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> register(kiosk, first)))
            .limit(6)
            .toList();
    List<Reply> replies = new ArrayList<>();
    for (CompletableFuture<Reply> each : sent) {
      replies.add(each.get(30, TimeUnit.SECONDS));
    }

    assertThat(replies).allSatisfy(each -> assertThat(each.status()).isEqualTo(201));
    assertThat(replies.stream().map(Reply::body).distinct()).hasSize(1);
    assertThat(effectsOf(first)).hasSize(1);
  }

  @Test
  void aKeyRecallsTheRegistrationAndIsRefusedForAnotherOne() {
    Reply first = kiosk.visit(cardOf(town.insured()), world.worldNow());
    Reply other = kiosk.visit(cardOf(town.insured()), world.worldNow());
    String key = "registration-" + UUID.randomUUID();
    Reply registered = register(kiosk, first, key);
    assertThat(registered.status()).isEqualTo(201);

    assertThat(register(kiosk, first, key).body()).isEqualTo(registered.body());
    assertThat(register(kiosk, other, key).reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(register(kiosk, other, "no key").reason()).isEqualTo("BAD_REQUEST");
    assertThat(register(kiosk, other).status()).isEqualTo(201);
  }

  /** The checks that the audit says were registrations following on this one. */
  private List<String> effectsOf(Reply first) throws SQLException {
    return Owner.texts(
        world,
        "select check_id::text from audit_entry where kind = 'CHECK'"
            + " and details::jsonb ->> 'follows' = ?",
        first.body().path("checkId").asText());
  }

  @Test
  void nobodyElseRegistersForThePatientWhoStandsThere() {
    Reply first = kiosk.visit(cardOf(town.insured()), world.worldNow());

    Counter otherTerminal = town.counter("kiosk-2", "READER", GatewayWorld.CLINIC);
    Counter otherClinic = town.counter("kiosk-1", "READER", GatewayWorld.OTHER_CLINIC);
    Counter receipt = town.counter("receipt-1", "RECEIPT", GatewayWorld.CLINIC);
    assertThat(register(otherTerminal, first).status()).isEqualTo(403);
    assertThat(register(otherClinic, first).status()).isEqualTo(404);
    assertThat(register(receipt, first).status()).isEqualTo(403);
  }

  @Test
  void afterTenMinutesThePatientIsNotKnownToStandThere() {
    Reply first = kiosk.visit(cardOf(town.insured()), world.worldNow());
    town.moveClock(Duration.ofMinutes(10).plusSeconds(1));

    assertThat(register(kiosk, first).reason()).isEqualTo("REGISTRATION_TOO_LATE");
  }

  @Test
  void anAnsweredCheckOffersNoRegistration() {
    Reply answered = kiosk.visit(town.card(town.insured()), world.worldNow());

    assertThat(register(kiosk, answered).reason()).isEqualTo("REGISTRATION_NOT_OFFERED");
  }

  @Test
  void whomNoInsurerKnowsIsLinkedToNobody() {
    Card card = cardOf("P-" + UUID.randomUUID());
    Reply first = kiosk.visit(card, world.worldNow());
    assertThat(first.reason()).isEqualTo("NOT_REGISTERED");

    assertThat(register(kiosk, first).reason()).isEqualTo("QUALIFICATION_NOT_FOUND");
    assertThat(kiosk.visit(card, world.worldNow()).reason()).isEqualTo("NOT_REGISTERED");
  }

  @Test
  void whoseProvisionIsBarredIsRefusedWithoutSayingWhyAndNotLinked() {
    Insured barred = town.insured(json.createObjectNode().put("provisionBarred", true));
    Card card = cardOf(barred);
    Reply first = kiosk.visit(card, world.worldNow());

    assertThat(register(kiosk, first).reason()).isEqualTo("CHECK_NOT_POSSIBLE");
    assertThat(kiosk.visit(card, world.worldNow()).reason()).isEqualTo("NOT_REGISTERED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http-error", "drop", "malformed", "truncated"})
  void withoutTheDirectoryNothingIsLinkedAndItCanBeTriedAgain(String behaviour) {
    Card card = cardOf(town.insured());
    Reply first = kiosk.visit(card, world.worldNow());
    world.directoryBehaves(behaviour);

    Reply away = register(kiosk, first);
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.reason()).isEqualTo("HOLDER_DIRECTORY_UNAVAILABLE");
    assertThat(away.body().path("nextStep").path("ja").asText()).isNotBlank();
    assertThat(kiosk.visit(card, world.worldNow()).reason())
        .isEqualTo("HOLDER_DIRECTORY_UNAVAILABLE");

    world.directoryBehaves("honest");
    assertThat(register(kiosk, first).status()).isEqualTo(201);
  }

  @Test
  void certificateRevokedSinceTheCheckIsNotRegistered() {
    Card card = cardOf(town.insured());
    Reply first = kiosk.visit(card, world.worldNow());
    world
        .jpki()
        .revoke(
            card.certificate(), Revocation.Reason.KEY_COMPROMISE, world.worldNow().minusSeconds(1));

    assertThat(register(kiosk, first).reason()).isEqualTo("CERTIFICATE_REVOKED");
  }

  @Test
  void certificateRenewedInTimeIsLinkedByItselfAndTheDirectoryIsNotAskedAgain() {
    Insured person = town.insured();
    Card renewed = renewed(person, town.today().minusDays(20), town.today().minusDays(40));

    Reply answered = kiosk.visit(renewed, world.worldNow());

    assertThat(answered.status()).as(answered.body().toString()).isEqualTo(200);
    assertThat(answered.body().has("follows")).isFalse();
    world.directoryBehaves("http-error");
    assertThat(kiosk.visit(renewed, world.worldNow()).status()).isEqualTo(200);
  }

  @Test
  void certificateRenewedInItsGraceIsLinkedByItself() {
    Card renewed = renewed(town.insured(), town.today().minusMonths(3), town.today().minusDays(10));

    assertThat(kiosk.visit(renewed, world.worldNow()).status()).isEqualTo(200);
  }

  @Test
  void certificateRenewedAfterItsGraceIsRegisteredAnew() {
    Card late = renewed(town.insured(), town.today().minusMonths(4), town.today().minusDays(10));
    Reply first = kiosk.visit(late, world.worldNow());
    assertThat(first.reason()).isEqualTo("NOT_REGISTERED");

    assertThat(register(kiosk, first).status()).isEqualTo(201);
    assertThat(kiosk.visit(late, world.worldNow()).status()).isEqualTo(200);
  }

  private Reply register(Counter from, Reply check) {
    ObjectNode body = json.createObjectNode();
    body.set("checkId", check.body().path("checkId"));
    return from.post("/v1/registrations", body);
  }

  private Reply register(Counter from, Reply check, String key) {
    return from.send(
        "POST",
        "/v1/registrations",
        Map.of("Content-Type", "application/json", "Idempotency-Key", key),
        json.createObjectNode()
            .set("checkId", check.body().path("checkId"))
            .toString()
            .getBytes(StandardCharsets.UTF_8));
  }

  private Card cardOf(Insured person) {
    return cardOf(person.code());
  }

  private Card cardOf(String personCode) {
    KeyPair key = KeyPairs.rsa2048(world.random());
    Instant from = world.worldNow().minusSeconds(3600);
    return new Card(
        key, world.jpki().issue(order(key, from, town.today().plusYears(3)).forPerson(personCode)));
  }

  /** Of one whose earlier certificate was registered, ended on that day, and was followed then. */
  private Card renewed(Insured person, LocalDate ended, LocalDate renewedOn) {
    KeyPair before = KeyPairs.rsa2048(world.random());
    IssuedCertificate old =
        world
            .jpki()
            .issue(order(before, start(ended.minusYears(5)), ended).forPerson(person.code()));
    String registration =
        json.createObjectNode()
            .put("type", "registration")
            .put("line", "1")
            .put("personCode", person.code())
            .put("issuer", Base64.getEncoder().encodeToString(old.issuer()))
            .put("serial", old.serial().toString(16))
            .put("registeredAt", start(ended.minusYears(4)).toString())
            .toString();
    town.feed("qualifications", "cards-" + UUID.randomUUID(), registration, 1);
    KeyPair key = KeyPairs.rsa2048(world.random());
    return new Card(
        key, world.jpki().renew(old, order(key, start(renewedOn), renewedOn.plusYears(5))));
  }

  private static CertificateOrder order(KeyPair key, Instant from, LocalDate lastDay) {
    return CertificateOrder.of(
        Issuer.of(Issuer.Use.AUTHENTICATION, Generation.THIRD), key.getPublic(), from, lastDay);
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
