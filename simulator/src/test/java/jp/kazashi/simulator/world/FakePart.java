package jp.kazashi.simulator.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * As little of a gateway or a reader as the supervisor and the simulator can tell from a real one:
 * health, clock, and for the gateway intake and staff behind mutual TLS.
 */
final class FakePart {
  private FakePart() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, String> environment = System.getenv();
    Thread.setDefaultUncaughtExceptionHandler((thread, mistake) -> {
      mistake.printStackTrace();
      Runtime.getRuntime().halt(1);
    });
    if (Boolean.parseBoolean(environment.get("FAKE_GATEWAY_IS_ILL"))
        && environment.containsKey("KAZASHI_GATEWAY_PORT")) {
      System.out.println("no database");
      System.exit(3);
    }
    System.out.println("offset=" + environment.get("KAZASHI_WORLD_OFFSET_MILLIS"));
    if (environment.containsKey("KAZASHI_GATEWAY_PORT")) {
      intake(environment);
      plain(number(environment, "KAZASHI_GATEWAY_MANAGEMENT_PORT"));
    } else {
      plain(number(environment, "KAZASHI_KIOSK_PORT"));
      plain(number(environment, "KAZASHI_DESK_PORT"));
    }
    if ("true".equals(environment.get("KAZASHI_TIED"))) {
      System.in.transferTo(OutputStream.nullOutputStream());
      Runtime.getRuntime().halt(0);
    }
  }

  private static void plain(int port) throws IOException {
    HttpServer server = HttpServer.create(loopback(port), 0);
    server.createContext("/", exchange -> answer(exchange, 200, "{}"));
    server.createContext("/world/clock", exchange -> answer(exchange, 204, ""));
    server.start();
  }

  private static void intake(Map<String, String> environment) throws Exception {
    SSLContext identity = identity(environment);
    HttpsServer server =
        HttpsServer.create(loopback(number(environment, "KAZASHI_GATEWAY_PORT")), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(identity) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = identity.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext(
        "/v1/intake/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          System.out.println("intake=" + exchange.getRequestURI() + " " + body.strip());
          answer(
              exchange,
              200,
              "{\"accepted\":%d,\"duplicates\":0,\"rejected\":[]}".formatted(body.lines().count()));
        });
    server.createContext("/v1/staff", exchange -> answer(exchange, 201, "{}"));
    server.start();
  }

  private static SSLContext identity(Map<String, String> environment) throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, new char[0]);
    own.setKeyEntry(
        "server",
        key(path(environment, "KAZASHI_TLS_KEY")),
        new char[0],
        certificates(path(environment, "KAZASHI_TLS_CERTIFICATE")).toArray(Certificate[]::new));
    KeyStore clients = KeyStore.getInstance("PKCS12");
    clients.load(null, new char[0]);
    for (Certificate authority : certificates(path(environment, "KAZASHI_TLS_CLIENT_CA"))) {
      clients.setCertificateEntry("authority", authority);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, new char[0]);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(clients);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static Collection<? extends Certificate> certificates(Path pem) throws Exception {
    try (FileInputStream in = new FileInputStream(pem.toFile())) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  private static PrivateKey key(Path pem) throws Exception {
    String text = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
    PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text));
    try {
      return KeyFactory.getInstance("EC").generatePrivate(key);
    } catch (InvalidKeySpecException other) {
      return KeyFactory.getInstance("RSA").generatePrivate(key);
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }

  private static int number(Map<String, String> environment, String name) {
    return Integer.parseInt(String.valueOf(environment.get(name)));
  }

  private static Path path(Map<String, String> environment, String name) {
    return Path.of(String.valueOf(environment.get(name)));
  }
}
