package jp.kazashi.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import jp.kazashi.simulator.crl.CrlPublisher;
import jp.kazashi.simulator.directory.DirectoryLie;
import jp.kazashi.simulator.directory.DirectoryRoute;
import jp.kazashi.simulator.ocsp.OcspLiar;
import jp.kazashi.simulator.ocsp.OcspLie;
import jp.kazashi.simulator.ocsp.OcspResponder;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.pki.TimeStampAuthority;
import jp.kazashi.simulator.pki.TransportCa;
import jp.kazashi.simulator.tsa.TimeStamper;
import jp.kazashi.simulator.tsa.TsaLie;
import jp.kazashi.simulator.wire.Manners;
import jp.kazashi.simulator.world.EmbeddedPostgres;
import jp.kazashi.simulator.world.EmbeddedRedis;

/** What a gateway needs around it, all of it real: PostgreSQL, Redis, a responder, keys. */
@SuppressWarnings("NullAway.Init") // the lifecycle sets the fields
public final class GatewayWorld implements QuarkusTestResourceLifecycleManager {
  static final String CLINIC = "1312345670";

  /** Of tests that use a limit up. */
  static final String BUSY_CLINIC = "1312345688";

  static final String OTHER_CLINIC = "2712345679";
  static final String INSURER = "01130012";
  static final String CONTROL = "a-control-token-of-the-tests";

  private final SecureRandom random = new SecureRandom();
  private final AtomicBoolean responderUp = new AtomicBoolean(true);
  private final AtomicBoolean stampsAreGiven = new AtomicBoolean(true);
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile CountDownLatch asked = new CountDownLatch(0);
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
  private final InstantSource real = InstantSource.system();
  private EmbeddedPostgres postgres;
  private EmbeddedRedis redis;
  private Foreign foreign;
  private OcspResponder responder;
  private CrlPublisher lists;
  private OcspLiar liar;
  private TimeStamper stamper;
  private Vertx vertx;
  private final Manners<DirectoryLie> directory = new Manners<>(DirectoryLie.choices());
  private Path anchorOfStamps;
  private SimulatedJpki jpki;
  private TransportCa transport;
  private Path served;

  @Override
  public Map<String, String> start() {
    try {
      return startAll(Files.createTempDirectory("kazashi-gateway"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> startAll(Path folder) throws IOException {
    postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
    redis = EmbeddedRedis.start(folder.resolve("redis"), 0);
    foreign = new Foreign();
    URI address = foreign.address();
    jpki = SimulatedJpki.open(folder.resolve("jpki"), real.instant(), address, random);
    responder = new OcspResponder(jpki);
    liar = new OcspLiar(responder, jpki, random);
    lists = new CrlPublisher(jpki, folder.resolve("crl-number"));
    TimeStampAuthority authority =
        TimeStampAuthority.open(folder.resolve("tsa"), real.instant(), random);
    stamper = new TimeStamper(authority, random);
    foreign.honestly(this::answer);
    anchorOfStamps = authority.anchor();
    transport = TransportCa.open(folder.resolve("keys"), real.instant(), random);
    served = folder.resolve("served");
    serveAsUsual();
    return settings(address);
  }

  /** Puts this server key, and these authorities with their lists, where the gateway looks. */
  void serve(TransportCa.KeyFiles server, TransportCa... authorities) throws IOException {
    Files.createDirectories(served);
    StringBuilder trusted = new StringBuilder();
    StringBuilder lists = new StringBuilder();
    for (TransportCa authority : authorities) {
      trusted.append(Files.readString(authority.trust().certificate()));
      lists.append(Files.readString(authority.revocations(real.instant())));
    }
    replace("server.pem", Files.readString(server.certificate()));
    replace("server.key.pem", Files.readString(server.key()));
    replace("clients.crl.pem", lists.toString());
    replace("clients.pem", trusted.toString());
  }

  /** Whole or not at all, as an operator would. */
  void replace(String file, String text) throws IOException {
    Path aside = Files.writeString(served.resolve(file + ".part"), text);
    Files.move(aside, served.resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }

  /** As it was at the beginning. */
  void serveAsUsual() throws IOException {
    serve(transport.server("gateway", real.instant()), transport);
  }

  /** What a node says of itself when it uses what is served now. */
  String servedDigest() {
    return sha256(
        sha256(text("server.pem"), text("server.key.pem"), text("clients.pem")),
        text("clients.crl.pem"));
  }

  private String text(String file) {
    try {
      return Files.readString(served.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String... texts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String text : texts) {
        digest.update((text + "\0").getBytes(StandardCharsets.ISO_8859_1));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  Path served() {
    return served;
  }

  /** Another authority, as when one follows on another. */
  TransportCa otherAuthority() throws IOException {
    return TransportCa.open(served.resolveSibling("other-keys"), real.instant(), random);
  }

  String redisUrl() {
    return redis.url();
  }

  private Map<String, String> settings(URI address) throws IOException {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    Map<String, String> settings = new HashMap<>();
    settings.put("kazashi.db.url", postgres.appUrl());
    settings.put("kazashi.db.owner-url", postgres.ownerUrl());
    settings.put("kazashi.redis.url", redis.url());
    settings.put("kazashi.tls.certificate", served.resolve("server.pem").toString());
    settings.put("kazashi.tls.key", served.resolve("server.key.pem").toString());
    settings.put("kazashi.tls.client-ca", served.resolve("clients.pem").toString());
    settings.put("kazashi.tls.client-crl", served.resolve("clients.crl.pem").toString());
    settings.put("kazashi.tls.reload", "PT0.2S");
    settings.put("kazashi.limit.terminal", "1500");
    settings.put("kazashi.limit.institution", "1000000");
    settings.put("kazashi.limit.failed-lookups", "200");
    settings.put("kazashi.jpki-auth-anchors", jpki.anchors().toString());
    settings.put("kazashi.ocsp-url", address.toString());
    settings.put("kazashi.directory-url", openDirectory());
    settings.put("kazashi.ocsp-memory", "PT0.001S");
    // For those who want lists to be kept warm.
    settings.put(
        "lists-of-the-tests",
        Issuer.trusted(Issuer.Use.AUTHENTICATION).stream()
            .map(issuer -> jpki.addresses().crl(issuer).toString())
            .collect(Collectors.joining(",")));
    settings.put("kazashi.tsa-url", address.resolve("/tsa").toString());
    settings.put("kazashi.tsa-anchor", anchorOfStamps.toString());
    settings.put("kazashi.seal-every", "PT0.5S");
    // Streams of events that a test left open are not waited for.
    settings.put("kazashi.gateway.shutdown", "PT1S");
    settings.put("kazashi.retention-every", "PT1S");
    settings.put("kazashi.challenge-secret", Base64.getEncoder().encodeToString(secret));
    settings.put("kazashi.world-simulated", "true");
    settings.put("kazashi.control-token", CONTROL);
    // Into CollectedSpans, soon; a node that is started as a process has none and sends nothing.
    settings.put("kazashi.traces.off", "false");
    settings.put("quarkus.otel.bsp.schedule.delay", "PT0.2S");
    return settings;
  }

  /** The next questions wait until this is counted down; {@link #asked} tells that one came. */
  CountDownLatch holdTheResponder() {
    CountDownLatch gate = new CountDownLatch(1);
    asked = new CountDownLatch(1);
    held = gate;
    return gate;
  }

  CountDownLatch asked() {
    return asked;
  }

  private ResponseDefinitionBuilder answer(String path, byte[] question) {
    if (path.equals("/tsa")) {
      return stampsAreGiven.get()
          ? told("application/timestamp-reply", stamper.respond(question, worldNow()))
          : aResponse().withStatus(503);
    }
    return path.startsWith("/crl/") ? list(path) : aboutRevocation(question);
  }

  /** As of now: a list is never older than what it is asked for. */
  private ResponseDefinitionBuilder list(String path) {
    String name = path.replaceFirst("^/crl/(.*)\\.crl$", "$1");
    return told(
        "application/pkix-crl",
        lists.current(Issuer.named(name).orElseThrow(), worldNow()).orElseThrow().full());
  }

  private ResponseDefinitionBuilder aboutRevocation(byte[] question) {
    asked.countDown();
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return responderUp.get()
        ? told("application/ocsp-response", honestAnswer(question))
        : aResponse().withStatus(503);
  }

  private static ResponseDefinitionBuilder told(String type, byte[] body) {
    return aResponse().withHeader("Content-Type", type).withBody(body);
  }

  void stampsAreGiven(boolean given) {
    stampsAreGiven.set(given);
  }

  /** The address of the holder directory. */
  private String openDirectory() {
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    new DirectoryRoute(vertx, jpki, directory).mount(router);
    int port =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
    return "http://127.0.0.1:" + port + "/directory/holders";
  }

  /** Who answers about revocations at "/" and stamps at "/tsa". */
  Foreign foreign() {
    return foreign;
  }

  void everybodyIsHonest() {
    foreign.isHonest();
  }

  byte[] lie(byte[] question, OcspLie lie) {
    return liar.respond(question, worldNow(), lie);
  }

  byte[] lie(byte[] question, TsaLie lie) {
    return stamper.respond(question, worldNow(), lie);
  }

  byte[] honestAnswer(byte[] question) {
    return responder.respond(question, worldNow());
  }

  /** As the simulator's control names it: honest, http-error, malformed and others. */
  void directoryBehaves(String behaviour) {
    directory.tell(behaviour, Optional.empty(), OptionalInt.empty());
  }

  SimulatedJpki jpki() {
    return jpki;
  }

  TransportCa transport() {
    return transport;
  }

  SecureRandom random() {
    return random;
  }

  Instant realNow() {
    return real.instant();
  }

  Instant worldNow() {
    return real.instant().plus(offset.get());
  }

  /** What the simulator does besides telling the gateway. */
  void moveTo(Duration newOffset) {
    offset.set(newOffset);
  }

  void responderIsUp(boolean up) {
    responderUp.set(up);
  }

  String ownerUrl() {
    return postgres.ownerUrl();
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(GatewayWorld.class));
  }

  @Override
  public void stop() {
    if (vertx != null) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
    if (foreign != null) {
      foreign.close();
    }
    if (redis != null) {
      redis.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }
}
