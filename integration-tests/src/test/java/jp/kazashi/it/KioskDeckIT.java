package jp.kazashi.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jp.kazashi.consent.Language;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every card of the deck is put down at the kiosk, by patients who read one language after another.
 */
@SharedWorld.Guest
class KioskDeckIT {
  private static final Path PICTURES = Path.of("target", "screens", "deck");
  private static final List<String> PHONES = List.of("android", "iphone");

  /** Another test may have registered them by now; here they are asked and decline. */
  private static final List<String> ASKED_TO_REGISTER = List.of("rokuro", "late");

  private final World world;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> complaints = new ArrayList<>();
  private Browser browser;
  private Page kiosk;

  KioskDeckIT(World world) {
    this.world = world;
  }

  @BeforeEach
  void open() {
    browser = Browser.start();
    kiosk = browser.page(800, 1080);
    kiosk.onPageError(complaints::add);
    kiosk.navigate(world.address("kiosk"));
  }

  @AfterEach
  void close() throws Exception {
    ask("DELETE", "/readers/Kiosk/card", "");
    ask("DELETE", "/readers/Phone/card", "");
    http.close();
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void everyCardIsServedAsItsStoryTells() throws Exception {
    JsonNode deck = ask("GET", "/cards", "");
    Iterator<Language> languages =
        Stream.generate(() -> Stream.of(Language.values())).flatMap(all -> all).iterator();
    List<JsonNode> cards = new ArrayList<>();
    deck.forEach(card -> cards.add(card));
    // The end of a visit by phone stays until the next card is put down: one comes first, one last.
    JsonNode phone =
        cards.stream().filter(card -> isNamed(card, "android")).findFirst().orElseThrow();
    cards.remove(phone);
    cards.addFirst(phone);
    Set<Language> spoken = EnumSet.noneOf(Language.class);
    boolean start = true;
    for (JsonNode card : cards) {
      Language language = start ? languages.next() : Language.JA;
      serve(card, language, start);
      spoken.add(language);
      start = !isNamed(card, "android");
    }
    assertThat(deck).hasSize(20);
    assertThat(spoken).containsExactly(Language.values());
    assertThat(complaints).isEmpty();
  }

  private static boolean isNamed(JsonNode card, String name) {
    return card.path("name").asText().equals(name);
  }

  private void serve(JsonNode card, Language language, boolean atStart) throws Exception {
    String name = card.path("name").asText();
    String reader = PHONES.contains(name) ? "Phone" : "Kiosk";
    if (atStart) {
      kiosk.locator(".picture .card").waitFor();
      kiosk.locator("[data-open=languages]").click();
      kiosk.locator("[data-say='language/" + language.tag() + "']").click();
      assertThat(kiosk.locator(".frame")).hasAttribute("data-tongue", language.tag());
    }
    String before = kiosk.locator(".frame").getAttribute("data-screen");
    ask("PUT", "/readers/" + reader + "/card", "{\"name\":\"" + name + "\"}");
    kiosk.waitForFunction(
        "before => document.querySelector('.frame').dataset.screen !== before", before);
    boolean asked = walk(name);

    boolean answered = kiosk.locator(".sign.good").isVisible();
    if (!ASKED_TO_REGISTER.contains(name)) {
      assertThat(answered).as(name).isEqualTo(card.path("expected").asText().equals("ANSWERED"));
    }
    assertThat(asked)
        .as(name + ": consent is asked where records are offered")
        .isEqualTo(answered && !name.equals("jiro"));
    assertThat(kiosk.locator("html")).hasAttribute("lang", language.lang());
    assertThat(kiosk.locator("body")).not().containsText(familyName(card));
    kiosk.screenshot(
        new Page.ScreenshotOptions()
            .setPath(PICTURES.resolve(name + "." + language.tag() + ".png")));

    ask("DELETE", "/readers/" + reader + "/card", "");
    if (reader.equals("Kiosk")) {
      kiosk.locator(".picture .card").waitFor();
      assertThat(kiosk.locator("html")).hasAttribute("lang", "ja");
    }
  }

  private static String familyName(JsonNode card) {
    String holder = card.path("holder").asText().replace('　', ' ');
    return holder.substring(0, holder.indexOf(' '));
  }

  /** Answers every question; true if one was about records. */
  private boolean walk(String name) {
    boolean asked = false;
    while (true) {
      Locator here =
          kiosk.locator("[data-pin], .choices, .answers, .sign.good, .sign.halt").first();
      here.waitFor();
      String screen = kiosk.locator(".frame").getAttribute("data-screen");
      if (kiosk.locator(".sign").count() > 0) {
        return asked;
      } else if (kiosk.locator(".choices").count() > 0) {
        String method = name.equals("nanako") ? "FACE" : "PIN";
        kiosk.locator("[data-say='method/" + method + "']").click();
      } else if (kiosk.locator("[data-pin]").count() > 0) {
        kiosk.keyboard().type("1234");
        kiosk.keyboard().press("Enter");
      } else {
        asked |= kiosk.locator(".categories").count() > 0;
        kiosk.locator("[data-say='consent/no']").click();
      }
      kiosk.waitForFunction(
          "before => document.querySelector('.frame').dataset.screen !== before", screen);
    }
  }

  private JsonNode ask(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(world.address("deck")).resolve(path))
            .header("Authorization", "Bearer " + world.file().path("control").asText())
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return new ObjectMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
  }
}
