package jp.kazashi.simulator.world;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.JpkiAddresses;
import jp.kazashi.simulator.terminal.VirtualReaders;

/** The parts of a whole world and how each is started. */
final class Cast {
  private final WorldSettings settings;
  private final WorldKeys keys;
  private final Tether tether;
  private volatile String appUrl;
  private volatile String ownerUrl;
  private volatile String redisUrl;
  private volatile Optional<EmbeddedPostgres> postgres = Optional.empty();
  private final int people;
  private final AtomicBoolean deckIsCurrent = new AtomicBoolean();

  /**
   * @param people how many the database is to hold
   */
  Cast(WorldSettings settings, WorldKeys keys, Tether tether, int people) {
    this.people = people;
    this.settings = settings;
    this.keys = keys;
    this.tether = tether;
    appUrl = settings.databaseUrl().orElse("");
    ownerUrl = settings.databaseOwnerUrl().orElse(appUrl);
    redisUrl = settings.redisUrl().orElse("");
  }

  /** Those of one inner list start side by side. */
  List<List<Part>> stages() {
    List<Part> first = new ArrayList<>();
    if (settings.databaseUrl().isEmpty()) {
      first.add(new ServerPart("postgres", this::startPostgres));
    }
    if (settings.redisUrl().isEmpty()) {
      first.add(new ServerPart("redis", this::startRedis));
    }
    first.add(simulator());
    List<Part> second = new ArrayList<>(List.of(gateway(), reader(firstTerminal())));
    if (settings.hasSecondTerminal()) {
      second.add(reader(secondTerminal()));
    }
    return List.of(first, second);
  }

  /** Ports that must be free, with their use. */
  static Map<Integer, String> ports(WorldSettings settings) {
    Ports ports = settings.ports();
    Map<Integer, String> wanted =
        new HashMap<>(
            Map.of(
                ports.gateway(), "gateway",
                ports.management(), "gateway management",
                ports.kiosk(), "kiosk",
                ports.desk(), "desk",
                ports.control(), "simulator and deck page",
                ports.revocation(), "OCSP, CRL, time stamps and holder directory"));
    if (settings.hasSecondTerminal()) {
      wanted.put(ports.secondKiosk(), "second kiosk");
      wanted.put(ports.secondDesk(), "second desk");
    }
    if (settings.databaseUrl().isEmpty()) {
      wanted.put(ports.postgres(), "PostgreSQL");
    }
    if (settings.redisUrl().isEmpty()) {
      wanted.put(ports.redis(), "Redis");
    }
    return wanted;
  }

  Map<String, String> addresses() {
    Ports ports = settings.ports();
    Map<String, String> addresses =
        new HashMap<>(
            Map.of(
                "gateway", "https://127.0.0.1:" + ports.gateway(),
                "management", Ports.http(ports.management()),
                "kiosk", Ports.http(ports.kiosk()),
                "desk", Ports.http(ports.desk()),
                "simulator", Ports.http(ports.control()),
                "deck", Ports.http(ports.control()) + "/",
                "revocation", Ports.http(ports.revocation())));
    JpkiAddresses jpki = new JpkiAddresses(ports.ocsp());
    addresses.put("ocsp", jpki.ocsp().toString());
    addresses.put("tsa", jpki.timeStamps().toString());
    addresses.put("directory", jpki.directory().toString());
    addresses.put("postgres", ownerUrl);
    addresses.put("redis", redisUrl);
    if (settings.hasSecondTerminal()) {
      addresses.put("kiosk-2", Ports.http(ports.secondKiosk()));
      addresses.put("desk-2", Ports.http(ports.secondDesk()));
    }
    return addresses;
  }

  private Part.Running startPostgres() {
    EmbeddedPostgres server =
        EmbeddedPostgres.start(
            new EmbeddedPrograms(settings.home().programs()),
            settings.home().postgres(),
            settings.ports().postgres(),
            EmbeddedPostgres.Size.of(people),
            settings.home().log("postgres"),
            tether);
    postgres = Optional.of(server);
    appUrl = server.appUrl();
    ownerUrl = server.ownerUrl();
    return ServerPart.running(server);
  }

  /** The database of this world, unless it is somebody else's. */
  Optional<EmbeddedPostgres> postgres() {
    return postgres;
  }

  private Part.Running startRedis() {
    EmbeddedRedis server =
        EmbeddedRedis.start(
            new EmbeddedPrograms(settings.home().programs()),
            settings.home().redis(),
            settings.ports().redis(),
            settings.home().log("redis"),
            tether);
    redisUrl = server.url();
    return ServerPart.running(server);
  }

  private Part simulator() {
    return java(
        "simulator",
        jar("simulator"),
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SimulatorMain.class.getName()),
        () ->
            Map.of(
                "KAZASHI_HOME",
                settings.home().folder().toString(),
                "KAZASHI_PORT",
                Integer.toString(settings.ports().base()),
                "KAZASHI_CONTROL_TOKEN",
                keys.control(),
                WorldSettings.TERMINALS,
                Integer.toString(settings.terminals()),
                WorldSettings.FACES,
                settings.faces().map(Path::toString).orElse(""),
                // Stories are made true again by an "up", never because the simulator died.
                "KAZASHI_DECK",
                deckIsCurrent.getAndSet(true) ? "keep" : "renew"),
        URI.create(Ports.http(settings.ports().control()) + "/health"));
  }

  private Part gateway() {
    Path application = settings.root().resolve("gateway-service/target/quarkus-app");
    Path program = application.resolve("quarkus-run.jar");
    if (!Files.exists(program)) {
      throw notBuilt(application);
    }
    return new JavaPart(
        "gateway",
        List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-jar", program.toString()),
        this::gatewayEnvironment,
        URI.create(Ports.http(settings.ports().management()) + "/q/health/ready"),
        settings.home().folder(),
        settings.home().log("gateway"),
        tether,
        Optional.of(new AotCache(program)));
  }

  private Map<String, String> gatewayEnvironment() {
    Ports ports = settings.ports();
    Map<String, String> environment = new HashMap<>(simulated());
    environment.put("KAZASHI_GATEWAY_PORT", Integer.toString(ports.gateway()));
    environment.put("KAZASHI_GATEWAY_MANAGEMENT_PORT", Integer.toString(ports.management()));
    environment.put("KAZASHI_DB_URL", appUrl);
    environment.put("KAZASHI_DB_OWNER_URL", ownerUrl);
    environment.put("KAZASHI_REDIS_URL", redisUrl);
    environment.put("KAZASHI_TLS_CERTIFICATE", keys.serverCertificate().toString());
    environment.put("KAZASHI_TLS_KEY", keys.serverKey().toString());
    environment.put("KAZASHI_TLS_CLIENT_CA", keys.trust().certificate());
    environment.put("KAZASHI_TLS_CLIENT_CRL", keys.clientRevocations().toString());
    environment.put("KAZASHI_JPKI_AUTH_ANCHORS", settings.home().jpkiAnchors().toString());
    JpkiAddresses jpki = new JpkiAddresses(ports.ocsp());
    environment.put("KAZASHI_OCSP_URL", jpki.ocsp().toString());
    environment.put(
        "KAZASHI_CRL_URLS",
        Issuer.trusted(Issuer.Use.AUTHENTICATION).stream()
            .map(issuer -> jpki.crl(issuer).toString())
            .collect(Collectors.joining(",")));
    environment.put("KAZASHI_TSA_URL", jpki.timeStamps().toString());
    environment.put("KAZASHI_TSA_ANCHOR", settings.home().timeStampAnchor().toString());
    environment.put("KAZASHI_DIRECTORY_URL", jpki.directory().toString());
    environment.put("KAZASHI_CHALLENGE_SECRET", keys.challengeSecret());
    // One terminal and one clinic stand for the whole nation when this world is measured.
    environment.put("KAZASHI_LIMIT_TERMINAL", "10000000");
    environment.put("KAZASHI_LIMIT_INSTITUTION", "10000000");
    environment.put("KAZASHI_NODE_ID", "node-1");
    return environment;
  }

  /** What is a terminal's own. */
  private record Place(
      String part,
      String cardReader,
      String phoneReader,
      int kiosk,
      int desk,
      WorldFile.KeyStoreFiles reader,
      WorldFile.KeyStoreFiles viewer) {}

  private Place firstTerminal() {
    Ports ports = settings.ports();
    return new Place(
        "reader",
        VirtualReaders.KIOSK,
        VirtualReaders.PHONE,
        ports.kiosk(),
        ports.desk(),
        key("READER"),
        key("VIEWER"));
  }

  private Place secondTerminal() {
    Ports ports = settings.ports();
    return new Place(
        "reader-2",
        VirtualReaders.SECOND_KIOSK,
        VirtualReaders.SECOND_PHONE,
        ports.secondKiosk(),
        ports.secondDesk(),
        keys.second().reader(),
        keys.second().viewer());
  }

  private Part reader(Place place) {
    Path jar = jar("reader-client");
    return java(
        place.part(),
        jar,
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            // Nothing of a face reaches a disk when it breaks.
            "-XX:-CreateCoredumpOnCrash",
            "-XX:-HeapDumpOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            jar.toString()),
        () -> readerEnvironment(place),
        URI.create(Ports.http(place.kiosk()) + "/health"));
  }

  private Map<String, String> readerEnvironment(Place place) {
    Ports ports = settings.ports();
    Map<String, String> environment = new HashMap<>(simulated());
    environment.put("KAZASHI_GATEWAY_URL", "https://127.0.0.1:" + ports.gateway());
    environment.put("KAZASHI_GATEWAY_CA", keys.trust().certificate());
    environment.put("KAZASHI_READER_KEYSTORE", place.reader().pkcs12());
    environment.put("KAZASHI_READER_PASSWORD", place.reader().password());
    environment.put("KAZASHI_VIEWER_KEYSTORE", place.viewer().pkcs12());
    environment.put("KAZASHI_VIEWER_PASSWORD", place.viewer().password());
    environment.put("KAZASHI_KIOSK_PORT", Integer.toString(place.kiosk()));
    environment.put("KAZASHI_DESK_PORT", Integer.toString(place.desk()));
    // Whatever this machine's own terminal is told: a world stays on loopback.
    environment.put("KAZASHI_DESK_ADDRESS", "127.0.0.1");
    environment.put("KAZASHI_DESK_KEYSTORE", "");
    environment.put("KAZASHI_DESK_PASSWORD", "");
    environment.put("KAZASHI_CARD_READER", place.cardReader());
    environment.put("KAZASHI_PHONE_READER", place.phoneReader());
    environment.put("KAZASHI_INSTITUTION_NAME", "見本クリニック");
    environment.put("KAZASHI_READER_DATA", settings.home().terminal(place.part()).toString());
    environment.put("KAZASHI_CARD_PROVIDER", jar("simulator").toString());
    environment.put("KAZASHI_CONTROL_URL", Ports.http(ports.control()));
    environment.put("KAZASHI_CARD_ISSUERS", settings.home().cardIssuers().toString());
    environment.put("KAZASHI_FACE_MODELS", settings.home().faceModels().toString());
    settings
        .faces()
        .ifPresent(real -> {
          environment.put("KAZASHI_FACE", "real");
          environment.put("KAZASHI_FACE_CAMERA", real.toString());
        });
    return environment;
  }

  private WorldFile.KeyStoreFiles key(String role) {
    return Optional.ofNullable(keys.roles().get(role)).orElseThrow();
  }

  /** What makes a part one of the simulated world, at the world's time of now. */
  private Map<String, String> simulated() {
    return Map.of(
        "KAZASHI_WORLD_SIMULATED", "true",
        "KAZASHI_WORLD_OFFSET_MILLIS",
            Long.toString(WorldClock.offsetMillis(settings.home().clock())),
        "KAZASHI_CONTROL_TOKEN", keys.control());
  }

  private Part java(
      String name,
      Path jar,
      List<String> program,
      Supplier<Map<String, String>> environment,
      URI health) {
    List<String> whole =
        new ArrayList<>(JavaPart.classCache(settings.home().classCache(name), jar));
    whole.addAll(program);
    return new JavaPart(
        name,
        whole,
        environment,
        health,
        settings.home().folder(),
        settings.home().log(name),
        tether,
        Optional.empty());
  }

  private Path jar(String module) {
    Path target = settings.root().resolve(module).resolve("target");
    Path jar = target.resolve(module + ".jar");
    if (!Files.exists(jar)) {
      throw notBuilt(target);
    }
    return jar;
  }

  private static WorldTrouble notBuilt(Path target) {
    return new WorldTrouble(
        "There is no program in "
            + target
            + ": build with ./kazashi up, without KAZASHI_BUILD=never.");
  }
}
