package jp.kazashi.consent.pages;

import static java.util.Objects.requireNonNull;

import io.quarkus.qute.RawString;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import jp.kazashi.consent.ConsentQuestion;
import jp.kazashi.consent.ConsentReply;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.PatientInput;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.VisitBoard;
import jp.kazashi.consent.VisitBoard.Shown;
import jp.kazashi.consent.VisitBoard.Subscription;

/**
 * The patient's pages: one page whose screen the board decides. It knows the kiosk and nothing of
 * the desk.
 */
public final class KioskPages {

  private final VisitBoard board;
  private final Premises premises;
  private final Doorkeeper doorkeeper;
  private final Templates templates = new Templates();
  private final Map<Language, Words> words = new EnumMap<>(Language.class);

  public KioskPages(VisitBoard board, Premises premises, SecureRandom random) {
    this.board = board;
    this.premises = premises;
    this.doorkeeper = new Doorkeeper("kazashi-kiosk", premises.hosts(), random);
    for (Language language : Language.values()) {
      words.put(language, Words.of("kiosk", language));
    }
  }

  /** The pages as routes. */
  public Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(doorkeeper::admit);
    router.get("/").handler(this::page);
    router.get("/screen").handler(visit -> EventStream.open(vertx, visit, this::follow));
    StaticFiles.mount(router, "tokens.css", "kiosk.css", "kiosk.js", "mark.svg");
    router.post("/say/:screen/pin").handler(this::pin);
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
    Subscription subscription = board.subscribe(now -> push(stream, last.getAndSet(now), now));
    stream.send("screen", () -> screen(board.shown()));
    return subscription;
  }

  /** A call for staff changes one line only: the digits typed so far and the focus stay. */
  private void push(EventStream stream, Shown before, Shown now) {
    if (before.screen() == now.screen() && before.language() == now.language()) {
      stream.send("call", () -> wordsOf(now).say(now.staffCalled() ? "staffCalled" : "staffIdle"));
    } else {
      stream.send("screen", () -> screen(now));
    }
  }

  private String screen(Shown shown) {
    Drawing drawing = draw(shown.view(), shown.language());
    Map<String, Object> data = frame(shown);
    data.putAll(drawing.data());
    return templates.render("kiosk/" + drawing.template(), data);
  }

  private static Drawing draw(ScreenView view, Language language) {
    return switch (view) {
      case ScreenView.PutCard put -> new Drawing("put-card", Map.of());
      case ScreenView.ChooseMethod choose -> new Drawing("choose-method", Map.of());
      case ScreenView.EnterPin enter -> new Drawing("enter-pin", Map.of());
      case ScreenView.Working working -> new Drawing("working", Map.of());
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
              "done",
              Map.of("notices", done.notices().stream().map(one -> one.in(language)).toList()));
      case ScreenView.Ended ended ->
          new Drawing("ended", Map.of("sentence", ended.sentence().in(language)));
      case ScreenView.TakeCard take -> new Drawing("take-card", Map.of());
      case ScreenView.OutOfService out -> new Drawing("out-of-service", Map.of());
    };
  }

  private Map<String, Object> frame(Shown shown) {
    Map<String, Object> data = new HashMap<>();
    data.put("w", wordsOf(shown));
    data.put("language", shown.language());
    data.put("languages", List.of(Language.values()));
    data.put("premises", premises);
    data.put("shown", shown);
    data.put("view", shown.view());
    data.put("canGoBack", shown.view() instanceof ScreenView.AskConsent ask && ask.canGoBack());
    data.put("patience", shown.patience().map(Duration::toSeconds).orElse(0L));
    data.put("steps", steps(shown.view()));
    return data;
  }

  private Words wordsOf(Shown shown) {
    return requireNonNull(words.get(shown.language()));
  }

  private static List<StepMark> steps(ScreenView view) {
    return view.station()
        .map(here -> Stream.of(ScreenView.Station.values()).map(s -> StepMark.of(s, here)).toList())
        .orElse(List.of());
  }

  private void pin(RoutingContext visit) {
    visit
        .request()
        .body()
        .onSuccess(body -> visit.response().setStatusCode(takePin(visit, body)).end())
        .onFailure(visit::fail);
  }

  /** The digits come as bytes, are never a String, and leave no copy in the buffer they came in. */
  private int takePin(RoutingContext visit, Buffer body) {
    byte[] digits = body.getBytes();
    body.setBytes(0, new byte[body.length()]);
    Optional<Long> screen = number(visit.pathParam("screen"));
    if (screen.isEmpty() || digits.length != PatientInput.Pin.LENGTH) {
      Arrays.fill(digits, (byte) 0);
      return 400;
    }
    try {
      return status(board.accept(screen.get(), new PatientInput.Pin(digits)));
    } catch (IllegalArgumentException notDigits) {
      return 400;
    }
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
