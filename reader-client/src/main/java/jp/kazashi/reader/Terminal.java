package jp.kazashi.reader;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import jp.kazashi.consent.Comfort;
import jp.kazashi.consent.KioskBoard;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.PatientInput;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.VisitBoard;
import jp.kazashi.consent.pages.DeskPages;
import jp.kazashi.consent.pages.KioskPages;
import jp.kazashi.consent.pages.KioskSetup;
import jp.kazashi.consent.pages.Premises;
import jp.kazashi.reader.ReaderSettings.KeyFile;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.pcsc.PcscReaders;
import jp.kazashi.reader.desk.ArrivalList;
import jp.kazashi.reader.desk.DeskLink;
import jp.kazashi.reader.desk.FailureMode;
import jp.kazashi.reader.desk.Reception;
import jp.kazashi.reader.desk.StaffDesk;
import jp.kazashi.reader.desk.StaffLogin;
import jp.kazashi.reader.face.Camera;
import jp.kazashi.reader.face.ChildDecoder;
import jp.kazashi.reader.face.FaceAtTerminal;
import jp.kazashi.reader.face.FaceMatcher;
import jp.kazashi.reader.face.FacePreview;
import jp.kazashi.reader.face.PreparingFaceMatcher;
import jp.kazashi.reader.face.Terms;
import jp.kazashi.reader.face.VideoCamera;
import jp.kazashi.reader.kiosk.Kiosk;
import jp.kazashi.reader.kiosk.Turn;
import jp.kazashi.reader.link.CallLink;
import jp.kazashi.reader.link.GatewayLink;
import jp.kazashi.reader.link.HttpGatewayLink;
import jp.kazashi.reader.link.HttpLine;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.ReconciliationLink;
import jp.kazashi.reader.link.TlsIdentity;
import jp.kazashi.reader.link.WatchedGateway;
import jp.kazashi.reader.link.WireJson;
import jp.kazashi.reader.selftest.SelfTest;
import jp.kazashi.reader.visit.FaceCheck;
import jp.kazashi.reader.visit.Means;
import jp.kazashi.reader.visit.Patient;
import jp.kazashi.reader.visit.StaffPasses;
import jp.kazashi.reader.visit.VisitFlow;
import jp.kazashi.reader.visit.VisitFlow.Equipment;
import jp.kazashi.reader.visit.VisitId;
import jp.kazashi.reader.world.Faces;
import jp.kazashi.reader.world.PersonAtReader;
import jp.kazashi.reader.world.ScriptedFace;
import jp.kazashi.reader.world.ScriptedStaff;
import jp.kazashi.reader.world.SimulatorFaceScan;
import jp.kazashi.reader.world.SimulatorPinlessProfile;
import jp.kazashi.reader.world.WorldClock;
import jp.kazashi.reader.world.WorldRoutes;

/** A terminal, put together: reader, line, kiosk and desk. The one place where parts meet. */
final class Terminal implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final long SECONDS_TO_START = 20;

  private final ReaderSettings settings;
  private final Vertx vertx = Vertx.vertx(frugal());
  private final LocalReasons reasons = LocalReasons.load();
  private final KioskBoard board;
  private final SecureRandom random = new SecureRandom();
  private final ObjectMapper json = WireJson.mapper();
  private final WorldClock clock;
  private final LongSupplier ticks;
  private final StationLog log;
  private final TlsIdentity identity;
  private final GatewayLink gateway;
  private final DeskDoorway doorway;
  private final StaffDesk staffDesk;
  private final Optional<DeskLink> desk;
  private final PcscReaders readers;
  private final ArrivalList arrivals;
  private final Optional<RealFaces> realFaces;
  private final FacePreview preview = new FacePreview();
  private final List<Serving> kiosks;

  Terminal(ReaderSettings settings, InstantSource real, LongSupplier ticks, PrintStream out)
      throws BadSettings {
    this.settings = settings;
    this.board = new KioskBoard(Language.JA, comforts(settings.kioskVoice()));
    this.ticks = ticks;
    Duration offset =
        settings.world().map(ReaderSettings.SimulatedWorld::offset).orElse(Duration.ZERO);
    this.clock = new WorldClock(real, offset);
    this.log = new StationLog(out, clock);
    this.identity = identity(settings, settings.reader());
    GatewayLink direct = new HttpGatewayLink(line(identity));
    Optional<TlsIdentity> viewer = viewer(settings);
    this.doorway = DeskDoorway.of(settings.desk());
    this.readers = readers(settings);
    this.realFaces =
        settings
            .world()
            .flatMap(ReaderSettings.SimulatedWorld::face)
            .map(face -> RealFaces.of(face.terms(), random));
    this.desk = viewer.map(this::line).map(DeskLink::new);
    this.staffDesk = staffDesk(direct, viewer, real);
    this.gateway = new WatchedGateway(direct, staffDesk.failure()::suspect);
    this.arrivals = staffDesk.arrivals();
    CardPort cards = settings.cardReader().map(readers::reader).orElseGet(readers::firstReader);
    Turn turn = new Turn();
    this.kiosks =
        Stream.concat(
                Stream.of(kiosk(cards, Kiosk.Holds.CARDS, turn)),
                settings.phoneReader().stream()
                    .map(phones -> kiosk(readers.reader(phones), Kiosk.Holds.PHONES, turn)))
            .toList();
  }

  /** A kiosk and the thread that serves at it. */
  private record Serving(String reader, Kiosk kiosk, Thread thread) {
    Optional<String> illness() {
      return thread.getState() == Thread.State.TERMINATED
          ? Optional.of("Nobody serves here any more: start this program again.")
          : kiosk.illness();
    }
  }

  /** Two readers are one kiosk: one screen, and one patient at a time. */
  private Serving kiosk(CardPort reader, Kiosk.Holds holds, Turn turn) {
    Kiosk kiosk =
        new Kiosk(
            board,
            reader,
            holds,
            turn,
            equipment(reader.name(), desk.map(link -> staffDesk.sights())),
            log.troublesOf(reader.name()),
            Kiosk.Pace.USUAL);
    return new Serving(
        reader.name(), kiosk, Thread.ofPlatform().name("kiosk-" + reader.name()).unstarted(kiosk));
  }

  private StaffDesk staffDesk(GatewayLink direct, Optional<TlsIdentity> viewer, InstantSource real)
      throws BadSettings {
    Map<String, X509Certificate> certificates = new TreeMap<>();
    certificates.put("READER", identity.certificate());
    viewer.ifPresent(own -> certificates.put("VIEWER", own.certificate()));
    doorway.certificate().ifPresent(own -> certificates.put("DESK", own));
    try {
      return StaffDesk.open(
          new StaffDesk.Place(
              identity.institution(),
              identity.terminal(),
              settings.data(),
              new SelfTest.Equipment(certificates, this::readersNow, cameraPath(), this::facesNow)),
          new StaffDesk.Lines(
              desk, new ReconciliationLink(line(identity)), new CallLink(line(identity)), direct),
          new StaffDesk.Clocks(clock, real, ticks),
          reasons,
          random,
          new KioskSight(board),
          FailureMode.Pace.USUAL);
    } catch (IOException unusable) {
      throw new BadSettings(
          "KAZASHI_READER_DATA: what is kept there cannot be used: " + unusable.getMessage() + ".");
    }
  }

  private SelfTest.Readers readersNow() {
    return new SelfTest.Readers(
        SelfTest.Service.of(readers, settings.world().isPresent()),
        kiosks.stream().map(Serving::reader).toList(),
        illnesses());
  }

  private SelfTest.Faces facesNow() {
    if (realFaces.isEmpty()) {
      return facesAreScripted() ? new SelfTest.Faces.Scripted() : new SelfTest.Faces.NotUsed();
    }
    return switch (realFaces.get().matcher().capability()) {
      case FaceMatcher.Capability.Ready(String model, String calibration) ->
          new SelfTest.Faces.Ready(model, calibration);
      case FaceMatcher.Capability.Preparing _ -> new SelfTest.Faces.Preparing();
      case FaceMatcher.Capability.Unavailable(List<String> remedies) ->
          new SelfTest.Faces.Unavailable(remedies);
    };
  }

  /** Of a numbered camera its device; else the folder that stands for one. */
  private Path cameraPath() {
    String camera =
        settings
            .world()
            .flatMap(ReaderSettings.SimulatedWorld::face)
            .map(ReaderSettings.RealFace::camera)
            .orElse("0");
    return isNumbered(camera) ? Path.of("/dev/video" + camera) : Path.of(camera);
  }

  private static boolean isNumbered(String camera) {
    return camera.matches("[0-9]{1,2}");
  }

  private boolean facesAreScripted() {
    return settings.world().filter(world -> world.face().isEmpty()).isPresent();
  }

  /** The method is chosen for the patient only while the kiosk asks for it. */
  private record KioskSight(KioskBoard board) implements Reception.Sight {

    private static boolean offers(VisitBoard.Shown shown) {
      return shown.view() instanceof ScreenView.ChooseMethod choose
          && choose.offered().contains(ProofMethod.STAFF);
    }

    @Override
    public boolean isOffered() {
      return offers(board.shown());
    }

    @Override
    public void choose() {
      VisitBoard.Shown shown = board.shown();
      if (offers(shown)) {
        VisitBoard.Taken _ =
            board.accept(shown.screen(), new PatientInput.Choose(ProofMethod.STAFF));
      }
    }
  }

  /** A pass that was drawn for somebody who has gone is nobody else's. */
  private void forgetSightsOf(VisitBoard.Shown shown) {
    if (shown.view() instanceof ScreenView.PutCard || shown.view() instanceof ScreenView.Ended) {
      staffDesk.sights().forget();
    }
  }

  /** Opens both screens and begins to serve. */
  void start() throws BadSettings {
    arrivals.listenTo(board);
    board.subscribe(this::forgetSightsOf);
    staffDesk.start();
    int kioskPort =
        listen(
            "KAZASHI_KIOSK_PORT",
            new HttpServerOptions().setHost(LOOPBACK).setPort(settings.kioskPort()),
            kioskRoutes(premises(Premises.LOOPBACK)));
    int deskPort =
        listen("KAZASHI_DESK_PORT", doorway.options(), deskRoutes(premises(doorway.hosts())));
    kiosks.forEach(serving -> serving.thread().start());
    log.write(
        "reader.ready",
        Map.of(
            "terminal", identity.terminal(),
            "kiosk", "http://" + LOOPBACK + ":" + kioskPort + "/",
            "desk", doorway.address(deskPort)));
  }

  private Premises premises(Set<String> hosts) {
    return new Premises(
        institutionName(),
        identity.terminal(),
        settings.world().isPresent(),
        hosts,
        facesAreScripted());
  }

  @Override
  public void close() {
    staffDesk.close();
    kiosks.forEach(serving -> serving.thread().interrupt());
    realFaces.ifPresent(RealFaces::close);
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException closedAnyway) {
      log.write("reader.closed", Map.of("detail", closedAnyway.getClass().getSimpleName()));
    }
  }

  /** The kiosk's server knows nothing of the desk. */
  private Router kioskRoutes(Premises premises) {
    Router router = Router.router(vertx);
    router.get("/health").handler(this::health);
    settings
        .world()
        .ifPresent(world -> router.route("/world/*").subRouter(worldRoutes(world.token())));
    router
        .route("/*")
        .subRouter(new KioskPages(board, premises, kioskSetup(), random).router(vertx));
    return router;
  }

  private KioskSetup kioskSetup() {
    return new KioskSetup(
        settings.phoneReader().isPresent(),
        settings.kioskVoice(),
        realFaces.map(faces -> new KioskCamera(preview)));
  }

  /** Who puts headphones on wants to hear. */
  private static Set<Comfort> comforts(KioskSetup.Loudness voice) {
    return voice == KioskSetup.Loudness.HEADPHONES
        ? Set.of(Comfort.KEYS, Comfort.VOICE)
        : Set.of(Comfort.KEYS);
  }

  private Router deskRoutes(Premises premises) {
    Router router = Router.router(vertx);
    router.get("/health").handler(this::health);
    router
        .route("/*")
        .subRouter(new DeskPages(arrivals, staffDesk.office(), premises, random).router(vertx));
    return router;
  }

  private Router worldRoutes(String token) {
    Faces faces = realFaces.isPresent() ? Faces.REAL : Faces.SCRIPTED;
    return new WorldRoutes(vertx, clock, token, this::carryOut, reasons, faces).router();
  }

  private VisitFlow.Ended carryOut(String reader, Patient patient, Optional<StaffLogin> staff) {
    Optional<StaffPasses> passes = desk.flatMap(link -> staff.map(who -> bySight(link, who)));
    return new VisitFlow(equipment(reader, passes), readers.reader(reader), patient)
        .walk(new VisitId(UUID.randomUUID()));
  }

  private Equipment equipment(String reader, Optional<? extends StaffPasses> staff) {
    return new Equipment(
        gateway,
        reasons,
        arrivals.and(log.of(reader)),
        means(reader, staff),
        clock,
        ticks,
        UUID::randomUUID,
        staffDesk.failure());
  }

  /**
   * In the simulated world a card signs for this terminal, faces are scripted unless asked
   * otherwise, and so is a member of staff who is named.
   */
  private Means means(String reader, Optional<? extends StaffPasses> staff) {
    return settings
        .world()
        .map(world ->
            new Means(
                new SimulatorPinlessProfile(identity.key(), der(identity.certificate())),
                Optional.of(
                    new FaceCheck(
                        new SimulatorFaceScan(world.control(), world.token(), reader),
                        world.cardIssuers(),
                        faces(world, reader))),
                staff.map(passes -> passes)))
        .orElseGet(Means::pinOnly);
  }

  private FaceCheck.Matcher faces(ReaderSettings.SimulatedWorld world, String reader) {
    return realFaces
        .<FaceCheck.Matcher>map(real ->
            new FaceAtTerminal(
                real.matcher(),
                camera(world, reader),
                FaceAtTerminal.Limits.USUAL,
                isKiosk(reader) ? preview : new FacePreview(),
                log.facesAt(reader),
                ticks))
        .orElseGet(() -> new ScriptedFace(ScriptedFace.MATCH));
  }

  private boolean isKiosk(String reader) {
    return settings.cardReader().map(reader::equals).orElse(true);
  }

  /** A number is a camera of this machine; a folder holds the photographs of each card's holder. */
  private Camera.Source camera(ReaderSettings.SimulatedWorld world, String reader) {
    String camera = world.face().orElseThrow().camera();
    return isNumbered(camera)
        ? () -> VideoCamera.number(Integer.parseInt(camera))
        : new PersonAtReader(world.control(), world.token(), reader, Path.of(camera), ticks);
  }

  /** Networks are loaded beside the start: nobody waits for them but who wants a face compared. */
  private record RealFaces(FaceMatcher matcher, ChildDecoder decoder) implements AutoCloseable {
    static RealFaces of(Terms terms, RandomGenerator random) {
      ChildDecoder decoder = new ChildDecoder(terms.libraries());
      return new RealFaces(new PreparingFaceMatcher(() -> terms.matcher(decoder, random)), decoder);
    }

    @Override
    public void close() {
      decoder.close();
    }
  }

  private StaffPasses bySight(DeskLink link, StaffLogin who) {
    return new ScriptedStaff(link, who, identity.terminal());
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException aCertificateThatWasRead) {
      throw new IllegalStateException(aCertificateThatWasRead);
    }
  }

  /** Well is a terminal that serves patients at every reader it has. */
  private void health(RoutingContext call) {
    TerminalHealth health = new TerminalHealth(illnesses());
    call.response()
        .setStatusCode(health.status())
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .end(health.told(json, call.request().remoteAddress()));
  }

  private Map<String, String> illnesses() {
    Map<String, String> ill = new HashMap<>();
    kiosks.forEach(serving -> serving.illness().ifPresent(what -> ill.put(serving.reader(), what)));
    return ill;
  }

  private int listen(String setting, HttpServerOptions where, Router router) throws BadSettings {
    try {
      HttpServer server =
          vertx
              .createHttpServer(where)
              .requestHandler(router)
              .listen()
              .toCompletionStage()
              .toCompletableFuture()
              .get(SECONDS_TO_START, TimeUnit.SECONDS);
      return server.actualPort();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new BadSettings("Stopped while starting.");
    } catch (ExecutionException | TimeoutException taken) {
      throw new BadSettings(
          "Port "
              + where.getPort()
              + " of "
              + where.getHost()
              + " cannot be opened. Stop what uses it, or set "
              + setting
              + ".");
    }
  }

  private String institutionName() {
    return settings
        .institutionName()
        .orElse(settings.world().isPresent() ? "かざし内科クリニック" : identity.institution());
  }

  private static Optional<TlsIdentity> viewer(ReaderSettings settings) throws BadSettings {
    return settings.viewer().isEmpty()
        ? Optional.empty()
        : Optional.of(identity(settings, settings.viewer().get()));
  }

  private HttpLine line(TlsIdentity identity) {
    return new HttpLine(settings.gateway(), identity, HttpLine.Patience.USUAL, reasons);
  }

  private static TlsIdentity identity(ReaderSettings settings, KeyFile key) throws BadSettings {
    try {
      return TlsIdentity.read(
          key.file(), key.password().toCharArray(), settings.gatewayAuthorities());
    } catch (IOException | GeneralSecurityException unusable) {
      throw new BadSettings(
          "The key store "
              + key.file()
              + " or the authorities "
              + settings.gatewayAuthorities()
              + " cannot be used: "
              + unusable.getMessage()
              + ".");
    }
  }

  private static PcscReaders readers(ReaderSettings settings) throws BadSettings {
    try {
      return settings
          .world()
          .map(w -> PcscReaders.virtual(w.cardProvider(), w.control(), w.token()))
          .orElseGet(PcscReaders::system);
    } catch (IllegalArgumentException unusable) {
      throw new BadSettings("KAZASHI_CARD_PROVIDER: " + unusable.getMessage());
    }
  }

  /** Two small servers need few threads and no files. */
  private static VertxOptions frugal() {
    return new VertxOptions()
        .setEventLoopPoolSize(2)
        .setWorkerPoolSize(2)
        .setInternalBlockingPoolSize(2)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }
}
