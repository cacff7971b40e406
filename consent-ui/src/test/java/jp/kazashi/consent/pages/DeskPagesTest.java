package jp.kazashi.consent.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.DeskBoard;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.StaffCall;
import jp.kazashi.consent.desk.DemoOffice;
import jp.kazashi.consent.VisitBoard.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeskPagesTest {

  private static final String HOSTILE = "</th><script>alert('x')</script>\"' onload=\"x";
  private static final Instant AT = Instant.parse("2026-12-01T00:05:00Z");

  private final Desk desk = new Desk();
  private final DemoOffice office = new DemoOffice();
  private final Browser browser =
      Browser.at(vertx ->
          new DeskPages(
                  desk,
                  office.office(),
                  new Premises("診療所", "desk-1", true, Premises.LOOPBACK), new SecureRandom())
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
    desk.call(new StaffCall("kiosk-1", AT));
    assertThat(browser.get("/").body()).contains("kiosk-1 で 09:05 に呼ばれています");

    assertThat(browser.post("/calls/kiosk-1/attended", browser.token())).isEqualTo(204);

    assertThat(browser.get("/").body()).doesNotContain("呼ばれています");
  }

  @Test
  void theDeskReadsEnglishWhenItIsChosen() throws Exception {
    assertThat(browser.post("/language/en", browser.token())).isEqualTo(204);

    assertThat(browser.get("/").body()).contains("<html lang=\"en\">", "Arrivals");
    assertThat(browser.post("/language/xx", browser.token())).isEqualTo(400);
  }

  @Test
  void aChangeWithoutOurOwnTokenIsRefused() throws Exception {
    desk.call(new StaffCall("kiosk-1", AT));

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
    Arrival.Person person = new Arrival.Person(name, printable, "カナ", LocalDate.of(1985, 4, 2));
    return new Arrival(
        "1",
        1,
        AT,
        "kiosk-1",
        new Arrival.Standing.Answered(
            person, Arrival.Validity.VALID, "保険者", Optional.of(30), ProofMethod.PIN),
        List.of(MedicalCategory.MEDICATION, MedicalCategory.SURGERY),
        Optional.of(AT.plusSeconds(86_400)),
        List.of(),
        Optional.empty());
  }

  private static Arrival arrival(Arrival.Standing standing, Optional<Sentence> nextStep) {
    return new Arrival(
        "1", 1, AT, "kiosk-1", standing, List.of(), Optional.empty(), List.of(), nextStep);
  }

  /** A desk that remembers what it is told. */
  private static final class Desk implements DeskBoard {

    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private final List<StaffCall> calls = new CopyOnWriteArrayList<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    void arrive(Arrival arrival) {
      arrivals.addFirst(arrival);
      listeners.forEach(listener -> listener.accept(new Change.Line(arrival)));
    }

    void call(StaffCall call) {
      calls.add(call);
      listeners.forEach(listener -> listener.accept(new Change.Calls(calls)));
    }

    @Override
    public List<Arrival> arrivals() {
      return List.copyOf(arrivals);
    }

    @Override
    public List<StaffCall> calls() {
      return new ArrayList<>(calls);
    }

    @Override
    public void attended(String terminal) {
      calls.removeIf(call -> call.terminal().equals(terminal));
    }

    @Override
    public Subscription subscribe(Consumer<Change> listener) {
      listeners.add(listener);
      return () -> listeners.remove(listener);
    }
  }
}
