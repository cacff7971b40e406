package jp.kazashi.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.jpki.statement.ChallengeId;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.statement.InstitutionCode;
import jp.kazashi.jpki.statement.TerminalId;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.simulator.pki.CertificateOrder;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.KeyPairs;
import jp.kazashi.simulator.pki.TransportCa;

/** A system of an institution that talks to the gateway with its own key. */
final class Counter {
  /** Longer than anything may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http;
  private final SSLContext tls;
  private final TransportCa.KeyFiles keys;
  private final URI gateway;
  private final String system;
  private final String organisation;
  private String session = "";

  Counter(GatewayWorld world, URI gateway, String system, String role, String organisation) {
    this(world, world.transport(), gateway, system, role, organisation);
  }

  /** With a key that this authority issued. */
  Counter(
      GatewayWorld world,
      TransportCa authority,
      URI gateway,
      String system,
      String role,
      String organisation) {
    this.gateway = gateway;
    this.system = system;
    this.organisation = organisation;
    try {
      String file = system + "-" + role + "-" + organisation;
      this.keys = authority.client(file, system, role, organisation, world.realNow());
      this.tls = tls(keys, world.transport().trust());
      this.http = HttpClient.newBuilder().sslContext(tls).build();
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** What the gateway said. */
  record Reply(int status, String type, JsonNode body, HttpHeaders headers) {
    String reason() {
      return body.path("reason").asText();
    }

    String tag() {
      return headers.firstValue("ETag").orElse("");
    }
  }

  /** A card with its key, as the simulator would hold it. */
  record Card(KeyPair key, IssuedCertificate certificate) {
    static Card issue(GatewayWorld world, LocalDate lastDay) {
      return issue(world, Issuer.AUTHENTICATION_3, lastDay);
    }

    static Card issue(GatewayWorld world, Issuer issuer, LocalDate lastDay) {
      KeyPair key = KeyPairs.rsa2048(world.random());
      Instant from = world.worldNow().minusSeconds(3600);
      Instant end = lastDay.atStartOfDay(ZoneOffset.UTC).toInstant();
      Instant begin = from.isBefore(end) ? from : end.minusSeconds(86_400L * 365);
      return new Card(
          key, world.jpki().issue(CertificateOrder.of(issuer, key.getPublic(), begin, lastDay)));
    }

    byte[] sign(byte[] statement) {
      try {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.getPrivate());
        signature.update(statement);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }
  }

  Reply post(String path, JsonNode body) {
    return post(path, "application/json", body.toString());
  }

  Reply post(String path, String type, String body) {
    return send(
        request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  Reply patch(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  Reply put(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  Reply delete(String path) {
    return send(request(path).DELETE());
  }

  /** Further requests are somebody's, or with an empty token nobody's. */
  void carry(String token) {
    session = token;
  }

  Reply signIn(String login, String password) {
    Reply reply =
        post(
            "/v1/staff/sessions",
            json.createObjectNode().put("login", login).put("password", password));
    if (reply.status() == 201) {
      carry(reply.body().path("token").asText());
    }
    return reply;
  }

  Reply get(String path) {
    return send(request(path).GET());
  }

  /** Any request at all. */
  Reply send(String method, String path, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request =
        request(path)
            .timeout(PATIENCE)
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return send(request);
  }

  Reply getUnless(String path, String tag) {
    return send(request(path).header("If-None-Match", tag).GET());
  }

  /** A submission that may be sent again under its key. */
  Reply submit(JsonNode proof, String key) {
    return send(
        request("/v1/checks")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(proof.toString())));
  }

  String text(String path) {
    try {
      return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  JsonNode challenge() {
    return post("/v1/challenges", json.createObjectNode()).body();
  }

  /** One honest visit up to the answer. */
  Reply visit(Card card, Instant now) {
    return post("/v1/checks", proof(card, challenge(), now));
  }

  ObjectNode proof(Card card, JsonNode challenge, Instant now) {
    return proof(card, challenge, VerificationMethod.PIN, now);
  }

  ObjectNode proof(Card card, JsonNode challenge, VerificationMethod method, Instant now) {
    byte[] statement = statement(challenge, method, now).bytes();
    return submission(card, challenge, method.name(), now, card.sign(statement));
  }

  ChallengeStatement statement(JsonNode challenge, VerificationMethod method, Instant now) {
    return new ChallengeStatement(
        new Challenge(
            new ChallengeId(UUID.fromString(challenge.path("id").asText())),
            Instant.parse(challenge.path("issuedAt").asText()),
            new InstitutionCode(organisation),
            new TerminalId(system)),
        method,
        now);
  }

  ObjectNode submission(
      Card card, JsonNode challenge, String method, Instant now, byte[] signature) {
    return json.createObjectNode()
        .put("challenge", challenge.path("challenge").asText())
        .put("method", method)
        .put("confirmedAt", now.truncatedTo(ChronoUnit.MILLIS).toString())
        .put("certificate", Base64.getEncoder().encodeToString(card.certificate().der()))
        .put("signature", Base64.getEncoder().encodeToString(signature));
  }

  Reply consent(String check, String... categories) {
    ObjectNode body = json.createObjectNode();
    body.set("granted", json.valueToTree(List.of(categories)));
    return post("/v1/checks/" + check + "/consents", body);
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path));
    return session.isEmpty() ? request : request.header("Staff-Session", session);
  }

  HttpClient http() {
    return http;
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      String type = response.headers().firstValue("Content-Type").orElse("");
      JsonNode body = json.readTree(response.body());
      Heard.in(body);
      return new Reply(response.statusCode(), type, body, response.headers());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static SSLContext tls(TransportCa.KeyFiles keys, TransportCa.TrustFiles trust)
      throws GeneralSecurityException, IOException {
    char[] password = keys.password().toCharArray();
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(load(keys.pkcs12(), password), password);
    TrustManagerFactory others =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    others.init(load(trust.pkcs12(), trust.password().toCharArray()));
    SSLContext tls = SSLContext.getInstance("TLSv1.3");
    tls.init(own.getKeyManagers(), others.getTrustManagers(), null);
    return tls;
  }

  TransportCa.KeyFiles keys() {
    return keys;
  }

  SSLContext tls() {
    return tls;
  }

  private static KeyStore load(Path file, char[] password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return store;
  }
}
