package jp.kazashi.consent.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.StaffCall;
import jp.kazashi.consent.desk.DemoOffice;
import jp.kazashi.consent.desk.FailureDesk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The desk's pages as staff have them: in a real browser, by mouse or by keyboard, and printed. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeskScreensTest {

  private static final Path PICTURES = Path.of("target", "screens");
  private static final int[] PAPER = {718, 1000}; // A4 within its margins

  private static final List<String> PAGES =
      List.of(
          "/",
          "/look-up",
          "/bookings",
          "/failure",
          "/self-test",
          "/usage",
          "/staff",
          "/looks",
          "/records/check-5",
          "/nowhere");

  /** From where the next Tab leads to the first of all. */
  private static final String TO_THE_BEGINNING =
      """
      () => {
        for (const one of document.querySelectorAll("[data-visited]")) delete one.dataset.visited;
        document.body.tabIndex = -1;
        document.body.focus();
        document.body.removeAttribute("tabindex");
        scrollTo(0, 0);
      }
      """;

  /** Where the focus is, and whether that can be seen. */
  private static final String FOCUS =
      """
      () => {
        const held = document.activeElement;
        if (!held || held === document.body) return null;
        const look = getComputedStyle(held);
        const box = held.getBoundingClientRect();
        const seen = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2
          && box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
          && box.left < innerWidth;
        if (held.dataset.visited && held !== window.before) return null;
        held.dataset.visited = "yes";
        window.before = held;
        return seen ? "" : held.outerHTML.slice(0, 120);
      }
      """;

  /** What a keyboard should have come to and has not. */
  private static final String FORGOTTEN =
      """
      () => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
        .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.dataset.visited)
        .map(one => one.outerHTML.slice(0, 120))
      """;

  /** What is wider than the page, or cut off; a table may be moved within its own frame. */
  private static final String LOST =
      """
      () => {
        const faults = [];
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth > width) faults.push("the page is wider");
        for (const one of document.body.querySelectorAll("*")) {
          if (one.closest("svg, .skip, .symbols") || !one.checkVisibility()) continue;
          if (one.parentElement.closest(".scroll")) continue;
          const box = one.getBoundingClientRect();
          const what = one.tagName + " " + one.className + " " + one.textContent.trim().slice(0, 30);
          if (box.right > width + 1 || box.left < -1) faults.push("outside: " + what);
          const hides = getComputedStyle(one).overflowX !== "visible";
          if (hides && !one.matches(".scroll, input, select") && one.scrollWidth > one.clientWidth + 1)
            faults.push("cut: " + what);
        }
        return faults;
      }
      """;

  /** On paper nothing can be moved: everything has to be there. */
  private static final String OFF_THE_PAPER =
      """
      () => [...document.querySelectorAll("main *")].filter(one => !one.closest("svg *")
          && one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
        .map(one => one.tagName + " " + one.textContent.trim().slice(0, 30))
      """;

  private final DeskInHand board = new DeskInHand();
  private final FailureInHand failure = new FailureInHand();
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
    page = watched(chromium.page(1280, 800));
  }

  @AfterEach
  void leave() {
    page.close();
    board.forgetAll();
    failure.is(FailureInHand.WELL);
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"JA", "EN"})
  void everyPageAndStateIsFreeOfFaultsOfAccessibility(Language language) throws IOException {
    Axe axe = Axe.ofItsJar();
    Map<String, Object> faults = new LinkedHashMap<>();
    everyState(
        language,
        name -> {
          assertThat(page.locator("html")).hasAttribute("lang", language.lang());
          Collection<?> found = axe.faults(page);
          if (!found.isEmpty()) {
            faults.put(name, found);
          }
          if (language == Language.JA) {
            shoot("desk-" + name);
          }
        });
    assertThat(faults).isEmpty();
  }

  @Test
  void everythingIsReachedByKeyboardAndTheFocusIsAlwaysSeen() {
    Map<String, Object> faults = new LinkedHashMap<>();
    everyState(
        Language.JA,
        name -> {
          List<Object> unseen = new ArrayList<>();
          page.evaluate(TO_THE_BEGINNING);
          for (int turn = 0; turn < 200; turn++) {
            page.keyboard().press("Tab");
            Object focus = page.evaluate(FOCUS);
            if (focus == null) {
              break;
            }
            if (!focus.equals("")) {
              unseen.add(focus);
            }
          }
          unseen.addAll((Collection<?>) page.evaluate(FORGOTTEN));
          if (!unseen.isEmpty()) {
            faults.put(name, unseen);
          }
        });
    assertThat(faults).isEmpty();
  }

  @Test
  void staffSignInAndConfirmBySightByKeyboardAlone() {
    Mornings.all().forEach(board::arrive);
    go("/sign-in");
    assertThat(page.locator("[name=login]")).isFocused();
    page.keyboard().type("uketsuke");
    page.keyboard().press("Tab");
    page.keyboard().type("x");
    page.keyboard().press("Enter");
    assertThat(page.locator("#state.live")).isVisible();

    Locator sight = page.locator("[data-post='/sight/kiosk-1']");
    assertThat(sight).hasCount(1);
    tabTo(sight);
    page.keyboard().press("Enter");

    assertThat(page.locator("#said")).containsText("目視で確認しました");
    assertThat(sight).isFocused();
    page.keyboard().press("Shift+Tab");
    assertThat(page.locator(".scroll")).isFocused();
  }

  @Test
  void whoUsesTheKeyboardStaysInTheLineThatChanges() {
    Mornings.all().forEach(board::arrive);
    signIn("uketsuke");
    Locator sight = page.locator("[data-post='/sight/kiosk-1']");
    sight.focus();

    board.arrive(Mornings.atKiosk(6, ScreenView.Station.PROOF));
    assertThat(page.locator("#arrival-6")).containsText("本人");
    assertThat(sight).isFocused();
    board.arrive(Mornings.atKiosk(6, ScreenView.Station.CONSENT));

    assertThat(sight).hasCount(0);
    assertThat(page.locator("#arrival-6")).isFocused();
  }

  @Test
  void twiceTheTextLosesNothing() {
    Map<String, Object> faults = new LinkedHashMap<>();
    fill();
    signIn("kanri");
    for (String path : PAGES) {
      page.setViewportSize(640, 400); // a browser that shows everything at 200 %
      go(path);
      note(faults, path + " at 200 %", LOST);
      page.setViewportSize(320, 640); // and at 400 %
      note(faults, path + " at 400 %", LOST);
      page.setViewportSize(1280, 800);
      page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }");
      note(faults, path + " with text of 200 %", LOST);
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void recordsOnPaperAreWholeAndCarryNoButtons() {
    Map<String, Object> faults = new LinkedHashMap<>();
    fill();
    signIn("isha");
    go("/records/check-5");
    page.setViewportSize(PAPER[0], PAPER[1]);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

    note(faults, "paper", OFF_THE_PAPER);
    assertThat(faults).isEmpty();
    for (String away : List.of(".top", ".pages", ".ribbon", ".foot", "[data-print]")) {
      assertThat(page.locator(away).first()).isHidden();
    }
    assertThat(page.locator("main .who")).containsText("𠮷田 八重");
    assertThat(page.locator(".timeline")).isVisible();
    assertThat(page.locator(".drugs .given").last()).isVisible();
    assertThat(page.locator(".drugs .given")).hasCount(80);
    assertThat(page.pdf(new Page.PdfOptions().setPath(PICTURES.resolve("desk-records.pdf"))))
        .startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void looksOnPaperSayWhichTheyAreAndCarryNoButtons() {
    Map<String, Object> faults = new LinkedHashMap<>();
    signIn("kanri");
    go("/looks?staff=2&what=RECORDS");
    page.setViewportSize(PAPER[0], PAPER[1]);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

    note(faults, "paper", OFF_THE_PAPER);
    assertThat(faults).isEmpty();
    for (String away : List.of(".top", ".pages", "form", "[data-print]", "a.button")) {
      assertThat(page.locator(away).first()).isHidden();
    }
    assertThat(page.locator("main")).containsText("医師　一郎 / 診療情報");
    assertThat(page.locator("#looks tbody tr")).hasCount(2);
  }

  @Test
  void slowAnswerIsSaidToBeWaitedForAndComes() {
    page.clock().install();
    signIn("kanri");
    go("/look-up");
    List<Route> held = new ArrayList<>();
    page.route("**/look-up", held::add);
    lookUp("1");
    page.waitForCondition(() -> !held.isEmpty());
    assertThat(page.locator("#said")).isEmpty();

    page.clock().fastForward(2_000);

    assertThat(page.locator("#said")).containsText("返事を待っています");
    assertThat(page.locator("form[action='/look-up'] button")).isFocused();
    held.forEach(Route::resume);
    assertThat(page.locator(".found")).isVisible();
    assertThat(page.locator("#said")).isEmpty();
  }

  @Test
  void terminalThatIsAwayIsSaidAndNothingIsLost() {
    Browser mortal = Browser.at(vertx -> pages().router(vertx));
    fill();
    signIn("http://127.0.0.1:" + mortal.port(), "kanri");
    assertThat(page.locator("#arrivals tr")).hasCount(6);

    mortal.close();

    assertThat(page.locator("#state.lost")).isVisible();
    page.locator("[data-post='/sight/kiosk-1']").click();
    assertThat(page.locator("#said")).containsText("つながっていません");
    assertThat(page.locator("#arrivals tr")).hasCount(6);
    complaints.removeIf(one -> one.contains("ERR_CONNECTION") || one.contains("ERR_INCOMPLETE"));
  }

  // ---------------------------------------------------------------- every page and state

  private void everyState(Language language, Consumer<String> look) {
    go("/sign-in");
    if (language != Language.JA) {
      page.click("[data-post='/language/" + language.tag() + "']");
      assertThat(page.locator("html")).hasAttribute("lang", language.lang());
    }
    look.accept("sign-in");
    signInAs("kanri", "wrong");
    assertThat(page.locator(".refused")).isVisible();
    look.accept("sign-in-refused");

    signInAs("kanri", "x");
    assertThat(page.locator("#state.live")).isVisible();
    look.accept("arrivals-none");
    fill();
    failure.is(FailureInHand.JUDGED);
    go("/");
    page.locator("#arrivals details").first().evaluate("one => { one.open = true; }");
    page.locator("[data-post='/sight/kiosk-1']").click();
    assertThat(page.locator("#said .fine")).isVisible();
    look.accept("arrivals");
    failure.is(FailureInHand.WELL);

    go("/look-up");
    look.accept("look-up");
    lookUp("0");
    assertThat(page.locator(".refused")).isVisible();
    look.accept("look-up-refused");
    lookUp("1");
    assertThat(page.locator(".found")).isVisible();
    look.accept("look-up-found");

    bookings(look);
    for (Map.Entry<String, FailureDesk.Standing> one :
        Map.of(
                "failure-none", FailureInHand.WELL,
                "failure-down", FailureInHand.DOWN,
                "failure-trouble", FailureInHand.DOWN_WITH_TROUBLE,
                "failure-recording", FailureInHand.RECORDING,
                "failure-judged", FailureInHand.JUDGED)
            .entrySet()) {
      failure.is(one.getValue());
      go("/failure");
      look.accept(one.getKey());
    }
    failure.is(FailureInHand.DOWN);
    go("/failure");
    page.click("[data-post='/failure/start']");
    assertThat(page.locator(".refused")).isVisible();
    look.accept("failure-refused");
    go("/looks");
    assertThat(page.locator(".looks .refused")).containsText("GATEWAY_UNREACHABLE");
    assertThat(page.locator(".looks table")).hasCount(1);
    look.accept("looks-with-the-line-down");
    failure.is(FailureInHand.WELL);

    papers(look);
    go("/staff");
    page.click("[data-post='/sign-out']");
    assertThat(page.locator("[name=login]")).isVisible();
    signInAs("uketsuke", "x");
    assertThat(page.locator("#state.live")).isVisible();
    go("/staff");
    look.accept("staff-of-a-clerk");
    go("/looks");
    look.accept("looks-of-a-clerk");
    page.click("[data-post='/sign-out']");
    assertThat(page.locator("[name=login]")).isVisible();
    signInAs("kaisen", "x");
    assertThat(page.locator(".local")).isVisible();
    look.accept("arrivals-with-the-line-down");
  }

  private void bookings(Consumer<String> look) {
    go("/bookings");
    look.accept("bookings");
    List<Route> held = new ArrayList<>();
    page.route("**/bookings/demo", held::add);
    page.locator("input[type=file]")
        .setInputFiles(
            new FilePayload("list.csv", "text/csv", "a,b\nc,d\n".getBytes(StandardCharsets.UTF_8)));
    page.click("form[action='/lists/bookings'] button");
    assertThat(page.locator("progress")).isVisible();
    look.accept("bookings-running");
    page.waitForCondition(() -> !held.isEmpty());
    page.unroute("**/bookings/demo");
    held.forEach(Route::resume);
    assertThat(page.locator("#answer table")).isVisible();
    look.accept("bookings-done");
  }

  private void papers(Consumer<String> look) {
    for (Map.Entry<String, String> one :
        Map.of(
                "records", "/records/check-5",
                "records-none", "/records/empty",
                "records-refused", "/records/check-5/medication.pdf",
                "self-test", "/self-test",
                "usage", "/usage",
                "staff", "/staff",
                "looks", "/looks",
                "looks-older", "/looks?page=2&what=LOOK_UP",
                "no-page", "/nowhere")
            .entrySet()) {
      go(one.getValue());
      look.accept(one.getKey());
    }
  }

  /** Everybody has come, and somebody has called. */
  private void fill() {
    board.forgetAll();
    Mornings.all().forEach(board::arrive);
    board.call(new StaffCall("kiosk-1", Mornings.AT, StaffCall.Want.HELP));
  }

  // ---------------------------------------------------------------- the page

  private DeskPages pages() {
    DemoOffice demo = new DemoOffice(board::attended, failure::standing);
    return new DeskPages(
        board,
        demo.office(),
        new Premises("かざし内科クリニック", "kiosk-1", true, Premises.LOOPBACK),
        new SecureRandom());
  }

  private String address() {
    return "http://127.0.0.1:" + server.port();
  }

  private void go(String path) {
    page.navigate(address() + path);
  }

  private void signIn(String login) {
    signIn(address(), login);
  }

  private void signIn(String address, String login) {
    page.navigate(address + "/sign-in");
    signInAs(login, "x");
    assertThat(page.locator("#state.live")).isVisible();
  }

  private void signInAs(String login, String password) {
    page.fill("[name=login]", login);
    page.fill("[name=password]", password);
    page.click("form[action='/sign-in'] button");
  }

  private void lookUp(String number) {
    page.fill("[name=insurer]", "06139992");
    page.fill("[name=number]", number);
    page.fill("[name=birth]", "1980-01-02");
    page.click("form[action='/look-up'] button");
  }

  private void tabTo(Locator wanted) {
    for (int turn = 0; turn < 100; turn++) {
      page.keyboard().press("Tab");
      if (Boolean.TRUE.equals(wanted.evaluate("one => one === document.activeElement"))) {
        return;
      }
    }
    throw new AssertionError("no Tab leads to " + wanted);
  }

  private void note(Map<String, Object> faults, String where, String question) {
    Collection<?> found = (Collection<?>) page.evaluate(question);
    if (!found.isEmpty()) {
      faults.put(where, found);
    }
  }

  private void shoot(String name) {
    page.mouse().move(1, 1); // nothing is to look chosen
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
  }

  /** Notes what a browser would complain of, and anything that is fetched from elsewhere. */
  private Page watched(Page opened) {
    complaints.clear();
    opened.onPageError(complaints::add);
    opened.onConsoleMessage(message -> {
      // A refusal in words has a status of its own, and a browser mentions every one.
      if (message.type().equals("error") && !message.text().contains("the server responded with")) {
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
}
