package jp.kazashi.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import jp.kazashi.gateway.adapter.ops.OwnerAddress;
import jp.kazashi.qualification.store.reactive.StoreAtRest;
import org.jspecify.annotations.Nullable;

/** The gateway of the running world, reached with the receipt computer's key. */
final class WorldAccess implements AutoCloseable {
  static final String NO_STORE =
      "The database cannot be read. Start its world (./kazashi up) or set KAZASHI_DB_URL.";

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http;
  private final URI gateway;

  private WorldAccess(HttpClient http, URI gateway) {
    this.http = http;
    this.gateway = gateway;
  }

  /** What the gateway said: an answer, or a problem that is one. */
  record Reply(int status, JsonNode body) {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int OURS = 500;

    boolean isGiven() {
      return status == OK;
    }

    /**
     * A fault is no answer about anybody: the gateway's own trouble, or a question without sense.
     */
    Reply orFault() throws Fault {
      if (status < OURS && status != BAD_REQUEST) {
        return this;
      }
      String step = WorldAccess.nextStep(body).map(said -> " " + said).orElse("");
      throw new Fault(
          body.path("reason").asText("HTTP " + status) + ": " + body.path("title").asText() + step,
          null);
    }
  }

  /** The database, as its owner; of the environment, else of the running world. */
  static StoreAtRest store() throws Fault {
    String told = System.getenv("KAZASHI_DB_OWNER_URL");
    String url = told == null ? System.getenv("KAZASHI_DB_URL") : told;
    String address =
        url == null
            ? read(home().resolve("world.json")).path("addresses").path("postgres").asText()
            : url;
    try {
      OwnerAddress owner = OwnerAddress.of(address);
      return StoreAtRest.open(owner.jdbc(), owner.user(), owner.password());
    } catch (IllegalArgumentException e) {
      throw new Fault(String.valueOf(e.getMessage()), e);
    }
  }

  static Path timeStampAnchor() {
    String told = System.getenv("KAZASHI_TSA_ANCHOR");
    return told == null ? home().resolve("tsa").resolve("tsa-ca.pem") : Path.of(told);
  }

  private static Path home() {
    return Path.of(System.getenv().getOrDefault("KAZASHI_HOME", ".kazashi"));
  }

  static WorldAccess asReceiptComputer() throws Fault {
    Path file = home().resolve("world.json");
    JsonNode world = read(file);
    JsonNode keys = world.path("keyStores").path("RECEIPT");
    try {
      SSLContext tls = SSLContext.getInstance("TLSv1.3");
      tls.init(
          keyManagers(keys).getKeyManagers(), trust(world.path("trust")).getTrustManagers(), null);
      HttpClient http = HttpClient.newBuilder().sslContext(tls).connectTimeout(PATIENCE).build();
      return new WorldAccess(http, URI.create(world.path("addresses").path("gateway").asText()));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new Fault(file + " names keys that cannot be used. Run: ./kazashi up --fresh", e);
    }
  }

  Reply post(String path, JsonNode body) throws Fault {
    return send(
        HttpRequest.newBuilder(gateway.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  Reply get(String path) throws Fault {
    return send(HttpRequest.newBuilder(gateway.resolve(path)).GET());
  }

  private Reply send(HttpRequest.Builder request) throws Fault {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), json.readTree(response.body())).orFault();
    } catch (IOException e) {
      throw new Fault("The gateway does not answer at " + gateway + ". Try: ./kazashi status", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault("Interrupted.", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }

  private static JsonNode read(Path file) throws Fault {
    try {
      return new ObjectMapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new Fault("No world is running here. Start one: ./kazashi up", e);
    }
  }

  private static KeyManagerFactory keyManagers(JsonNode keys)
      throws GeneralSecurityException, IOException {
    char[] password = keys.path("password").asText().toCharArray();
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(load(keys.path("pkcs12").asText(), password), password);
    return factory;
  }

  private static TrustManagerFactory trust(JsonNode trust)
      throws GeneralSecurityException, IOException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(
        load(trust.path("pkcs12").asText(), trust.path("password").asText().toCharArray()));
    return factory;
  }

  private static KeyStore load(String file, char[] password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      store.load(in, password);
    }
    return store;
  }

  /** Something a person can mend; the message says how. */
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    Fault(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  static Optional<String> nextStep(JsonNode body) {
    return Optional.ofNullable(body.path("nextStep").path("ja").textValue());
  }
}
