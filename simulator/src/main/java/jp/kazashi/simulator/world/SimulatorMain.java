package jp.kazashi.simulator.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.population.Feed;
import jp.kazashi.simulator.population.PopulationLoad;
import jp.kazashi.simulator.terminal.VirtualReaders;

/** The simulator: everything outside the product that a visit needs. One process of a world. */
public final class SimulatorMain {
  private static final Duration CLOCK_PATIENCE = Duration.ofSeconds(30);

  private final WorldSettings settings;
  private final String token;
  private final boolean renew;
  private final InstantSource real;

  private SimulatorMain(WorldSettings settings, String token, boolean renew, InstantSource real) {
    this.settings = settings;
    this.token = token;
    this.renew = renew;
    this.real = real;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> environment = System.getenv();
    leaveWithInput(environment);
    try {
      String token =
          Optional.ofNullable(environment.get("KAZASHI_CONTROL_TOKEN"))
              .orElseThrow(() ->
                  new WorldTrouble(
                      "KAZASHI_CONTROL_TOKEN is missing: the simulator is started by ./kazashi"
                          + " up."));
      new SimulatorMain(
              WorldSettings.of(environment),
              token,
              "renew".equals(environment.get("KAZASHI_DECK")),
              InstantSource.system())
          .start();
    } catch (WorldTrouble trouble) {
      System.err.println("kazashi: " + trouble.line());
      System.exit(1);
    }
  }

  private void start() throws Exception {
    WorldHome home = settings.home();
    Ports ports = settings.ports();
    WorldClock clock = new WorldClock(real, home.clock());
    SecureRandom random = new SecureRandom();
    SimulatedJpki jpki = jpki(home, clock.instant(), ports.ocsp(), random);
    WorldKeys keys = WorldKeys.of(home.keys(), WorldRun.INSTITUTION, real.instant());
    Path terminals = Path.of(keys.trust().certificate());
    Deck deck = Deck.open(jpki, home.cards(), terminals, clock.instant(), renew, random);
    settings.faces().ifPresent(deck::carry);
    VirtualReaders readers = new VirtualReaders();
    if (settings.hasSecondTerminal()) {
      readers.openSecondTerminal();
    }
    FeedLine payers =
        new FeedLine(
            URI.create("https://127.0.0.1:" + ports.gateway()),
            number -> keys.payerIdentity(number, real.instant()));
    ClockKeeper keeper =
        new ClockKeeper(
            clock, new ClockPush(clocks(settings), token, CLOCK_PATIENCE, System::nanoTime));
    Vertx vertx = Vertx.vertx(frugal());
    ControlServer control =
        new ControlServer(
            vertx,
            token,
            keeper,
            new CardTable(deck),
            readers,
            () -> told(home.worldFile()),
            () -> feed(deck, payers));
    JpkiServer server = JpkiServer.of(vertx, home, jpki, clock, random);
    keeper.also(server::republish);
    control.also(
        new JpkiRoutes(
                vertx, jpki, server, new JpkiCounter(jpki, deck, clock), () -> feed(deck, payers))
            ::addTo);
    control.also(
        new PopulationControl(
                home.population(),
                clock,
                (delivery, batch) -> send(payers, delivery, batch),
                new PopulationCards(jpki, home.cards(), readers, random))
            ::addTo);
    await(server.listen(ports.revocation()));
    await(control.listen(ports.control()));
    SimulatorLog.event(
        "ready", Map.of("control", ports.control(), "revocation", ports.revocation()));
    Thread.ofVirtual().start(jpki::appointResponders);
    if (!renew) {
      Thread.ofVirtual().start(keeper::repeat);
    }
  }

  /** Who is told the world's time. */
  private static Map<String, URI> clocks(WorldSettings settings) {
    Ports ports = settings.ports();
    Map<String, URI> clocks = new LinkedHashMap<>();
    clocks.put("gateway", URI.create(Ports.http(ports.management()) + "/world/clock"));
    clocks.put("reader", URI.create(Ports.http(ports.kiosk()) + "/world/clock"));
    if (settings.hasSecondTerminal()) {
      clocks.put("reader-2", URI.create(Ports.http(ports.secondKiosk()) + "/world/clock"));
    }
    return clocks;
  }

  /** A few small servers that send no files. */
  static VertxOptions frugal() {
    return new VertxOptions()
        .setEventLoopPoolSize(2)
        .setWorkerPoolSize(8)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }

  /** One that a world of this time has outlived is made anew; its cards follow. */
  private SimulatedJpki jpki(WorldHome home, Instant now, URI ocsp, SecureRandom random)
      throws IOException {
    SimulatedJpki jpki = SimulatedJpki.open(home.jpki(), now, ocsp, random);
    if (!renew || Deck.canBeMinted(jpki, now)) {
      return jpki;
    }
    EmbeddedPrograms.delete(home.jpki());
    EmbeddedPrograms.delete(home.cards());
    return SimulatedJpki.open(home.jpki(), now, ocsp, random);
  }

  private static Map<String, Object> feed(Deck deck, FeedLine payers)
      throws IOException, InterruptedException {
    FeedLine.Report report = FeedLine.Report.nothing();
    for (DeckFeed.Batch batch : new DeckFeed(deck).batches()) {
      report =
          report.plus(
              payers.send(
                  batch.from().number(),
                  batch.to(),
                  batch.id(),
                  BodyPublishers.ofString(batch.ndjson())));
    }
    SimulatorLog.event(
        "fed",
        Map.of(
            "accepted", report.accepted(),
            "duplicates", report.duplicates(),
            "rejected", report.rejectedLines()));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("accepted", report.accepted());
    answer.put("duplicates", report.duplicates());
    answer.put("rejected", report.rejected());
    answer.put("minted", deck.minted());
    return answer;
  }

  private static PopulationLoad.Taken send(FeedLine payers, Feed.Delivery delivery, String batch)
      throws IOException, InterruptedException {
    FeedLine.Report report =
        payers.send(
            delivery.from().number(),
            delivery.to(),
            batch,
            BodyPublishers.ofByteArray(delivery.lines().bytes(), 0, delivery.lines().length()));
    return new PopulationLoad.Taken(
        report.accepted(),
        report.duplicates(),
        report.rejectedLines(),
        report.rejected().stream().findFirst());
  }

  private static JsonNode told(Path worldFile) {
    try {
      return Json.tree(Files.readString(worldFile));
    } catch (IOException notThereYet) {
      return MissingNode.getInstance();
    }
  }

  private static <T> T await(io.vertx.core.Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new WorldTrouble(
          "The simulator cannot listen: " + String.valueOf(failed.getCause()), failed);
    }
  }

  /** Started by a supervisor, it ends when the supervisor does. */
  private static void leaveWithInput(Map<String, String> environment) {
    if (!"true".equals(environment.get("KAZASHI_TIED"))) {
      return;
    }
    Thread.ofPlatform()
        .name("kazashi-tied")
        .daemon()
        .start(() -> {
          try {
            System.in.transferTo(OutputStream.nullOutputStream());
          } catch (IOException cut) {
            // The same as its end.
          }
          Runtime.getRuntime().halt(0);
        });
  }
}
