package jp.kazashi.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kiosk and desk as a patient and the staff see them, in a real browser. */
@SharedWorld.Guest
class KioskIT {
  private static final Path PICTURES = Path.of("target", "screens");

  private static Browser browser;

  private final World world;
  private Page kiosk;
  private Page desk;
  private final List<String> complaints = new ArrayList<>();

  KioskIT(World world) {
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
    kiosk = watched(browser.page(1080, 1440));
    desk = watched(browser.page(1440, 900));
    kiosk.navigate(world.address("kiosk"));
    assertThat(kiosk.locator(".welcome .reader")).isVisible();
    DeskIT.signIn(desk, world, "uketsuke");
  }

  @AfterEach
  void close() {
    world.run("card", "remove");
    browser.closePages();
  }

  @Test
  void hanakoWalksTheStepsAndTheDeskSeesHerArrive() {
    assertThat(kiosk.locator("[aria-current=step]")).hasCount(1);
    world.run("card", "insert", "hanako");
    enterPin("1234");

    assertThat(kiosk.locator("[data-say='consent/yes']")).isVisible();
    kiosk.mouse().move(1, 1); // nothing is to look chosen
    kiosk.screenshot(picture("kiosk"));
    kiosk.locator("[data-say='consent/yes']").click();
    assertThat(kiosk.locator(".categories li")).hasCount(1);
    kiosk.locator("[data-say='consent/yes']").click();

    assertThat(kiosk.locator(".shared li")).hasCount(4);
    kiosk.screenshot(picture("kiosk-done"));
    assertThat(desk.locator("#arrivals tr").first()).containsText("30");
    assertThat(desk.locator("#arrivals tr").first().locator(".tag")).hasCount(4);
    desk.screenshot(picture("desk"));

    world.run("card", "remove");
    assertThat(kiosk.locator(".welcome .reader")).isVisible();
    assertThat(kiosk.locator("body")).not().containsText("花子");
    assertThat(complaints).isEmpty();
  }

  @Test
  void jiroInGraceIsToldToRenewAndNeverAskedForConsent() {
    world.run("card", "insert", "jiro");
    enterPin("1234");

    assertThat(kiosk.locator(".banner.warn")).containsText("更新");
    assertThat(kiosk.locator("[data-say='consent/yes']")).hasCount(0);
    kiosk.screenshot(picture("kiosk-grace"));
    assertThat(complaints).isEmpty();
  }

  @Test
  void shiroIsToldWhereToGo() {
    world.run("card", "insert", "shiro");
    enterPin("1234");

    assertThat(kiosk.locator("#main")).containsText("失効");
    kiosk.screenshot(picture("kiosk-refused"));
    assertThat(desk.locator("#arrivals tr").first()).containsText("資格確認書");
    assertThat(complaints).isEmpty();
  }

  @Test
  void aCardTakenAwayBeforeThePinEndsTheVisitAtOnce() {
    world.run("card", "insert", "taro");
    toThePin();
    kiosk.keyboard().press("1");
    kiosk.keyboard().press("2");

    world.run("card", "remove");

    assertThat(kiosk.locator("[data-pin]")).hasCount(0);
    assertThat(kiosk.locator(".dots .typed")).hasCount(0);
  }

  @Test
  void slowGatewayIsWaitedForASilentOneIsToldAndTheNextPatientIsServed() {
    kiosk.clock().install();
    kiosk.reload();
    world.run("card", "insert", "hanako");
    toThePin();
    silently(() -> {
      typePin(kiosk, "1234");
      assertThat(kiosk.locator("[data-working]")).isVisible();
      kiosk.clock().fastForward(8_000);
      assertThat(kiosk.locator("#slow")).containsText("時間がかかっています");
      kiosk.screenshot(picture("kiosk-gateway-slow"));
    });
    assertThat(kiosk.locator("[data-say='consent/yes']")).isVisible();
    world.run("card", "remove");

    world.run("card", "insert", "taro");
    toThePin();
    silently(() -> {
      typePin(kiosk, "1234");
      assertSentToStaffForTheGateway(kiosk);
      kiosk.screenshot(picture("kiosk-gateway-silent"));
      kiosk.locator(".help").click();
      assertThat(desk.locator("#calls .call")).containsText("kiosk-1");
    });
    desk.locator("[data-post$='/attended']").click();
    assertThat(desk.locator("#calls .call")).hasCount(0);
    world.run("card", "remove");

    world.run("card", "insert", "taro");
    enterPin("1234");
    assertThat(kiosk.locator("[data-say='consent/yes']")).isVisible();
    assertThat(complaints).isEmpty();
  }

  /** While the gateway takes connections and says nothing. */
  private void silently(Runnable meanwhile) {
    world.signal("STOP", "supervisor");
    world.signal("STOP", "gateway");
    try {
      meanwhile.run();
    } finally {
      world.signal("CONT", "gateway");
      world.signal("CONT", "supervisor");
    }
  }

  /** Not a word of lines and servers: where to go, and that the card is to be taken along. */
  static void assertSentToStaffForTheGateway(Page kiosk) {
    assertThat(kiosk.locator(".sign.halt")).isVisible();
    assertThat(kiosk.locator("#main")).containsText("ただいま、保険の資格を確認できません");
    assertThat(kiosk.locator("#main")).containsText("受付にお声がけください");
    assertThat(kiosk.locator(".help")).isVisible();
  }

  @Test
  void theDeckPageListsEveryCard() {
    Page deck = browser.page(1280, 900);
    deck.navigate(world.address("deck") + "#token=" + world.file().path("control").asText());

    for (String card : List.of("hanako", "taro", "jiro", "saburo", "shiro")) {
      assertThat(deck.locator("body")).containsText(card);
    }
    deck.screenshot(picture("deck"));
  }

  private void enterPin(String pin) {
    enterPin(kiosk, pin);
  }

  static void enterPin(Page kiosk, String pin) {
    toThePin(kiosk);
    typePin(kiosk, pin);
  }

  private static void typePin(Page kiosk, String pin) {
    for (int i = 0; i < pin.length(); i++) {
      kiosk.locator("[data-digit='" + pin.charAt(i) + "']").click();
    }
    assertThat(kiosk.locator(".dots .typed")).hasCount(pin.length());
    kiosk.locator("[data-send]").click();
  }

  private void toThePin() {
    toThePin(kiosk);
  }

  private static void toThePin(Page kiosk) {
    kiosk.locator("[data-say='method/PIN'], [data-pin]").first().waitFor();
    if (kiosk.locator("[data-say='method/PIN']").isVisible()) {
      kiosk.locator("[data-say='method/PIN']").click();
    }
    kiosk.locator("[data-pin]").waitFor();
  }

  /** Notes what a browser would complain of: script errors, and anything that was not delivered. */
  private Page watched(Page page) {
    page.onPageError(complaints::add);
    page.onResponse((Response response) -> {
      if (response.status() >= 400) {
        complaints.add(response.status() + " " + response.url());
      }
    });
    return page;
  }

  private static Page.ScreenshotOptions picture(String name) {
    return new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png"));
  }
}
