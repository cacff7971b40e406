package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.pki.TransportCa;
import jp.kazashi.simulator.population.PopulationLoad;
import jp.kazashi.simulator.terminal.VirtualReaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up --people N} between supervisor, simulator and a gateway that takes everything in. */
class PeoplingTest {
  private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
  private static final String TOKEN = "token";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger deliveries = new AtomicInteger();
  private volatile int patience = Integer.MAX_VALUE;
  private StringWriter said = new StringWriter();
  private WorldSettings settings = WorldSettings.of(Map.of());

  @BeforeEach
  void startASimulator() throws Exception {
    int base = EmbeddedPostgres.freePort() - 4;
    settings =
        WorldSettings.of(
            Map.of(
                "KAZASHI_ROOT", folder.toString(),
                "KAZASHI_HOME", folder.resolve("home").toString(),
                "KAZASHI_PORT", Integer.toString(base)));
    WorldHome home = settings.home();
    SecureRandom random = new SecureRandom();
    SimulatedJpki jpki =
        SimulatedJpki.open(home.jpki(), NOW, URI.create("http://127.0.0.1:1/"), random);
    VirtualReaders readers = new VirtualReaders();
    WorldClock clock = new WorldClock(InstantSource.fixed(NOW), home.clock());
    ControlServer control =
        new ControlServer(
            vertx,
            TOKEN,
            new ClockKeeper(
                clock, new ClockPush(Map.of(), TOKEN, Duration.ofSeconds(1), System::nanoTime)),
            new CardTable(
                Deck.open(jpki, home.cards(), terminals(home, random), NOW, true, random)),
            readers,
            ControlServerTest::world,
            Map::of);
    control.also(
        new PopulationControl(
                home.population(),
                clock,
                (delivery, batch) -> {
                  if (deliveries.incrementAndGet() > patience) {
                    throw new IOException("the gateway is away");
                  }
                  return new PopulationLoad.Taken(delivery.lines().count(), 0, 0, Optional.empty());
                },
                new PopulationCards(jpki, home.cards(), readers, random))
            ::addTo);
    control.listen(settings.ports().control()).toCompletionStage().toCompletableFuture().get();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void peopleRecordsAndTheirRateAreToldAndNothingIsLoadedTwice() {
    peopling(1500).load(TOKEN, Optional::empty);
    assertThat(said.toString())
        .containsPattern("1,500 people, \\d\\d,\\d{3} records, [\\d,]+ records/s");
    int sent = deliveries.get();
    said = new StringWriter();
    peopling(1500).load(TOKEN, Optional::empty);
    assertThat(said.toString()).contains("1,500 people are there");
    assertThat(deliveries).hasValue(sent);
    assertThatThrownBy(() -> peopling(1600).load(TOKEN, Optional::empty))
        .isInstanceOf(WorldTrouble.class)
        .hasMessageContaining("has a population of 1500 people");
  }

  @Test
  void whatWasInterruptedSaysTheNextStepAndGoesOn() {
    patience = 12;
    assertThatThrownBy(() -> peopling(3000).load(TOKEN, Optional::empty))
        .isInstanceOf(WorldTrouble.class)
        .hasMessageContaining("the gateway is away")
        .hasMessageContaining("./kazashi up --people 3000");
    patience = Integer.MAX_VALUE;
    peopling(3000).load(TOKEN, Optional::empty);
    assertThat(said.toString()).contains("3,000 people, ");
  }

  @Test
  void theDatabaseIsSavedAndAFreshStartTakesItBack() throws Exception {
    WorldHome home = settings.home();
    Files.createDirectories(home.timeStamps());
    Path sealer = Files.writeString(home.timeStamps().resolve("sealer"), "of this audit");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home.postgres(), 0);
        Connection owner = connect(postgres)) {
      owner.createStatement().execute("CREATE TABLE loaded AS SELECT generate_series(1, 1000) n");
      peopling(1024).load(TOKEN, () -> Optional.of(postgres));
      assertThat(said.toString()).contains("saved for the next fresh start");
      owner.createStatement().execute("DROP TABLE loaded");
    }
    EmbeddedPrograms.delete(home.postgres());
    EmbeddedPrograms.delete(home.population());
    EmbeddedPrograms.delete(home.timeStamps());

    said = new StringWriter();
    peopling(2048).restoreImage();
    assertThat(Files.exists(home.postgres())).isFalse();
    peopling(1024).restoreImage();
    assertThat(said.toString()).contains("taken from its saved image");
    assertThat(sealer).hasContent("of this audit");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home.postgres(), 0);
        Connection owner = connect(postgres);
        ResultSet rows = owner.createStatement().executeQuery("SELECT count(*) FROM loaded")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1000);
      int sent = deliveries.get();
      peopling(1024).load(TOKEN, () -> Optional.of(postgres));
      assertThat(deliveries).hasValue(sent);
    }
  }

  private Peopling peopling(int people) {
    PrintWriter out = new PrintWriter(said, true);
    return new Peopling(
        settings, Optional.of(PeopleWanted.of(people, 1)), new Said(out, out, true));
  }

  private static Connection connect(EmbeddedPostgres postgres) throws Exception {
    URI uri = URI.create(postgres.ownerUrl());
    String[] user = uri.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + postgres.port() + uri.getPath(), user[0], user[1]);
  }

  private static Path terminals(WorldHome home, SecureRandom random) throws Exception {
    return TransportCa.open(home.keys(), NOW, random).trust().certificate();
  }
}
