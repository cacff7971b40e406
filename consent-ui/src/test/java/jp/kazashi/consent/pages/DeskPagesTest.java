package jp.kazashi.consent.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.StaffCall;
import jp.kazashi.consent.desk.DemoOffice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeskPagesTest {

  private static final String HOSTILE = "</th><script>alert('x')</script>\"' onload=\"x";
  private static final Instant AT = Instant.parse("2026-12-01T00:05:00Z");

  private final DeskInHand desk = new DeskInHand();
  private final DemoOffice office = new DemoOffice(desk::attended);
  private final Browser browser =
      Browser.at(vertx ->
          new DeskPages(
                  desk,
                  office.office(),
                  new Premises("診療所", "desk-1", true, Premises.LOOPBACK),
                  new SecureRandom())
              .router(vertx));

  @BeforeEach
  void signIn() throws Exception {
    browser.get("/sign-in");
    assertThat(browser.fill("/sign-in", "login=kanri&password=x")).isEqualTo(204);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void anArrivalShowsWhoIsCoveredHowAndUntilWhenRecordsMayBeRead() throws Exception {
    desk.arrive(covered("山田 花子", "山田 花子"));

    assertThat(browser.get("/").body())
        .contains("09:05", "山田 花子", "有効", "30％", "暗証番号", "12/2 09:05 まで", "薬", "手術")
        .doesNotContain("印字名");
  }

  @Test
  void replacedCharactersAreMarked() throws Exception {
    desk.arrive(covered("𠮷田 八重", "●田 八重"));

    assertThat(browser.get("/").body()).contains("𠮷田 八重", "印字名: ●田 八重");
  }

  @Test
  void aRefusalShowsTheNextStepInOneSentence() throws Exception {
    desk.arrive(
        arrival(
            new Arrival.Standing.Refused("CERTIFICATE_REVOKED", new Sentence("止", "stopped")),
            Optional.of(new Sentence("資格確認書で確認してください。", "Use the document."))));

    assertThat(browser.get("/").body()).contains("CERTIFICATE_REVOKED", "資格確認書で確認してください。");
  }

  @Test
  void hostileNamesAreEscapedOnThePageAndOnTheLine() throws Exception {
    Browser.Events events = browser.events("/arrivals");
    events.next("calls");
    desk.arrive(covered(HOSTILE, HOSTILE + "x"));

    assertThat(events.next("line")).contains("&lt;script&gt;").doesNotContain("<script>");
    assertThat(browser.get("/").body()).doesNotContain("<script>alert");
  }

  @Test
  void anArrivalIsPushedAsItComes() throws Exception {
    Browser.Events events = browser.events("/arrivals");
    assertThat(events.next("list")).isEmpty();
    events.next("calls");

    desk.arrive(covered("山田 花子", "山田 花子"));

    assertThat(events.next("line")).contains("id=\"arrival-1\"", "山田 花子");
  }

  @Test
  void aCallNamesTheKioskUntilSomebodyAttends() throws Exception {
    desk.call(new StaffCall("kiosk-1", AT, StaffCall.Want.HELP));
    assertThat(browser.get("/").body()).contains("kiosk-1 で 09:05 に呼ばれています");

    assertThat(browser.post("/calls/kiosk-1/attended", browser.token())).isEqualTo(204);

    assertThat(browser.get("/").body()).doesNotContain("呼ばれています");
  }

  @Test
  void whoWaitsToBeLookedAtElsewhereIsConfirmedWithOneTap() throws Exception {
    desk.call(new StaffCall("kiosk-2", AT, StaffCall.Want.SIGHT));

    assertThat(browser.get("/").body())
        .contains("kiosk-2 で 09:05 から目視の確認を待っています", "data-post=\"/sight/kiosk-2\"")
        .doesNotContain("/calls/kiosk-2/attended");
  }

  @Test
  void nobodySeesOrDoesAnythingWithoutSigningIn() throws Exception {
    desk.arrive(covered("山田 花子", "山田 花子"));
    desk.call(new StaffCall("kiosk-1", AT, StaffCall.Want.HELP));
    browser.fill("/sign-out", "");

    for (String page :
        List.of(
            "/", "/look-up", "/bookings", "/failure", "/staff", "/looks", "/usage", "/records/1")) {
      HttpResponse<String> answer = browser.get(page);
      assertThat(answer.statusCode()).as(page).isEqualTo(303);
      assertThat(answer.body()).isEmpty();
    }
    assertThat(browser.get("/arrivals").statusCode()).isEqualTo(204);
    assertThat(browser.fill("/calls/kiosk-1/attended", "")).isEqualTo(401);
    HttpResponse<String> lookUp = browser.filled("/look-up", "insurer=1&number=1&birth=19800102");
    assertThat(lookUp.headers().firstValue("X-Kazashi-Go")).contains("/sign-in");
    assertThat(lookUp.body()).isEmpty();
    assertThat(desk.calls()).hasSize(1);
  }

  @Test
  void theKeyOfASeatIsNothingAScriptOrAnotherSiteCouldUse() throws Exception {
    HttpResponse<String> in = browser.filled("/sign-in", "login=kanri&password=x");

    assertThat(in.headers().allValues("Set-Cookie"))
        .filteredOn(cookie -> cookie.startsWith("kazashi-desk-seat="))
        .singleElement()
        .satisfies(cookie -> assertThat(cookie).contains("HTTPOnly", "SameSite=Strict", "Path=/"));
  }

  @Test
  void refusalAtTheDoorIsToldWithItsNextStep() throws Exception {
    HttpResponse<String> answer = browser.filled("/sign-in", "login=kanri&password=wrong");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("STAFF_SIGN_IN_REFUSED", "もう一度");
    assertThat(browser.filled("/sign-in", "login=&password=").body()).contains("入力してください");
    assertThat(browser.fill("/sign-in", "password=" + "x".repeat(20_000))).isEqualTo(413);
  }

  @Test
  void whatIsTypedIsBoundedAndEscaped() throws Exception {
    HttpResponse<String> found =
        browser.filled("/look-up", "insurer=06139992&number=1&birth=1980-01-02&basis=%3Cscript%3E");
    assertThat(found.body()).contains("●田 八重", "P0001234", "新しい保険");
    assertThat(browser.filled("/look-up", "insurer=1&number=1&birth=yesterday").body())
        .contains("生年月日");
    assertThat(
            browser
                .filled("/look-up", "insurer=" + "9".repeat(400) + "&number=1&birth=1980-01-02")
                .statusCode())
        .isEqualTo(422);
    assertThat(browser.filled("/chart/1", "number=%3Cscript%3Ealert(1)%3C/script%3E").body())
        .contains("&lt;script&gt;")
        .doesNotContain("<script>");
  }

  @Test
  void everyPageIsThereInBothLanguages() throws Exception {
    for (String language : List.of("ja", "en")) {
      browser.post("/language/" + language, browser.token());
      for (String page :
          List.of(
              "look-up",
              "bookings",
              "failure",
              "records/1",
              "self-test",
              "usage",
              "staff",
              "looks")) {
        HttpResponse<String> answer = browser.get("/" + page);
        assertThat(answer.statusCode()).as(page).isEqualTo(200);
        assertThat(answer.body()).as(page).contains("<html lang=\"" + language + "\">");
      }
    }
    assertThat(browser.get("/records/1").body())
        .contains("class=\"band\"", "class=\"dot out\"", "dialysis", "28 days");
  }

  @Test
  void onlyTheNewestLinesComeAtOnceAndTheOthersWhenAskedFor() throws Exception {
    for (long order = 1; order <= 120; order++) {
      desk.arrive(covered("山田 花子", "山田 花子", order));
    }

    assertThat(lines(browser.get("/").body())).isEqualTo(DeskPages.PAGE);
    String older = browser.get("/arrivals/older/71").body();
    assertThat(lines(older)).isEqualTo(DeskPages.PAGE);
    assertThat(older).contains("data-order=\"70\"").doesNotContain("data-order=\"71\"");
    assertThat(lines(browser.get("/arrivals/older/21").body())).isEqualTo(20);
    assertThat(browser.get("/arrivals/older/x").statusCode()).isEqualTo(400);
  }

  private static int lines(String html) {
    return html.split("data-order=").length - 1;
  }

  @Test
  void theDeskReadsEnglishWhenItIsChosen() throws Exception {
    assertThat(browser.post("/language/en", browser.token())).isEqualTo(204);

    assertThat(browser.get("/").body()).contains("<html lang=\"en\">", "Arrivals");
    assertThat(browser.post("/language/xx", browser.token())).isEqualTo(400);
  }

  @Test
  void recordsCarryTheNameOfWhomTheyAreOf() throws Exception {
    desk.arrive(covered("山田 花子", "山田 花子"));

    assertThat(browser.get("/records/check-1").body()).contains("山田 花子", "1985-04-02");
    assertThat(browser.get("/records/check-2").body()).doesNotContain("山田 花子");
  }

  @Test
  void administratorsSeeWhoOfTheInstitutionLookedAtWhomAndWhatLetThem() throws Exception {
    String page = browser.get("/looks").body();

    assertThat(page)
        .contains("この医療機関の閲覧（2026-11-25 ～ 2026-12-01）", "全員 / すべて", "医師　一郎")
        .contains("kiosk-1", "receipt-1", "患者の同意", "カルテ P0001234", "表示されず", "node-1:7/1841")
        .contains("システムによる自動の照会", "2026-12-01 09:53", "この端末で誰が何をしたか")
        .doesNotContain("最新へ");
  }

  @Test
  void looksAreNarrowedAndTurnedPageByPageAndTheNarrowingIsKept() throws Exception {
    String narrowed = "/looks?from=2026/11/1&to=20261130&staff=2&what=RECORDS";
    String page = browser.get(narrowed).body();
    assertThat(page)
        .contains("value=\"2026-11-01\"", "value=\"2026-11-30\"", "医師　一郎 / 診療情報")
        .contains("<option value=\"2\" selected>", "<option value=\"RECORDS\" selected>")
        .contains(
            "href=\"/looks?from=2026-11-01&amp;to=2026-11-30&amp;staff=2&amp;what=RECORDS&amp;page=demo%7E2\"")
        .doesNotContain("receipt-1");

    String older = browser.get("/looks?page=demo%7E2").body();
    assertThat(older).contains("資格確認書", "（一覧の 1 行）", "最新へ").doesNotContain("前の記録", "カードなしの確認の同意");
  }

  @Test
  void whatIsSaidInTheAddressOfTheLooksIsBoundedAndEscaped() throws Exception {
    String page =
        browser
            .get(
                "/looks?from=yesterday&what=%3Cscript%3E&staff=%3Cscript%3Ealert(1)%3C/script%3E"
                    + "&page="
                    + "9".repeat(400))
            .body();

    assertThat(page).contains("2026-11-25", "<option value=\"\">").doesNotContain("<script>alert");
  }

  @Test
  void daysTheWrongWayRoundAreSaidToBeSoInWords() throws Exception {
    assertThat(browser.get("/looks?from=2026-12-01&to=2026-11-01").body())
        .contains("開始日と終了日を確かめてください", "value=\"2026-12-01\"", "この端末での記録だけ")
        .doesNotContain("この医療機関の閲覧");
  }

  @Test
  void whoIsNoAdministratorSeesWhatWasDoneAtThisTerminalOnly() throws Exception {
    browser.fill("/sign-out", "");
    browser.fill("/sign-in", "login=uketsuke&password=x");

    assertThat(browser.get("/looks").body())
        .contains("この端末で誰が何をしたか", "薬の閲覧")
        .doesNotContain("この医療機関の閲覧", "receipt-1", "name=\"from\"");
  }

  @Test
  void pageThatIsNotThereIsSaidInTheLanguageOfTheDesk() throws Exception {
    HttpResponse<String> page = browser.look("/nowhere");

    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).contains("<html lang=\"ja\">", "この画面はありません", "404");
    assertThat(browser.get("/nowhere").body()).doesNotContain("<html").contains("この画面はありません");
    assertThat(browser.filled("/look-up", "insurer=" + "9".repeat(20_000)).body())
        .contains("大きすぎる");
  }

  @Test
  void aChangeWithoutOurOwnTokenIsRefused() throws Exception {
    desk.call(new StaffCall("kiosk-1", AT, StaffCall.Want.HELP));

    assertThat(browser.post("/calls/kiosk-1/attended", "guess")).isEqualTo(403);
    assertThat(desk.calls()).hasSize(1);
  }

  @Test
  void thePolicyOfTheDeskIsAsStrictAsTheKiosks() throws Exception {
    assertThat(browser.get("/").headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
  }

  private static Arrival covered(String name, String printable) {
    return covered(name, printable, 1);
  }

  private static Arrival covered(String name, String printable, long order) {
    Arrival.Person person = new Arrival.Person(name, printable, "カナ", LocalDate.of(1985, 4, 2));
    return new Arrival(
        String.valueOf(order),
        order,
        AT,
        "kiosk-1",
        new Arrival.Standing.Answered(
            person, Arrival.Validity.VALID, "保険者", Optional.of(30), ProofMethod.PIN),
        List.of(MedicalCategory.MEDICATION, MedicalCategory.SURGERY),
        Optional.of(AT.plusSeconds(86_400)),
        List.of(),
        Optional.empty(),
        Optional.of("check-" + order),
        Arrival.Chart.NONE);
  }

  private static Arrival arrival(Arrival.Standing standing, Optional<Sentence> nextStep) {
    return new Arrival(
        "1", 1, AT, "kiosk-1", standing, List.of(), Optional.empty(), List.of(), nextStep);
  }
}
