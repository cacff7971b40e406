package jp.kazashi.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The desk as staff see it, in a real browser and a world of its own. */
class DeskIT {
  private static final Path PICTURES = Path.of("target", "screens");
  private static final double PATIENCE = 60_000;

  private static Browser browser;
  private static World world;

  private Page desk;
  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
    world =
        World.up(
            Path.of("target", "worlds", UUID.randomUUID().toString()).toAbsolutePath(),
            "--terminals",
            "2");
  }

  @AfterAll
  static void stop() {
    if (world != null) {
      world.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() {
    desk = browser.page(1280, 800);
    desk.onPageError(complaints::add);
    desk.onConsoleMessage(message -> {
      if (message.type().equals("error") && !message.text().contains("Failed to load resource")) {
        complaints.add(message.text());
      }
    });
  }

  @AfterEach
  void close() {
    world.run("card", "remove");
    world.run("card", "remove", "--reader", "Kiosk-2");
    browser.closePages();
    assertThat(complaints).isEmpty();
  }

  /** Signs in at the desk's own door and ends on the arrival list. */
  static void signIn(Page desk, World world, String login) {
    desk.navigate(world.address("desk") + "/sign-in");
    type(desk, "login", login);
    type(desk, "password", world.password(login));
    desk.locator("form button").click();
    desk.waitForURL(world.address("desk") + "/");
    assertThat(desk.locator("#state.live")).isVisible();
  }

  private static void type(Page page, String field, String what) {
    page.locator("[name=" + field + "]").first().fill(what);
  }

  @Test
  void nobodySeesTheListWithoutSigningInAndAWrongPasswordIsToldWithTheNextStep() {
    desk.navigate(world.address("desk"));
    assertThat(desk.locator("form[action='/sign-in']")).isVisible();
    assertThat(desk.locator("#arrivals")).hasCount(0);

    type(desk, "login", "uketsuke");
    type(desk, "password", "not this one");
    desk.locator("form button").click();

    assertThat(desk.locator(".refused")).containsText("STAFF_SIGN_IN_REFUSED");
    desk.screenshot(picture("desk-sign-in"));
  }

  @Test
  void doctorReadsWhatThePatientLetThemSeeAndAClerkDoesNot() throws IOException {
    signIn(desk, world, "isha");
    JsonNode visit = visit("hanako", "--consent", "all");
    Locator line = line(visit);
    assertThat(line).containsText("30");
    assertThat(line.locator(".tag")).hasCount(4);
    desk.screenshot(picture("desk"));

    line.locator("a.open").click();
    assertThat(desk.locator(".timeline rect.tick.MEDICATION").first()).isVisible();
    assertThat(desk.locator(".drugs tbody tr").first()).isVisible();
    assertThat(desk.locator(".measure .dot").first()).isVisible();
    desk.screenshot(picture("desk-records"));
    String pdf = desk.locator("a[href$='medication.pdf']").getAttribute("href");
    Page.WaitForDownloadOptions none = new Page.WaitForDownloadOptions();
    Download paper =
        desk.waitForDownload(
            none,
            () ->
                desk.evaluate(
                    "href => { const a = document.createElement('a'); a.href = href; a.download ="
                        + " ''; a.click(); }",
                    pdf));
    assertThat(Files.readAllBytes(paper.path()))
        .startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));

    desk.navigate(world.address("desk") + "/looks");
    assertThat(desk.locator("table").last()).containsText("薬の閲覧");
    assertThat(desk.locator("table").last()).containsText(visit.path("checkId").asText());
    desk.locator("[data-post='/sign-out']").click();
    desk.waitForURL(world.address("desk") + "/sign-in");
    signIn(desk, world, "uketsuke");
    assertThat(line(visit)).containsText("30");
    assertThat(line(visit).locator("a.open")).hasCount(0);
    desk.navigate(world.address("desk") + "/records/" + visit.path("checkId").asText());
    assertThat(desk.locator(".refused")).isVisible();
  }

  @Test
  void holderIsConfirmedBySightWithOneTapAndTheNextPatientIsNot() {
    signIn(desk, world, "uketsuke");
    Page kiosk = browser.page(1080, 1440);
    kiosk.navigate(world.address("kiosk"));
    world.run("card", "insert", "goro");
    assertThat(kiosk.locator("[data-say='method/STAFF']")).isVisible();

    desk.locator("#arrivals tr").first().locator("[data-post^='/sight/']").click();

    assertThat(desk.locator("#said")).containsText("目視で確認しました");
    assertThat(desk.locator("#arrivals tr").first()).containsText("目視");
    desk.screenshot(picture("desk-sight"));
    world.run("card", "remove");
    world.run("card", "insert", "hanako");
    assertThat(kiosk.locator("[data-say='method/STAFF']")).isVisible();
    assertThat(kiosk.locator("[data-say='method/PIN']")).isVisible();
  }

  @Test
  void twoKiosksServeAtOnceAndTheDeskSeesWhoArrivesAtEither() {
    signIn(desk, world, "uketsuke");
    Page first = browser.page(1080, 1440);
    Page second = browser.page(1080, 1440);
    first.navigate(world.address("kiosk"));
    second.navigate(world.address("kiosk-2"));
    world.run("card", "insert", "saburo");
    world.run("card", "insert", "jiro", "--reader", "Kiosk-2");
    for (Page kiosk : List.of(first, second)) {
      assertThat(kiosk.locator("[data-say='method/PIN']")).isVisible();
    }
    KioskIT.enterPin(second, "1234");
    KioskIT.enterPin(first, "1234");

    Locator there = desk.locator("#arrivals tr", having("kiosk-2")).first();
    assertThat(there).containsText("有効");
    assertThat(there).containsText("次郎");
    assertThat(desk.locator("#arrivals tr", having("kiosk-1")).first()).containsText("期限");
    assertThat(first.locator("body")).not().containsText("次郎");
  }

  @Test
  void whoCallsOrWaitsAtTheOtherKioskIsSeenHereAndHelpedFromHere() {
    signIn(desk, world, "uketsuke");
    Page second = browser.page(1080, 1440);
    second.navigate(world.address("kiosk-2"));
    second.locator("[data-say=staff]").click();
    Locator call = desk.locator("#calls .call", having("kiosk-2"));
    assertThat(call).containsText("呼ばれています");
    desk.screenshot(picture("desk-call"));

    call.locator("button").click();

    assertThat(call).hasCount(0);
    assertThat(second.locator("#call")).not().containsText("呼びました");
    world.run("card", "insert", "goro", "--reader", "Kiosk-2");
    second.locator("[data-say='method/STAFF']").click();
    assertThat(call).containsText("目視の確認を待っています");
    call.locator("[data-post='/sight/kiosk-2']").click();
    assertThat(second.locator("[data-say='consent/yes']")).isVisible();
    assertThat(call).hasCount(0);
    assertThat(desk.locator("#arrivals tr", having("kiosk-2")).first()).containsText("目視");
  }

  @Test
  void chartIsSuggestedByKanaAndBirthDateAndRegisteredWithOneClick() {
    JsonNode person = visit("taro", "--consent", "none").path("qualification");
    signIn(desk, world, "uketsuke");
    desk.navigate(world.address("desk") + "/staff");
    String csv =
        "P0000042,%s,%s\n"
            .formatted(person.path("nameKana").asText(), person.path("birthDate").asText());
    choose("/lists/charts", csv);
    assertThat(desk.locator("#answer")).containsText("1 件");

    desk.navigate(world.address("desk"));
    Locator line = desk.locator("#arrivals tr", having(person.path("name").asText())).first();
    line.locator(".chart form button").first().click();
    assertThat(desk.locator("#said")).containsText("P0000042");
    assertThat(line.locator(".chart-number")).hasText("P0000042");

    lookUp(person);
    assertThat(desk.locator(".found")).containsText("有効");
    assertThat(desk.locator(".found")).containsText("P0000042");
    desk.screenshot(picture("desk-look-up"));
  }

  @Test
  void bookingsAreCheckedTogetherAndWhatNeedsAttentionIsListed() {
    JsonNode kyuta = visit("kyuta", "--consent", "none").path("qualification");
    signIn(desk, world, "uketsuke");
    desk.navigate(world.address("desk") + "/bookings");
    choose(
        "/lists/bookings",
        "予約,保険者番号,記号,番号,枝番,生年月日\n"
            + booking("09:00 A", kyuta, kyuta.path("number").asText())
            + booking("09:15 B", kyuta, "99999999")
            + "09:30 C,06139992,1,2,00,not a date\n");

    assertThat(desk.locator("#answer table").first())
        .isVisible(new IsVisibleOptions().setTimeout(PATIENCE));
    assertThat(desk.locator("#answer")).containsText("3 件を確認しました");
    assertThat(desk.locator("#answer")).containsText("09:15 B");
    assertThat(desk.locator("#answer")).containsText("09:30 C");
    assertThat(desk.locator("#answer")).not().containsText("09:00 A");
    desk.screenshot(picture("desk-bookings"));
  }

  @Test
  void selfTestUsageAndAccountsAreThere() {
    String check = visit("hanako", "--consent", "all").path("checkId").asText();
    signIn(desk, world, "kanri");
    desk.navigate(world.address("desk") + "/self-test");
    assertThat(desk.locator(".light.GREEN")).hasCount(9);
    assertThat(desk.locator(".light.RED")).hasCount(0);
    desk.screenshot(picture("desk-self-test"));

    desk.navigate(world.address("desk") + "/usage");
    assertThat(desk.locator("svg.bars rect.cards").last()).isVisible();
    assertThat(desk.locator("tr.total")).isVisible();

    desk.navigate(world.address("desk") + "/staff");
    Locator form = desk.locator("form[action='/staff']");
    form.locator("[name=login]").fill("shinjin");
    form.locator("[name=name]").fill("新人　<b>花</b>");
    form.locator("[name=password]").fill("ひみつの-言葉-2026");
    form.locator("button").click();
    assertThat(desk.locator("tr", having("新人　<b>花</b>"))).isVisible();
    desk.screenshot(picture("desk-staff"));

    desk.navigate(world.address("desk") + "/records/" + check);
    desk.navigate(world.address("desk") + "/looks?what=RECORDS");
    assertThat(desk.locator("#looks tbody tr", having(check)).last())
        .containsText(Pattern.compile("kanri.*薬.*患者の同意"));
    desk.screenshot(picture("desk-looks"));
  }

  @Test
  void deadLineIsOutlivedAndWhoWasNotCoveredIsToldAfterwards() throws Exception {
    signIn(desk, world, "uketsuke");
    Page kiosk = browser.page(1080, 1440);
    kiosk.navigate(world.address("kiosk"));
    world.signal("STOP", "supervisor");
    world.signal("KILL", "gateway");
    world.run("card", "insert", "hanako");
    KioskIT.enterPin(kiosk, "1234");
    KioskIT.assertSentToStaffForTheGateway(kiosk);
    world.run("card", "remove");
    assertThat(kiosk.locator(".picture .card")).isVisible();
    assertThat(desk.locator("#failure")).containsText("つながりません");

    desk.locator("[data-post='/sign-out']").click();
    desk.waitForURL("**/sign-in");
    signIn(desk, world, "uketsuke");
    assertThat(desk.locator(".local")).isVisible();
    assertThat(desk.locator("a[href='/look-up']")).hasCount(0);
    desk.navigate(world.address("desk") + "/failure");
    desk.locator("[data-post='/failure/start']").click();
    assertThat(desk.locator("[data-post='/failure/end']")).isVisible();
    for (String card : List.of("hanako", "shiro")) {
      assertThat(visit(card).path("reason").asText()).isEqualTo("RECORDED_TO_BE_VERIFIED");
      Locator form = desk.locator("form[action^='/failure/record/']").first();
      form.locator("[name=name]").fill("手書き　" + card);
      form.locator("[name=birth]").fill("1980-01-02");
      form.locator("[name=address]").fill("東京都見本区一丁目１－１");
      desk.screenshot(picture("desk-failure"));
      form.locator("button").first().click();
      assertThat(form).hasCount(0);
    }
    assertThat(desk.locator("#main")).containsText("2 件");
    assertThat(Files.readString(world.home().resolve("reader").resolve("degraded.jsonl")))
        .doesNotContain("手書き");

    world.signal("CONT", "supervisor");
    Locator judged = desk.locator("tr.stop");
    assertThat(judged).hasCount(1, new HasCountOptions().setTimeout(2 * PATIENCE));
    assertThat(judged).containsText("手書き　shiro");
    assertThat(judged).containsText("CERTIFICATE_REVOKED");
    desk.screenshot(picture("desk-not-covered"));
    assertThat(desk.locator("[data-post='/failure/end']")).hasCount(0);
    judged.locator("button").click();
    assertThat(judged).hasCount(0);

    desk.locator("[data-post='/sign-out']").click();
    desk.waitForURL("**/sign-in");
    signIn(desk, world, "uketsuke");
    Locator recorded = desk.locator("#arrivals tr", having("回線が止まっていた間"));
    assertThat(recorded).hasCount(2);
    assertThat(recorded.filter(containing("失効"))).hasCount(1);
    assertThat(recorded.filter(containing("有効")).first()).containsText("花子");

    world.run("card", "insert", "taro");
    KioskIT.enterPin(kiosk, "1234");
    assertThat(kiosk.locator("[data-say='consent/yes']")).isVisible();
  }

  private void choose(String list, String csv) {
    Locator form = desk.locator("form[action='" + list + "']");
    form.locator("input[type=file]")
        .setInputFiles(
            new FilePayload("list.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8)));
    form.locator("button").click();
  }

  private static String booking(String name, JsonNode keys, String number) {
    return String.join(
            ",",
            name,
            keys.path("insurerNumber").asText(),
            keys.path("symbol").asText(),
            number,
            keys.path("branchNumber").asText(),
            keys.path("birthDate").asText())
        + "\n";
  }

  private void lookUp(JsonNode keys) {
    desk.navigate(world.address("desk") + "/look-up");
    desk.locator("[name=basis]").selectOption("UNSTATED");
    type(desk, "insurer", keys.path("insurerNumber").asText());
    type(desk, "symbol", keys.path("symbol").asText());
    type(desk, "number", keys.path("number").asText());
    type(desk, "branch", keys.path("branchNumber").asText());
    type(desk, "birth", keys.path("birthDate").asText());
    desk.locator("form[action='/look-up'] button").click();
  }

  private Locator line(JsonNode visit) {
    return desk.locator("#arrivals tr", having(visit.path("qualification").path("name").asText()))
        .first();
  }

  private static Locator.FilterOptions containing(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Page.LocatorOptions having(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static JsonNode visit(String card, String... more) {
    List<String> arguments = new ArrayList<>(List.of("visit", "--card", card, "--json"));
    arguments.addAll(List.of(more));
    return world.run(arguments.toArray(String[]::new)).json();
  }

  private static Page.ScreenshotOptions picture(String name) {
    return new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png"));
  }
}
