package jp.kazashi.consent.pages;

import static java.util.Objects.requireNonNull;

import io.quarkus.qute.RawString;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kazashi.consent.Carrier;
import jp.kazashi.consent.Comfort;
import jp.kazashi.consent.ConsentQuestion;
import jp.kazashi.consent.ConsentReply;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.PadKey;
import jp.kazashi.consent.PatientInput;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.VisitBoard;
import jp.kazashi.consent.VisitBoard.Shown;
import jp.kazashi.consent.VisitBoard.Subscription;
import jp.kazashi.consent.pages.KioskSetup.Loudness;

/**
 * The patient's pages: one page whose screen the board decides. It knows the kiosk and nothing of
 * the desk.
 */
public final class KioskPages {

  private final VisitBoard board;
  private final Premises premises;
  private final KioskSetup setup;
  private final Doorkeeper doorkeeper;
  private final Templates templates = new Templates();
  private final Map<Language, Tongue> tongues = new EnumMap<>(Language.class);
  private final PreviewStream preview;
  private final Speaker speaker;

  public KioskPages(VisitBoard board, Premises premises, SecureRandom random) {
    this(board, premises, KioskSetup.PLAIN, random);
  }

  public KioskPages(VisitBoard board, Premises premises, KioskSetup setup, SecureRandom random) {
    this.board = board;
    this.premises = premises;
    this.setup = setup;
    this.doorkeeper = new Doorkeeper("kazashi-kiosk", premises.hosts(), random);
    this.preview = new PreviewStream(board, setup.camera());
    this.speaker = Speaker.ofThisMachine();
    for (Language language : Language.values()) {
      tongues.put(language, Tongue.of(language, setup));
    }
  }

  /**
   * All that is said in one language.
   *
   * @param narrator for the browser
   * @param reader for the voice of this machine
   */
  private record Tongue(Words words, Tellings tellings, Narrator narrator, Narrator reader) {
    static Tongue of(Language language, KioskSetup setup) {
      Words words = Words.of("kiosk", language);
      Tellings tellings = Tellings.in(language);
      Narrator narrator = Narrator.of(words, tellings, setup);
      return new Tongue(
          words,
          tellings,
          narrator,
          Speaker.needsKana(language) ? Narrator.inKana(language, setup) : narrator);
    }
  }

  /** The pages as routes. */
  public Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(doorkeeper::admit);
    router.get("/").handler(this::page);
    router.get("/screen").handler(visit -> EventStream.open(vertx, visit, this::follow));
    StaticFiles.mount(router, "tokens.css", "kiosk.css", "kiosk.js", "mark.svg");
    router.get("/camera").handler(visit -> preview.serve(vertx, visit));
    router.get("/keys/:screen").handler(this::keys);
    router.get("/speech").handler(visit -> speak(vertx, visit));
    router.post("/say/:screen/:what").handler(visit -> say(visit, visit.pathParam("what")));
    router
        .post("/say/:screen/:what/:which")
        .handler(visit -> say(visit, visit.pathParam("what"), visit.pathParam("which")));
    return router;
  }

  private void page(RoutingContext visit) {
    Shown shown = board.shown();
    Map<String, Object> data = frame(shown);
    data.put("token", doorkeeper.token(visit));
    data.put("screen", new RawString(screen(shown)));
    visit
        .response()
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .end(templates.render("kiosk/page", data));
  }

  private Subscription follow(EventStream stream) {
    AtomicReference<Shown> last = new AtomicReference<>(board.shown());
    Subscription screens = board.subscribe(now -> push(stream, last.getAndSet(now), now));
    Optional<Subscription> guidance =
        setup
            .camera()
            .map(camera ->
                camera.guide(
                    what -> stream.send("guide", () -> wordsOf(board.shown()).say("face" + what))));
    stream.send("screen", () -> screen(board.shown()));
    return () -> {
      screens.close();
      guidance.ifPresent(Subscription::close);
    };
  }

  /** A typed digit and a call for staff change one line only: the focus stays where it is. */
  private void push(EventStream stream, Shown before, Shown now) {
    if (before.screen() != now.screen() || !before.patient().equals(now.patient())) {
      stream.send("screen", () -> screen(now));
    } else if (before.typed() != now.typed()) {
      stream.send("typed", () -> String.valueOf(now.typed()));
    } else {
      stream.send("call", () -> wordsOf(now).say(now.staffCalled() ? "staffCalled" : "staffIdle"));
    }
  }

  private String screen(Shown shown) {
    Drawing drawing = draw(shown);
    Map<String, Object> data = frame(shown);
    data.putAll(drawing.data());
    return templates.render("kiosk/" + drawing.template(), data);
  }

  private Drawing draw(Shown shown) {
    Tellings tellings = tongueOf(shown).tellings();
    return switch (shown.view()) {
      case ScreenView.PutCard put -> new Drawing("put-card", Map.of());
      case ScreenView.ChooseMethod choose -> new Drawing("choose-method", Map.of());
      case ScreenView.EnterPin enter -> new Drawing("enter-pin", Map.of());
      case ScreenView.Working working -> working(working.step());
      case ScreenView.AskRegistration ask -> new Drawing("ask-registration", Map.of());
      case ScreenView.AskConsent ask ->
          new Drawing(
              "ask-consent",
              Map.of(
                  "together",
                  ask.question() instanceof ConsentQuestion.Together,
                  "categories",
                  ask.question().categories()));
      case ScreenView.Done done ->
          new Drawing(
              "done", Map.of("notices", done.notices().stream().map(tellings::of).toList()));
      case ScreenView.Ended ended -> new Drawing("ended", Map.of("why", tellings.of(ended.why())));
      case ScreenView.TakeCard take -> new Drawing("take-card", Map.of());
      case ScreenView.OutOfService out -> new Drawing("out-of-service", Map.of());
    };
  }

  /** Only where a face is compared there is something to see. */
  private Drawing working(ScreenView.Working.Step step) {
    boolean face = step == ScreenView.Working.Step.CHECKING_FACE;
    return new Drawing(
        "working",
        Map.of(
            "face",
            face,
            "preview",
            face && setup.camera().isPresent(),
            "onPhone",
            step == ScreenView.Working.Step.CONFIRMING_ON_PHONE));
  }

  private Map<String, Object> frame(Shown shown) {
    Map<String, Object> data = new HashMap<>();
    data.put("w", wordsOf(shown));
    data.put("language", shown.language());
    data.put("languages", List.of(Language.values()));
    data.put("premises", premises);
    data.put("shown", shown);
    data.put("view", shown.view());
    data.put("phone", shown.patient().carrier() == Carrier.PHONE);
    data.put("phonesToo", setup.phones());
    data.put("back", back(shown.view()));
    data.put("comforts", comforts());
    data.put("comfortsOn", comfortsOn(shown));
    data.put("speaks", setup.loudness() != Loudness.OFF);
    data.put("speech", tongueOf(shown).narrator().narrate(shown));
    data.put("speaker", speaker.isThere());
    data.put("patience", shown.patience().map(Duration::toSeconds).orElse(0L));
    data.put("steps", steps(shown.view()));
    return data;
  }

  /** What the button that goes back says; empty where there is no way back. */
  private static String back(ScreenView view) {
    return switch (view) {
      case ScreenView.AskConsent ask when ask.canGoBack() -> "consent/back";
      case ScreenView.EnterPin enter when enter.canGoBack() -> "back";
      default -> "";
    };
  }

  private List<Comfort> comforts() {
    return Stream.of(Comfort.values())
        .filter(one -> one != Comfort.VOICE || setup.loudness() != Loudness.OFF)
        .toList();
  }

  private static String comfortsOn(Shown shown) {
    return shown.patient().comforts().stream()
        .sorted()
        .map(Comfort::word)
        .collect(Collectors.joining(" "));
  }

  private Words wordsOf(Shown shown) {
    return tongueOf(shown).words();
  }

  private Tongue tongueOf(Shown shown) {
    return requireNonNull(tongues.get(shown.language()));
  }

  private static List<StepMark> steps(ScreenView view) {
    return view.station()
        .map(here -> Stream.of(ScreenView.Station.values()).map(s -> StepMark.of(s, here)).toList())
        .orElse(List.of());
  }

  /** What is on the screen, said by this machine: for browsers that have no voice for it. */
  private void speak(Vertx vertx, RoutingContext visit) {
    Shown shown = board.shown();
    if (setup.loudness() == Loudness.OFF || !speaker.isThere()) {
      Doorkeeper.turnAway(visit, 404, "This machine has no voice");
      return;
    }
    String text = tongueOf(shown).reader().narrate(shown);
    vertx
        .executeBlocking(() -> Buffer.buffer(speaker.say(shown.language(), text)), false)
        .onSuccess(sound -> visit.response().putHeader("Content-Type", "audio/wav").end(sound))
        .onFailure(visit::fail);
  }

  /** Each key of the PIN pad comes as a frame of one byte; the answer is what became of it. */
  private void keys(RoutingContext visit) {
    Optional<Long> screen = number(visit.pathParam("screen"));
    if (screen.isEmpty() || !doorkeeper.socketFromOurPage(visit)) {
      Doorkeeper.turnAway(visit, 403, "This did not come from our own page");
    } else {
      visit
          .request()
          .toWebSocket()
          .onSuccess(socket -> listen(socket, screen.get()))
          .onFailure(visit::fail);
    }
  }

  private void listen(ServerWebSocket socket, long screen) {
    socket.textMessageHandler(text -> closeAsNonsense(socket));
    socket.binaryMessageHandler(frame -> {
      Optional<PadKey> key = frame.length() == 1 ? PadKey.of(frame.getByte(0)) : Optional.empty();
      // The digit leaves no copy in the buffer it came in.
      frame.setBytes(0, new byte[frame.length()]);
      if (key.isEmpty()) {
        closeAsNonsense(socket);
      } else {
        byte became = board.accept(screen, key.get()).code();
        socket.writeBinaryMessage(Buffer.buffer(new byte[] {became}));
      }
    });
  }

  private static void closeAsNonsense(ServerWebSocket socket) {
    socket.close((short) 1003, "A key is one byte");
  }

  private void say(RoutingContext visit, String... said) {
    Optional<Long> screen = number(visit.pathParam("screen"));
    Optional<PatientInput> input = read(said);
    int status =
        screen.isEmpty() || input.isEmpty() ? 400 : status(board.accept(screen.get(), input.get()));
    visit.response().setStatusCode(status).end();
  }

  private static Optional<PatientInput> read(String... said) {
    String which = said.length > 1 ? said[1] : "";
    return switch (said[0]) {
      case "comfort" -> constant(Comfort.class, which).map(PatientInput.Turn::new);
      case "back" -> Optional.of(new PatientInput.Back());
      case "method" -> constant(ProofMethod.class, which).map(PatientInput.Choose::new);
      case "consent" -> constant(ConsentReply.class, which).map(PatientInput.Answer::new);
      case "language" -> Language.tagged(which).map(PatientInput.Speak::new);
      case "cancel" -> Optional.of(new PatientInput.Cancel());
      case "staff" -> Optional.of(new PatientInput.CallStaff());
      case "more-time" -> Optional.of(new PatientInput.MoreTime());
      default -> Optional.empty();
    };
  }

  private static <E extends Enum<E>> Optional<E> constant(Class<E> kind, String word) {
    String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
    return Stream.of(kind.getEnumConstants()).filter(one -> one.name().equals(name)).findFirst();
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static int status(VisitBoard.Taken taken) {
    return switch (taken) {
      case TAKEN -> 204;
      case STALE -> 409;
      case NOT_ASKED -> 422;
    };
  }

  /** A template and what it shows besides the frame. */
  record Drawing(String template, Map<String, Object> data) {}

  /** One of the five steps, as the step bar shows it. */
  record StepMark(String key, String state) {
    static StepMark of(ScreenView.Station station, ScreenView.Station here) {
      int order = station.compareTo(here);
      String state = order < 0 ? "past" : order == 0 ? "here" : "ahead";
      return new StepMark("step" + station.name(), state);
    }
  }
}
