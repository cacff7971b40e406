package jp.kazashi.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jp.kazashi.it.World.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The deck page as whoever tries the world uses it, in a real browser. */
@SharedWorld.Guest
class DeckPageIT {
  private static final Path PICTURES = Path.of("target", "screens");

  private static Browser browser;

  private final World world;
  private Page deck;
  private final List<String> complaints = new ArrayList<>();

  DeckPageIT(World world) {
    this.world = world;
  }

  @BeforeAll
  static void start() {
    browser = Browser.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() {
    deck = browser.page(1280, 900);
    deck.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text());
      }
    });
    deck.onPageError(complaints::add);
    deck.navigate(world.address("deck") + "#token=" + world.file().path("control").asText());
    assertThat(deck.locator(".card")).hasCount(20);
  }

  @AfterEach
  void close() {
    world.run("card", "remove");
    world.run("card", "pace", "instant");
    world.run("card", "faults", "hanako");
    world.run("world", "set-time", "reset");
    browser.closePages();
  }

  @Test
  void aCardIsClickedInAndOutAndTheTokenIsNotInTheAddress() {
    assertThat(deck).hasURL(Pattern.compile("/$"));
    card("hanako").locator(".insert").click();

    assertThat(deck.locator("#reader-Kiosk .lies")).hasText("hanako");
    assertThat(deck.locator("#staff b")).hasCount(3);
    assertThat(card("hanako").locator(".insert")).isDisabled();
    assertThat(world.run("card", "read").exit()).isZero();
    deck.screenshot(picture("deck"));
    deck.locator("#reader-Kiosk .remove").click();

    assertThat(deck.locator("#reader-Kiosk .lies")).hasText("なし");
    assertThat(deck.locator("#trouble")).isHidden();
    assertThat(complaints).isEmpty();
  }

  @Test
  void aPhoneIsHeldToItsOwnReader() {
    card("android").locator(".insert").click();

    assertThat(deck.locator("#reader-Phone .lies")).hasText("android");
    assertThat(deck.locator("#reader-Kiosk .lies")).hasText("なし");
    deck.locator("#reader-Phone .remove").click();
    assertThat(deck.locator("#reader-Phone .lies")).hasText("なし");
    assertThat(complaints).isEmpty();
  }

  @Test
  void aFaultWrittenThereIsWhatTheNextVisitMeets() {
    Locator hanako = card("hanako");
    hanako.locator("summary").click();
    hanako.locator(".example").selectOption("sign answer 6F00");
    hanako.locator(".faults").click();
    assertThat(hanako.locator(".faulty")).hasText("不具合 1");
    deck.screenshot(picture("deck-fault"));

    Outcome visit = world.run("visit", "--card", "hanako", "--json");

    assertThat(visit.json().path("reason").asText()).isEqualTo("READER_TROUBLE");
    hanako.locator("textarea").fill("");
    hanako.locator(".faults").click();
    assertThat(hanako.locator(".faulty")).isHidden();
    assertThat(world.run("visit", "--card", "hanako", "--json").exit()).isZero();
    assertThat(complaints).isEmpty();
  }

  @Test
  void aFaultNobodyKnowsIsSaidAndKeptOut() {
    Locator hanako = card("hanako");
    hanako.locator("summary").click();
    hanako.locator("textarea").fill("sing remove");
    hanako.locator(".faults").click();

    assertThat(deck.locator("#trouble")).isVisible();
    assertThat(deck.locator("#trouble")).containsText("sing remove");
    assertThat(hanako.locator(".faulty")).isHidden();
  }

  @Test
  void paceAndClockHoldForTheWholeWorld() {
    deck.locator("#pace").selectOption("424");
    assertThat(deck.locator("#done")).containsText("この速さ");
    deck.reload();
    assertThat(deck.locator("#pace")).hasValue("424");

    deck.locator("[data-step='+P3M']").click();
    assertThat(deck.locator("#done")).containsText("時刻を変えました");
    assertThat(
            world
                .run("visit", "--card", "taro", "--json")
                .json()
                .path("certificate")
                .path("phase")
                .asText())
        .isEqualTo("GRACE");
    deck.locator("[data-step='reset']").click();
    assertThat(complaints).isEmpty();
  }

  @Test
  void aPinIsLockedAndUnlocked() {
    Locator taro = card("taro");
    taro.locator("summary").click();
    taro.locator(".lock").click();
    assertThat(taro.locator(".locked")).isVisible();
    assertThat(world.run("visit", "--card", "taro", "--json").json().path("reason").asText())
        .isEqualTo("PIN_BLOCKED");

    taro.locator(".lock").click();

    assertThat(taro.locator(".pin")).containsText("残り3回");
    assertThat(world.run("visit", "--card", "taro", "--json").exit()).isZero();
  }

  @Test
  void onlyWhatIsWantedIsShown() {
    deck.locator("[data-show='PHONE']").click();
    assertThat(deck.locator(".card:visible")).hasCount(2);
    deck.locator("[data-show='refused']").click();
    assertThat(deck.locator(".card:visible")).hasCount(7);
    deck.setViewportSize(390, 844);
    deck.locator("[data-show='all']").click();
    assertThat((Boolean) deck.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as("nothing is cut off on a small screen")
        .isTrue();
    deck.screenshot(picture("deck-small"));
  }

  private Locator card(String name) {
    return deck.locator(".card[data-name='" + name + "']");
  }

  private static Page.ScreenshotOptions picture(String name) {
    return new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true);
  }
}
