package jp.kazashi.consent.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import jp.kazashi.consent.CameraPreview;
import jp.kazashi.consent.Carrier;
import jp.kazashi.consent.Comfort;
import jp.kazashi.consent.ConsentDialogue;
import jp.kazashi.consent.KioskBoard;
import jp.kazashi.consent.KioskBoard.Heard;
import jp.kazashi.consent.KioskBoard.Sitting;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.PatientInput;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.VisitBoard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kiosk's screens as a patient has them: in a real browser, by finger, keyboard or keypad. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KioskScreensTest {

  private static final Path PICTURES = Path.of("target", "screens");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Keeps what would have been said aloud. */
  private static final String EARS =
      """
      window.heard = [];
      const voice = {lang: "ja-JP", name: "test"};
      Object.defineProperty(window, "speechSynthesis", {value: {
        getVoices: () => [voice], cancel: () => {}, speak: (said) => window.heard.push(said.text)}});
      window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
      """;

  /** What is too small, too close or cut off. */
  private static final String CRAMPED =
      """
      () => {
        const faults = [];
        const shown = [...document.querySelectorAll("button")].filter(b => b.checkVisibility(
          {visibilityProperty: true}));
        for (const b of shown) {
          const box = b.getBoundingClientRect();
          if (box.height < 71.5 || box.width < 71.5)
            faults.push(`small: ${b.textContent.trim()} ${box.width}x${box.height}`);
          if (b.scrollWidth > b.clientWidth + 1) faults.push("cut: " + b.textContent.trim());
          if (!b.closest("main") && (box.left < -0.5 || box.right > innerWidth + 0.5
              || box.top < -0.5 || box.bottom > innerHeight + 0.5))
            faults.push("outside: " + b.textContent.trim());
          for (const c of shown) {
            const other = c.getBoundingClientRect();
            const x = Math.max(box.left - other.right, other.left - box.right);
            const y = Math.max(box.top - other.bottom, other.top - box.bottom);
            if (b !== c && !!b.closest("main") === !!c.closest("main") && Math.max(x, y) < 11.5)
              faults.push(`close: ${b.textContent.trim()} / ${c.textContent.trim()}`);
          }
        }
        const main = document.getElementById("main");
        if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the screen");
        if (main.scrollWidth > main.clientWidth + 1) faults.push("the question is wider");
        if (main.clientHeight < 96) faults.push("the question has " + main.clientHeight);
        return faults;
      }
      """;

  private static final String PLACES =
      """
      () => [".back", ".cancel", ".help", "[data-open=languages]", "[data-open=comforts]"].map(what => {
        const box = document.querySelector(what).getBoundingClientRect();
        return [what, Math.round(box.x), Math.round(box.y)].join(" "); })
      """;

  private final KioskBoard board = new KioskBoard(Language.JA);
  private final StillCamera camera = new StillCamera();
  private final Browser server = Browser.at(vertx -> pages().router(vertx));
  private final List<String> complaints = new ArrayList<>();
  private Chromium chromium;
  private Page page;

  @BeforeAll
  void start() {
    chromium = Chromium.start();
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    server.close();
  }

  @BeforeEach
  void open() {
    page = watched(chromium.page(1080, 1920));
  }

  @AfterEach
  void leave() {
    board.clear(new ScreenView.PutCard());
    page.close();
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyScreenIsFreeOfFaultsOfAccessibility(Language language) throws IOException {
    visit();
    Axe axe = Axe.ofItsJar();
    Map<String, Object> faults = new LinkedHashMap<>();
    Screens.all()
        .forEach((name, view) -> {
          show(language, Set.of(Comfort.KEYS), view);
          assertThat(page.getAttribute("html", "lang")).isEqualTo(language.lang());
          note(faults, language + " " + name, axe.faults(page));
        });
    for (String sheet : List.of("languages", "comforts")) {
      page.click("[data-open=" + sheet + "]");
      note(faults, language + " " + sheet, axe.faults(page));
      page.click("dialog[open] [data-close]");
    }
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"JA", "VI"})
  void comfortsBringNoFaultsOfAccessibility(Language language) throws IOException {
    visit();
    Axe axe = Axe.ofItsJar();
    Map<String, Object> faults = new LinkedHashMap<>();
    Screens.all()
        .forEach((name, view) -> {
          show(language, Set.of(Comfort.CONTRAST, Comfort.LARGE, Comfort.CALM), view);
          note(faults, language + " " + name, axe.faults(page));
        });
    assertThat(faults).isEmpty();
  }

  /** In the languages whose sentences are the longest, and in both kinds of Japanese. */
  @ParameterizedTest
  @EnumSource(names = {"JA", "JA_EASY", "VI", "PT_BR"})
  void buttonsAreLargeApartAndAlwaysInTheSamePlaceOnEveryKindOfScreen(Language language) {
    visit();
    Map<String, Object> faults = new LinkedHashMap<>();
    for (int[] size : new int[][] {{800, 480}, {600, 1024}, {1080, 1920}}) {
      page.setViewportSize(size[0], size[1]);
      for (Set<Comfort> comforts : List.of(Set.of(Comfort.KEYS), Set.of(Comfort.LARGE))) {
        Map<String, Object> places = new LinkedHashMap<>();
        for (Map.Entry<String, ScreenView> one : Screens.all().entrySet()) {
          show(language, comforts, one.getValue());
          String where = size[0] + "x" + size[1] + " " + comforts + " " + one.getKey();
          note(faults, where, (Collection<?>) page.evaluate(CRAMPED));
          places.put(one.getKey(), page.evaluate(PLACES));
        }
        if (Set.copyOf(places.values()).size() > 1) {
          faults.put(size[0] + "x" + size[1] + " " + comforts + " places", places);
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyScreenIsPictured() {
    page.setViewportSize(1080, 1440);
    visit();
    Screens.all().forEach((name, view) -> picture(Language.JA, name, view, Set.of()));
    for (Language language : Language.values()) {
      picture(language, "consent", Screens.named("consent"), Set.of());
      picture(language, "enter-pin", Screens.PIN, Set.of(Comfort.KEYS));
    }
    picture(Language.JA, "contrast", Screens.named("consent"), Set.of(Comfort.CONTRAST));
    picture(Language.JA, "large", Screens.named("consent"), Set.of(Comfort.LARGE));
    page.click("[data-open=languages]");
    shoot("languages");
    page.setViewportSize(800, 480);
    picture(Language.JA, "small-consent", Screens.named("consent"), Set.of());
    picture(Language.JA, "small-pin", Screens.PIN, Set.of());
  }

  @Test
  void keysLoseNothingWhenTheirConnectionBreaks() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    page.routeWebSocket(
        "**/keys/**",
        line -> {
          if (connections.incrementAndGet() == 1) {
            line.close();
          } else {
            line.connectToServer();
          }
        });
    visit();
    CompletableFuture<Heard> heard = CompletableFuture.supplyAsync(this::askForThePin);
    for (String digit : List.of("1", "2", "3", "4")) {
      page.locator("[data-digit='" + digit + "']").click();
    }
    page.locator("[data-send]").click();

    PatientInput.Pin pin = (PatientInput.Pin) ((Heard.Said) heard.get(30, SECONDS)).reply();
    assertThat(pin.take()).isEqualTo("1234".getBytes(StandardCharsets.US_ASCII));
    assertThat(connections).hasValueGreaterThan(1);
  }

  /** As it happens when a screen changes while the page begins to listen. */
  @Test
  void screenToldTwiceLeavesTheFocusWhereItIs() {
    page.addInitScript(
        """
        const once = EventSource.prototype.addEventListener;
        EventSource.prototype.addEventListener = function (kind, told) {
          once.call(this, kind, event => { told(event); told(event); });
        };
        """);
    visit();
    CompletableFuture<Set<MedicalCategory>> _ = patient();

    assertThat(page.locator(".choices")).isVisible();
    assertThat(page.locator("h1")).isFocused();
  }

  @Test
  void wholeVisitByKeyboardAlone() {
    visit();
    CompletableFuture<Set<MedicalCategory>> granted = patient();

    assertThat(page.locator(".choices")).isVisible();
    assertThat(page.locator("h1")).isFocused();
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.locator("[data-pin]")).isVisible();
    page.keyboard().type("12");
    assertThat(page.locator(".dots .typed")).hasCount(2);
    page.keyboard().press("Backspace");
    assertThat(page.locator(".dots .typed")).hasCount(1);
    page.keyboard().press("Enter");
    assertThat(page.locator(".pin-short")).containsText("４つ");
    page.keyboard().type("234");
    page.keyboard().press("Enter");
    assertThat(page.locator(".categories li")).hasCount(3);
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.locator(".categories li")).hasCount(1);
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");

    assertThat(page.locator(".shared li")).hasCount(3);
    assertThat(granted.join())
        .containsExactlyInAnyOrder(
            MedicalCategory.MEDICATION, MedicalCategory.CHECKUP, MedicalCategory.CARE);
  }

  @Test
  void wholeVisitByNumberPadAlone() {
    visit();
    press("/");
    assertThat(page.locator("#languages")).isVisible();
    press("3");
    assertThat(page.locator("h1")).hasText("Place your My Number card");
    CompletableFuture<Set<MedicalCategory>> granted = patient();

    assertThat(page.locator(".choices")).isVisible();
    press("2");
    assertThat(page.locator("[data-pin]")).isVisible();
    press("1", "2", "3", "4", "Enter");
    assertThat(page.locator(".categories li")).hasCount(3);
    press("3");
    assertThat(page.locator(".categories li")).hasCount(1);
    press("1");
    assertThat(page.locator("h1")).containsText("checkups");
    press(".");
    assertThat(page.locator("h1")).containsText("Medication");
    press("1");
    assertThat(page.locator("h1")).containsText("checkups");
    press("2");
    assertThat(page.locator("h1")).containsText("Care");
    press("2");
    assertThat(page.locator("h1")).containsText("Surgery");
    press("*");
    assertThat(page.locator("#call")).containsText("Staff have been called");
    press("2");

    assertThat(page.locator(".shared li")).hasCount(1);
    assertThat(granted.join()).containsExactly(MedicalCategory.MEDICATION);
  }

  @Test
  void numberKeysChooseNothingWhereTheyAreSwitchedOff() {
    visit();
    show(Language.JA, Set.of(), Screens.named("consent"));
    long screen = board.shown().screen();

    press("1", "2", "*");
    page.click(".help");

    assertThat(page.locator("#call")).containsText("呼びました");
    assertThat(board.shown().screen()).isEqualTo(screen);
  }

  @Test
  void removalAtEveryScreenWipesIt() {
    visit();
    List<String> times = new ArrayList<>();
    Screens.all()
        .forEach((name, view) -> {
          Sitting sitting = board.sit();
          sitting.show(view);
          await(board.shown());
          if (view instanceof ScreenView.EnterPin) {
            press("1", "2");
            assertThat(page.locator(".dots .typed")).hasCount(2);
          }
          long start = System.nanoTime();
          sitting.leave();
          await(board.shown());
          times.add(name + " " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
          assertThat(page.locator(".picture .card")).hasCount(1);
          assertThat(board.shown().typed()).isZero();
          assertThat(page.locator(".dots, .shared, .preview")).hasCount(0);
        });
    System.out.println("Kiosk: wiped after removal: " + times);
  }

  @Test
  void languageAndComfortsEndWithThePatient() {
    visit();
    page.click("[data-open=comforts]");
    page.click("[data-say='comfort/contrast']");
    assertThat(page.locator("[data-say='comfort/contrast']")).hasAttribute("aria-pressed", "true");
    assertThat(page.locator("[data-say='comfort/contrast']")).isFocused();
    page.click("[data-say='comfort/large']");
    assertThat(page.locator("html")).hasAttribute("data-comforts", "contrast large keys");
    page.click("dialog[open] [data-close]");
    page.click("[data-open=languages]");
    page.click("[data-say='language/pt-BR']");
    assertThat(page.locator("html")).hasAttribute("lang", "pt-BR");
    Sitting patient = board.sit();
    patient.show(Screens.PIN);
    assertThat(page.locator("h1")).hasText("Digite a senha");

    patient.leave();

    assertThat(page.locator("html")).hasAttribute("lang", "ja");
    assertThat(page.locator("html")).hasAttribute("data-comforts", "keys");
  }

  @Test
  void whoChangesTheLanguageKeepsTheDigits() {
    visit();
    board.sit().show(Screens.PIN);
    assertThat(page.locator("[data-pin]")).isVisible();
    press("1", "2", "3");
    assertThat(page.locator(".dots .typed")).hasCount(3);

    board.accept(0, new PatientInput.Speak(Language.VI));

    assertThat(page.locator("h1")).hasText("Hãy nhập mã PIN");
    assertThat(page.locator(".dots .typed")).hasCount(3);
    press("4");
    assertThat(page.locator(".dots .typed")).hasCount(4);
  }

  @Test
  void moreTimeIsOfferedBeforeTheScreenGoesAndCanBeTaken() {
    page.clock().install();
    visit();
    Thread.ofVirtual().start(this::askForThePin);
    assertThat(page.locator("[data-pin]")).isVisible();
    assertThat(page.locator(".hurry")).isHidden();

    page.clock().fastForward(PATIENCE.minusSeconds(20).toMillis());

    assertThat(page.locator(".hurry")).isVisible();
    assertThat(page.locator(".hurry button")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator(".hurry")).isHidden();
    assertThat(page.locator("h1")).isFocused();
    page.clock().fastForward(PATIENCE.minusSeconds(20).toMillis());
    assertThat(page.locator(".hurry")).isVisible();
  }

  @Test
  void whatTakesLongIsSaidToTakeLong() {
    page.clock().install();
    visit();
    board.sit().show(Screens.named("working"));
    assertThat(page.locator("[data-working]")).isVisible();
    assertThat(page.locator("#slow")).isHidden();

    page.clock().fastForward(8_000);

    assertThat(page.locator("#slow")).containsText("時間がかかっています");
  }

  @Test
  void everyScreenIsReadAloudWhereThatIsWantedAndADigitNever() {
    page.addInitScript(EARS);
    visit();
    assertThat(page.locator("[data-again]")).isHidden();
    page.click("[data-open=comforts]");
    page.click("[data-say='comfort/voice']");
    page.waitForCondition(() -> said().contains("マイナンバーカードを置いてください"));
    page.click("dialog[open] [data-close]");

    board.sit().show(Screens.PIN);
    page.waitForCondition(() -> said().contains("あと 3 回入力できます"));
    press("7", "9");
    page.waitForCondition(() -> said().contains("2 桁入力しました"));
    board.sit().show(Screens.named("ended"));
    page.waitForCondition(() -> said().contains("くわしい内容は画面に出ています"));

    assertThat(said()).doesNotContain("7", "9", "失効");
    page.click("[data-again]");
  }

  @Test
  void nothingMovesWhereThatIsNotWanted() {
    visit();
    assertThat(animation()).isEqualTo("put");

    board.accept(0, new PatientInput.Turn(Comfort.CALM));
    assertThat(page.locator("html")).hasAttribute("data-comforts", "calm keys");
    assertThat(animation()).isEqualTo("none");

    board.accept(0, new PatientInput.Turn(Comfort.CALM));
    assertThat(page.locator("html")).hasAttribute("data-comforts", "keys");
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    assertThat(animation()).isEqualTo("none");
  }

  @Test
  void patientSeesThemselvesWithGuidanceWhileFacesAreCompared() {
    visit();
    board.sit().show(Screens.named("face"));

    page.waitForFunction("() => document.querySelector('.preview')?.naturalWidth > 0");
    assertThat(page.locator(".scripted")).containsText("模擬環境");
    assertThat(page.locator("#guide")).containsText("枠の中");
    camera.say(CameraPreview.Guidance.COME_CLOSER);
    assertThat(page.locator("#guide")).containsText("もう少し近づいて");
  }

  @Test
  void patientWithAPhoneIsNotToldToTakeACard() {
    visit();
    Sitting patient = board.sit(Carrier.PHONE);
    patient.show(Screens.named("phone"));
    assertThat(page.locator("#main")).containsText("スマートフォンをかざしたまま");
    patient.show(Screens.named("done"));
    assertThat(page.locator("#main")).containsText("スマートフォンをしまって");
    assertThat(page.locator("#main")).not().containsText("カードを取って");
  }

  @Test
  void withoutTheTerminalTheScreenIsWipedAndComesBackByItself() {
    Browser mortal = Browser.at(vertx -> pages().router(vertx));
    board.sit().show(Screens.named("ended"));
    page.navigate("http://127.0.0.1:" + mortal.port() + "/");
    assertThat(page.locator("#main")).containsText("失効");
    complaints.clear();

    mortal.close();

    assertThat(page.locator("h1")).hasText("しばらくお待ちください");
    assertThat(page.locator("#main")).not().containsText("失効");
    complaints.removeIf(one -> one.contains("ERR_CONNECTION") || one.contains("ERR_INCOMPLETE"));
  }

  @Test
  void speedsArePrinted() {
    long start = System.nanoTime();
    visit();
    System.out.printf(
        "Kiosk: usable after %d ms; first page %s bytes%n",
        Duration.ofNanos(System.nanoTime() - start).toMillis(),
        page.evaluate(
            "() => performance.getEntriesByType('resource')"
                + ".concat(performance.getEntriesByType('navigation'))"
                + ".reduce((sum, one) => sum + (one.encodedBodySize || 0), 0)"));
    List<Long> millis = new ArrayList<>();
    for (int turn = 0; turn < 20; turn++) {
      ScreenView view = turn % 2 == 0 ? Screens.PIN : Screens.named("consent");
      page.evaluate(
          "() => { window.change = new Promise(done => new MutationObserver(() => done(Date.now()))"
              + ".observe(document.getElementById('kiosk'), {childList: true})); }");
      long before = System.currentTimeMillis();
      board.sit().show(view);
      millis.add(((Number) page.evaluate("() => window.change")).longValue() - before);
    }
    System.out.println(
        "Kiosk: screen after a change of state, ms: " + millis.stream().sorted().toList());
    assertThat(millis).hasSize(20);
  }

  // ---------------------------------------------------------------- a patient's walk

  /** Method, PIN, consent: as a visit asks them. */
  private CompletableFuture<Set<MedicalCategory>> patient() {
    CompletableFuture<Set<MedicalCategory>> granted = new CompletableFuture<>();
    Sitting sitting = board.sit();
    Thread.ofVirtual()
        .start(() -> {
          try {
            granted.complete(walk(sitting));
          } catch (InterruptedException | RuntimeException broken) {
            granted.completeExceptionally(broken);
          }
        });
    return granted;
  }

  private static Set<MedicalCategory> walk(Sitting sitting) throws InterruptedException {
    Heard chosen =
        sitting.ask(
            new ScreenView.ChooseMethod(EnumSet.of(ProofMethod.FACE, ProofMethod.PIN)), PATIENCE);
    assertThat(chosen).isEqualTo(new Heard.Said(new PatientInput.Choose(ProofMethod.PIN)));
    PatientInput.Pin pin =
        (PatientInput.Pin) ((Heard.Said) sitting.ask(Screens.PIN, PATIENCE)).reply();
    assertThat(pin.take()).isEqualTo("1234".getBytes(StandardCharsets.US_ASCII));
    ConsentDialogue dialogue = ConsentDialogue.about(EnumSet.allOf(MedicalCategory.class));
    while (dialogue.question().isPresent()) {
      Heard heard =
          sitting.ask(
              new ScreenView.AskConsent(dialogue.question().get(), dialogue.canGoBack()), PATIENCE);
      dialogue = dialogue.answered(((PatientInput.Answer) ((Heard.Said) heard).reply()).reply());
    }
    sitting.show(new ScreenView.Done(List.of(), dialogue.granted().stream().sorted().toList()));
    return dialogue.granted();
  }

  private Heard askForThePin() {
    try {
      return board.sit().ask(Screens.PIN, PATIENCE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Heard.Gone();
    }
  }

  // ---------------------------------------------------------------- the page

  private KioskPages pages() {
    return new KioskPages(
        board,
        new Premises("かざし内科クリニック", "kiosk-1", true, Premises.LOOPBACK),
        new KioskSetup(true, KioskSetup.Loudness.LOUDSPEAKER, Optional.of(camera)),
        new SecureRandom());
  }

  private void visit() {
    page.navigate("http://127.0.0.1:" + server.port() + "/");
    await(board.shown());
  }

  /** Notes what a browser would complain of, and anything that is fetched from elsewhere. */
  private Page watched(Page opened) {
    complaints.clear();
    opened.onPageError(complaints::add);
    opened.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text());
      }
    });
    opened.onRequest(request -> {
      if (!request.url().startsWith("http://127.0.0.1:")) {
        complaints.add("fetched from elsewhere: " + request.url());
      }
    });
    return opened;
  }

  private void show(Language language, Set<Comfort> comforts, ScreenView view) {
    Sitting sitting = board.sit();
    board.accept(0, new PatientInput.Speak(language));
    for (Comfort comfort : Comfort.values()) {
      if (board.shown().patient().comforts().contains(comfort) != comforts.contains(comfort)) {
        board.accept(0, new PatientInput.Turn(comfort));
      }
    }
    sitting.show(view);
    await(board.shown());
  }

  private void await(VisitBoard.Shown shown) {
    page.waitForFunction(
        "([screen, tongue]) => { const f = document.querySelector('.frame');"
            + " return f?.dataset.screen === screen && f.dataset.tongue === tongue; }",
        List.of(String.valueOf(shown.screen()), shown.language().tag()),
        new Page.WaitForFunctionOptions().setPollingInterval(5));
  }

  private static void note(Map<String, Object> faults, String where, Collection<?> found) {
    if (!found.isEmpty()) {
      faults.put(where, found);
    }
  }

  private void picture(Language language, String name, ScreenView view, Set<Comfort> comforts) {
    show(language, comforts, view);
    shoot(name + (language == Language.JA ? "" : "." + language.tag()));
  }

  private void shoot(String name) {
    page.mouse().move(1, 1); // nothing is to look chosen
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
  }

  private void press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }

  private String said() {
    return String.valueOf(page.evaluate("() => window.heard.join(' ')"));
  }

  private String animation() {
    Locator card = page.locator(".picture .card");
    return String.valueOf(card.evaluate("card => getComputedStyle(card).animationName"));
  }
}
