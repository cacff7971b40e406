package jp.kazashi.simulator.world;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import jp.kazashi.simulator.pki.Generation;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.pki.TestJpki;
import jp.kazashi.simulator.pki.TimeStampAuthority;
import jp.kazashi.simulator.wire.Choice;
import jp.kazashi.simulator.wire.Manners;

/** A JPKI that answers over HTTP, at a time of the test's choice. */
public final class RunningJpki implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicReference<Instant> now = new AtomicReference<>(TestJpki.NOW);
  private final SimulatedJpki jpki;
  private final TimeStampAuthority stamps;
  private final JpkiServer server;

  private RunningJpki(Path folder, int port) throws Exception {
    jpki = TestJpki.in(folder.resolve("jpki"), URI.create("http://127.0.0.1:" + port + "/ocsp"));
    stamps = TimeStampAuthority.open(folder.resolve("tsa"), TestJpki.NOW, TestJpki.RANDOM);
    server =
        new JpkiServer(
            vertx, jpki, stamps, folder.resolve("crl-number"), this::now, TestJpki.RANDOM);
    server.listen(port).toCompletionStage().toCompletableFuture().get();
  }

  public static RunningJpki in(Path folder) throws Exception {
    return new RunningJpki(folder, freePort());
  }

  public SimulatedJpki jpki() {
    return jpki;
  }

  public TimeStampAuthority stamps() {
    return stamps;
  }

  public JpkiServer server() {
    return server;
  }

  public Instant now() {
    return Objects.requireNonNull(now.get());
  }

  public void setNow(Instant instant) {
    now.set(instant);
  }

  /** A card of today's generation that ends in 2030. */
  public IssuedCertificate card() {
    return jpki.issue(
        Generation.THIRD,
        TestJpki.holder().getPublic(),
        TestJpki.NOW.minusSeconds(86_400),
        TestJpki.LAST_DAY);
  }

  /** All a service can be told, by name. */
  public List<String> choices(String service) {
    return manners(service).choices().stream().map(Choice::name).toList();
  }

  private Manners<?> manners(String service) {
    return Objects.requireNonNull(server.manners().get(service));
  }

  /** Misbehaves with the next answer only. */
  public void once(String service, String behaviour, String with) {
    manners(service)
        .tell(behaviour, Optional.of(with).filter(text -> !text.isEmpty()), OptionalInt.of(1));
  }

  public HttpResponse<byte[]> get(URI address) throws Exception {
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
  }

  public HttpResponse<byte[]> post(URI address, String type, byte[] body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    http.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  // Certificates name the port before it is listened on.
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
