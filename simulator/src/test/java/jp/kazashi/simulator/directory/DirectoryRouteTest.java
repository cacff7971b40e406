package jp.kazashi.simulator.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import jp.kazashi.simulator.pki.CertificateOrder;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.TestJpki;
import jp.kazashi.simulator.world.RunningJpki;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DirectoryRouteTest {
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

  @ParameterizedTest
  @ValueSource(strings = {"SHA-1", "SHA-256"})
  void aCardsPersonIsFoundByTheFullIdentityOfItsCertificate(String hash) throws Exception {
    IssuedCertificate card = card(Issuer.AUTHENTICATION_3, "P-hanako");
    HttpResponse<byte[]> answer = ask(question(card, hash));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(json(answer))
        .isEqualTo(
            new JsonObject().put("personCode", "P-hanako").put("predecessors", new JsonArray()));
  }

  @Test
  void equalSerialsOfTwoAuthoritiesAreTwoCertificates() throws Exception {
    IssuedCertificate card = card(Issuer.AUTHENTICATION_3, "P-taro");
    JsonObject elsewhere = question(card(Issuer.AUTHENTICATION_2, "P-jiro"), "SHA-256");
    assertThat(ask(elsewhere.put("serial", card.serial().toString(16))).statusCode())
        .isEqualTo(404);
  }

  @Test
  void aRenewedCardNamesEveryOneBeforeItTheNearestFirst() throws Exception {
    IssuedCertificate first = card(Issuer.AUTHENTICATION_2, "P-saburo");
    IssuedCertificate second = running.jpki().renew(first, order(Issuer.AUTHENTICATION_3));
    IssuedCertificate third = running.jpki().renew(second, order(Issuer.AUTHENTICATION_3));
    JsonObject answer = json(ask(question(third, "SHA-256")));
    assertThat(answer.getString("personCode")).isEqualTo("P-saburo");
    JsonArray before = answer.getJsonArray("predecessors");
    assertThat(before).hasSize(2);
    assertThat(before.getJsonObject(0)).isEqualTo(listed(second, "RENEWED"));
    assertThat(before.getJsonObject(1)).isEqualTo(listed(first, "RENEWED"));
  }

  @Test
  void aPhoneNamesItsParentCard() throws Exception {
    IssuedCertificate parent = card(Issuer.AUTHENTICATION_3, "P-shiro");
    IssuedCertificate phone =
        running.jpki().issue(order(Issuer.PHONE_AUTHENTICATION).forPerson("P-shiro").after(parent));
    JsonObject answer = json(ask(question(phone, "SHA-256")));
    assertThat(answer.getString("personCode")).isEqualTo("P-shiro");
    assertThat(answer.getJsonArray("predecessors")).containsExactly(listed(parent, "PARENT_CARD"));
  }

  @Test
  void whoIsNotListedIsNotFound() throws Exception {
    assertThat(ask(question(running.card(), "SHA-256")).statusCode()).isEqualTo(404);
    IssuedCertificate fake = running.jpki().issue(order(Issuer.STRANGER).forPerson("P-goro"));
    assertThat(ask(question(fake, "SHA-256")).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"hashAlgorithm\":\"MD5\",\"issuerNameHash\":\"00\",\"issuerKeyHash\":\"00\",\"serial\":\"1\"}",
        "{\"hashAlgorithm\":\"SHA-1\",\"issuerNameHash\":\"0\",\"issuerKeyHash\":\"00\",\"serial\":\"1\"}",
        "{\"hashAlgorithm\":\"SHA-1\",\"issuerNameHash\":\"00\",\"issuerKeyHash\":\"00\",\"serial\":\"x\"}"
      })
  void aQuestionThatMakesNoSenseIsRefusedInWords(String body) throws Exception {
    HttpResponse<byte[]> refused = ask(body);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).getString("error")).contains("issuerKeyHash");
  }

  @Test
  void itCanBeSwitchedAway() throws Exception {
    JsonObject question = question(card(Issuer.AUTHENTICATION_3, "P-away"), "SHA-256");
    running.once("directory", "http-error", "");
    assertThat(ask(question).statusCode()).isEqualTo(503);
    running.once("directory", "drop", "");
    assertThatThrownBy(() -> ask(question)).isInstanceOf(IOException.class);
    running.once("directory", "unknown", "");
    assertThat(ask(question).statusCode()).isEqualTo(404);
    running.once("directory", "malformed", "");
    assertThatThrownBy(() -> json(ask(question))).isInstanceOf(DecodeException.class);
    running.once("directory", "truncated", "");
    assertThatThrownBy(() -> json(ask(question))).isInstanceOf(DecodeException.class);
    assertThat(ask(question).statusCode()).isEqualTo(200);
    assertThat(DirectoryLie.choices())
        .extracting(choice -> choice.name())
        .containsExactlyInAnyOrder("unknown", "malformed", "truncated");
  }

  private static CertificateOrder order(Issuer issuer) {
    return CertificateOrder.of(
        issuer, TestJpki.holder().getPublic(), TestJpki.NOW, LocalDate.of(2029, 5, 5));
  }

  private static IssuedCertificate card(Issuer issuer, String person) {
    return running.jpki().issue(order(issuer).forPerson(person));
  }

  private static JsonObject listed(IssuedCertificate certificate, String relation)
      throws Exception {
    return new JsonObject()
        .put("relation", relation)
        .mergeIn(question(certificate, "SHA-256"))
        .put("issuer", Base64.getEncoder().encodeToString(certificate.issuer()))
        .put("endsAt", Instant.parse("2029-05-05T14:59:59Z").toString());
  }

  private static JsonObject question(IssuedCertificate certificate, String hash) throws Exception {
    MessageDigest digest = MessageDigest.getInstance(hash);
    byte[] key =
        SubjectPublicKeyInfo.getInstance(
                running
                    .jpki()
                    .authority(certificate.by())
                    .certificate()
                    .getPublicKey()
                    .getEncoded())
            .getPublicKeyData()
            .getOctets();
    return new JsonObject()
        .put("hashAlgorithm", hash)
        .put("issuerNameHash", HexFormat.of().formatHex(digest.digest(certificate.issuer())))
        .put("issuerKeyHash", HexFormat.of().formatHex(digest.digest(key)))
        .put("serial", certificate.serial().toString(16));
  }

  private static HttpResponse<byte[]> ask(JsonObject question) throws Exception {
    return ask(question.encode());
  }

  private static HttpResponse<byte[]> ask(String body) throws Exception {
    return running.post(
        running.jpki().addresses().directory(),
        "application/json",
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject json(HttpResponse<byte[]> answer) {
    return new JsonObject(new String(answer.body(), StandardCharsets.UTF_8));
  }
}
