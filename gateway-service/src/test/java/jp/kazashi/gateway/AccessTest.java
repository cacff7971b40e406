package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import jp.kazashi.gateway.Counter.Reply;
import jp.kazashi.simulator.pki.TransportCa;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who comes in, who is put out, and how keys change while the node runs. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class AccessTest {
  private static final String ANY_CHECK = "/v1/checks/" + new UUID(1, 2);

  private static final List<String> SUITES =
      List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");

  /** The first octet of a record that says no (RFC 8446 §5.1). */
  private static final int ALERT = 21;

  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  @AfterEach
  void putRight() throws IOException {
    world.serveAsUsual();
    Management.await("as usual", () -> filesInUse().equals(world.servedDigest()));
    Management.await("no alarm", () -> health("well").equals("UP"));
  }

  @Test
  void aRevokedCertificateIsOutWithANamedProblem() throws IOException {
    Counter lost = counter("kiosk-lost", "READER");
    Counter kept = counter("kiosk-kept", "READER");
    assertThat(lost.get(ANY_CHECK).status()).isEqualTo(404);

    world.transport().revoke(lost.keys(), world.realNow());
    world.serveAsUsual();

    Management.await("out", () -> replied(lost).equals("CALLER_REVOKED"));
    assertThat(kept.get(ANY_CHECK).status()).isEqualTo(404);
    // A new connection makes no difference.
    assertThat(replied(counter("kiosk-lost", "READER"))).isEqualTo("CALLER_REVOKED");
  }

  @Test
  void anOpenConnectionOfARevokedCertificateIsEndedThoughNothingIsAskedOnIt() throws IOException {
    Counter lost = counter("desk-lost", "RECEIPT");
    try (SSLSocket open = connect(lost.tls(), "TLSv1.3")) {
      open.getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .formatted(ANY_CHECK)
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(open.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 404");

      world.transport().revoke(lost.keys(), world.realNow());
      world.serveAsUsual();

      // The rest of the answer, and then the end: it would wait for ever if nobody ended it.
      open.setSoTimeout(30_000);
      open.getInputStream().readAllBytes();
    }
  }

  @Test
  void authoritiesOfClientsChangeWithoutARestart() throws IOException {
    TransportCa next = world.otherAuthority();
    Counter before = counter("kiosk-old", "READER");
    Counter after = new Counter(world, next, gateway, "kiosk-new", "READER", GatewayWorld.CLINIC);
    assertThat(before.get(ANY_CHECK).status()).isEqualTo(404);
    assertThat(replied(after)).isEqualTo("no connection");

    world.serve(server("gateway"), world.transport(), next);
    Management.await("both", () -> replied(after).equals("NOT_FOUND"));
    assertThat(replied(before)).isEqualTo("NOT_FOUND");

    world.serve(server("gateway"), next);
    Management.await("the next alone", () -> !replied(before).equals("NOT_FOUND"));
    assertThat(replied(after)).isEqualTo("NOT_FOUND");
  }

  @Test
  void theServersOwnCertificateChangesWithoutARestart() throws IOException {
    Counter kiosk = counter("kiosk-1", "READER");
    BigInteger before = serial(kiosk);

    world.serve(server("gateway-next"), world.transport());

    Management.await("another certificate", () -> isAnother(kiosk, before));
    assertThat(replied(kiosk)).isEqualTo("NOT_FOUND");
  }

  @Test
  void aBrokenFileRaisesAnAlarmAndChangesNothing() throws IOException {
    Counter kiosk = counter("kiosk-1", "READER");
    assertThat(health("well")).isEqualTo("UP");
    for (String file : List.of("clients.pem", "clients.crl.pem", "server.pem", "server.key.pem")) {
      String good = Files.readString(world.served().resolve(file));

      world.replace(file, good.substring(0, good.length() / 2));

      Management.await("alarm of " + file, () -> health("well").equals("DOWN"));
      assertThat(Management.metrics())
          .containsPattern("kazashi_alarm\\{[^}]*kind=\"tls-files\"[^}]*\\} 1");
      assertThat(health("ready")).isEqualTo("UP");
      assertThat(replied(kiosk)).isEqualTo("NOT_FOUND");

      world.replace(file, good);
      Management.await("no alarm", () -> health("well").equals("UP"));
    }
  }

  @Test
  void aKeyThatIsNotTheCertificatesIsNotTaken() throws IOException {
    Counter kiosk = counter("kiosk-1", "READER");
    BigInteger before = serial(kiosk);
    TransportCa.KeyFiles other = server("gateway-next");

    world.replace("server.pem", Files.readString(other.certificate()));

    Management.await("alarm", () -> health("well").equals("DOWN"));
    assertThat(serial(kiosk)).isEqualTo(before);
  }

  @Test
  void whoHasNoRoleSeesNothingNotEvenTheDescription() {
    Counter nobody = counter("nobody", "JANITOR");
    Reply refused = nobody.get("/openapi");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.reason()).isEqualTo("FORBIDDEN");
    assertThat(refused.type()).isEqualTo("application/problem+json");
  }

  @Test
  void onlyTls13WithAClientCertificateConnects() throws Exception {
    SSLContext known = counter("kiosk-1", "READER").tls();
    SSLContext anonymous = SSLContext.getInstance("TLSv1.3");
    anonymous.init(null, trustManagers(), null);

    assertThatThrownBy(() -> connect(known, "TLSv1.2").close()).isInstanceOf(SSLException.class);
    for (int minor = 0; minor <= 3; minor++) {
      assertThat(greetedAsOfOld(minor))
          .as("SSL 3.0 and on, minor version " + minor)
          .isEqualTo(ALERT);
    }
    assertThatThrownBy(
            () -> {
              try (SSLSocket socket = connect(anonymous, "TLSv1.3")) {
                // In TLS 1.3 the server's no to a missing certificate comes with the first read.
                socket.getOutputStream().write(new byte[1]);
                socket.getInputStream().read();
              }
            })
        .isInstanceOf(IOException.class);
    try (HttpClient plain = HttpClient.newHttpClient()) {
      URI http = URI.create("http://127.0.0.1:" + gateway.getPort() + "/openapi");
      assertThatThrownBy(() ->
              plain.send(
                  HttpRequest.newBuilder(http).build(), HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(IOException.class);
    }
    try (SSLSocket socket = connect(known, "TLSv1.3")) {
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      assertThat(socket.getSession().getCipherSuite()).isIn(SUITES);
    }
    for (String suite : SUITES) {
      try (SSLSocket socket = connect(known, "TLSv1.3", suite)) {
        assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
      }
    }
  }

  /**
   * What the server sends first to a client of long ago, which knows no TLS 1.3 and prefers suites
   * that are broken: RC4, 3DES, CBC, export. No engine of today would say that for us.
   */
  private int greetedAsOfOld(int minor) throws IOException {
    HexFormat hex = HexFormat.of();
    String suites = "00040005000a002f0035c009c013003c0003";
    String body = "03%02x".formatted(minor) + "5a".repeat(32) + "00" + "0012" + suites + "0100";
    String hello = "01%06x".formatted(body.length() / 2) + body;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.getPort())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(hex.parseHex("16%s%04x".formatted("0301", hello.length() / 2) + hello));
      return socket.getInputStream().read();
    }
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() {
    Counter kiosk = counter("kiosk-1", "READER");
    ObjectNode nothing = new ObjectMapper().createObjectNode();
    for (Reply reply :
        List.of(
            kiosk.post("/v1/challenges", nothing),
            kiosk.get(ANY_CHECK),
            kiosk.post("/v1/lookups", nothing),
            kiosk.get("/nowhere"),
            counter("nobody", "JANITOR").get(ANY_CHECK),
            kiosk.get("/openapi?format=json"))) {
      assertThat(reply.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(reply.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(reply.headers().firstValue("Strict-Transport-Security")).isPresent();
      assertThat(reply.headers().firstValue("Content-Security-Policy"))
          .hasValue("default-src 'none'; frame-ancestors 'none'");
      assertThat(reply.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      // Nobody needs to know what answers.
      assertThat(reply.headers().firstValue("Server")).isEmpty();
      assertThat(reply.headers().firstValue("X-Powered-By")).isEmpty();
    }
  }

  @Test
  void aTerminalThatAsksTooOftenIsToldWhenToComeAgainAndOthersAreNotHeldUp() {
    Counter eager = counter("kiosk-eager", "READER", GatewayWorld.BUSY_CLINIC);
    Counter calm = counter("kiosk-calm", "READER", GatewayWorld.BUSY_CLINIC);
    Reply reply = eager.get(ANY_CHECK);
    for (int sent = 1; sent < 3200 && reply.status() == 404; sent++) {
      reply = eager.get(ANY_CHECK);
    }

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.reason()).isEqualTo("TOO_MANY_REQUESTS");
    assertThat(reply.body().path("nextStep").path("ja").asText()).contains("Retry-After");
    assertThat(reply.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 61L);
    assertThat(calm.get(ANY_CHECK).status()).isEqualTo(404);
  }

  @Test
  void anInstitutionThatGuessesNumbersHasToWait() {
    Counter guesser = counter("receipt-1", "RECEIPT", GatewayWorld.BUSY_CLINIC);
    ObjectNode keys =
        new ObjectMapper()
            .createObjectNode()
            .put("insurerNumber", GatewayWorld.INSURER)
            .put("symbol", "100")
            .put("birthDate", "1978-04-12");
    Reply reply = guesser.post("/v1/lookups", keys.put("number", "999000"));
    for (int sent = 1; sent < 450 && reply.status() == 200; sent++) {
      reply = guesser.post("/v1/lookups", keys.put("number", Integer.toString(999_000 + sent)));
    }

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.reason()).isEqualTo("TOO_MANY_FAILED_LOOKUPS");
    assertThat(reply.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 3601L);
    // The rest of its work goes on.
    assertThat(guesser.get(ANY_CHECK).status()).isEqualTo(404);
  }

  private static String filesInUse() {
    for (JsonNode check : Management.health("ready").path("checks")) {
      if (check.path("name").asText().equals("tls")) {
        return check.path("data").path("files").asText();
      }
    }
    throw new AssertionError("health says nothing of tls");
  }

  private static String health(String kind) {
    return Management.health(kind).path("status").asText();
  }

  private static String replied(Counter counter) {
    try {
      return counter.get(ANY_CHECK).reason();
    } catch (AssertionError refused) {
      return "no connection";
    }
  }

  /** A handshake that falls into the very moment of the change may fail, and is tried again. */
  private boolean isAnother(Counter counter, BigInteger before) {
    try {
      return !serial(counter).equals(before);
    } catch (AssertionError inBetween) {
      return false;
    }
  }

  private BigInteger serial(Counter counter) {
    try (SSLSocket socket = connect(counter.tls(), "TLSv1.3")) {
      X509Certificate server = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return server.getSerialNumber();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private SSLSocket connect(SSLContext tls, String protocol, String... suites) throws IOException {
    // A socket of its own each time, and no session taken up again.
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), gateway.getPort());
    SSLSocket socket =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(plain, "fresh-" + UUID.randomUUID(), gateway.getPort(), true);
    socket.setEnabledProtocols(new String[] {protocol});
    if (suites.length > 0) {
      socket.setEnabledCipherSuites(suites);
    }
    socket.startHandshake();
    return socket;
  }

  private TrustManager[] trustManagers() throws Exception {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    var store = KeyStore.getInstance("PKCS12");
    TransportCa.TrustFiles trust = world.transport().trust();
    try (var in = Files.newInputStream(trust.pkcs12())) {
      store.load(in, trust.password().toCharArray());
    }
    factory.init(store);
    return factory.getTrustManagers();
  }

  private TransportCa.KeyFiles server(String name) throws IOException {
    return world.transport().server(name, world.realNow());
  }

  private Counter counter(String system, String role) {
    return counter(system, role, GatewayWorld.CLINIC);
  }

  private Counter counter(String system, String role, String organisation) {
    return new Counter(world, gateway, system, role, organisation);
  }
}
