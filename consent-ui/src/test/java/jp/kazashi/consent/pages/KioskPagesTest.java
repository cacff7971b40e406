package jp.kazashi.consent.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jp.kazashi.consent.CameraPreview;
import jp.kazashi.consent.ConsentDialogue;
import jp.kazashi.consent.ConsentQuestion;
import jp.kazashi.consent.KioskBoard;
import jp.kazashi.consent.KioskBoard.Heard;
import jp.kazashi.consent.KioskBoard.Sitting;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.PatientInput;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.Told;
import jp.kazashi.consent.VisitBoard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class KioskPagesTest {

  private static final String HOSTILE = "</p><script>alert('x')</script>\"' onload=\"x";
  private static final int TAKEN = VisitBoard.Taken.TAKEN.code();
  private static final int STALE = VisitBoard.Taken.STALE.code();
  private static final int NOT_ASKED = VisitBoard.Taken.NOT_ASKED.code();
  private static final ScreenView PIN = new ScreenView.EnterPin(3, false);

  private final KioskBoard board = new KioskBoard(Language.JA);
  private final Browser browser = browser("診療所");

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void everyAnswerForbidsTheBrowserToFetchOrRunAnythingElse() throws Exception {
    for (String path : List.of("/", "/static/kiosk.js", "/static/kiosk.css", "/nowhere")) {
      HttpResponse<String> answer = browser.get(path);

      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .as(path)
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    }
    assertThat(browser.get("/").headers().firstValue("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @MethodSource("screens")
  void everyScreenIsDrawnInEveryLanguageWithoutInlineScriptOrStyle(ScreenView screen)
      throws Exception {
    for (Language language : Language.values()) {
      board.clear(new ScreenView.PutCard());
      board.accept(0, new PatientInput.Speak(language));
      board.sit().show(screen);

      HttpResponse<String> page = browser.get("/");

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body())
          .contains("<html lang=\"" + language.lang() + "\"", "<h1", "data-say=\"staff\"")
          .doesNotContain("style=", " onclick", "javascript:", "NOT_FOUND");
      assertThat(page.body().split("<script", -1)).hasSize(2);
      assertThat(page.body().split("<h1", -1)).as("the screen's and the lost one's").hasSize(3);
    }
  }

  static Stream<ScreenView> screens() {
    Told hostile = new Told("UNKNOWN_TO_THIS_TERMINAL", new Sentence(HOSTILE, HOSTILE));
    ConsentQuestion bundle =
        ConsentDialogue.about(EnumSet.allOf(MedicalCategory.class)).question().orElseThrow();
    return Stream.of(
        new ScreenView.PutCard(),
        new ScreenView.ChooseMethod(EnumSet.allOf(ProofMethod.class)),
        PIN,
        new ScreenView.EnterPin(2, true, true),
        new ScreenView.EnterPin(1, true),
        new ScreenView.Working(ScreenView.Working.Step.READING_CARD),
        new ScreenView.Working(ScreenView.Working.Step.CHECKING_FACE),
        new ScreenView.Working(ScreenView.Working.Step.CONFIRMING_ON_PHONE),
        new ScreenView.AskRegistration(),
        new ScreenView.AskConsent(bundle, false),
        new ScreenView.AskConsent(new ConsentQuestion.One(MedicalCategory.SURGERY), true),
        new ScreenView.Done(List.of(hostile), List.of(MedicalCategory.CARE)),
        new ScreenView.Ended(hostile),
        new ScreenView.TakeCard(),
        new ScreenView.OutOfService());
  }

  @Test
  void whatOthersWroteIsEscaped() throws Exception {
    try (Browser hostile = browser(HOSTILE)) {
      board.sit().show(new ScreenView.Ended(new Told("X", new Sentence(HOSTILE, HOSTILE))));

      assertThat(hostile.get("/").body())
          .contains("&lt;script&gt;alert(&#39;x&#39;)")
          .doesNotContain("<script>");
      assertThat(hostile.events("/screen").next("screen")).doesNotContain("<script>");
    }
  }

  @Test
  void aSimulatedWorldIsMarkedOnEveryScreenAndARealOneIsNot() throws Exception {
    assertThat(browser.get("/").body()).contains("模擬環境");
    Premises real = new Premises("診療所", "kiosk-1", false, Premises.LOOPBACK);
    try (Browser there =
        Browser.at(vertx -> new KioskPages(board, real, new SecureRandom()).router(vertx))) {
      assertThat(there.get("/").body()).doesNotContain("模擬").contains("認定を受けた製品ではありません");
    }
  }

  @Test
  void aChangeOfTheScreenIsPushed() throws Exception {
    Browser.Events events = browser.events("/screen");
    assertThat(events.next("screen")).contains("マイナンバーカードを置いてください");

    board.sit().show(PIN);

    assertThat(events.next("screen")).contains("暗証番号を入力してください", "あと 3 回");
  }

  @Test
  void aCallForStaffIsPushedAsOneLineSoThatTypedDigitsStay() throws Exception {
    Browser.Events events = browser.events("/screen");
    events.next("screen");

    assertThat(browser.post("/say/1/staff", browser.token())).isEqualTo(204);

    assertThat(events.next("call")).isEqualTo("職員を呼びました。そのままお待ちください。\n");
    assertThat(board.shown().staffCalled()).isTrue();
  }

  @Test
  void aButtonOfThePageReachesTheBoard() throws Exception {
    CompletableFuture<Heard> heard = ask(new ScreenView.ChooseMethod(EnumSet.of(ProofMethod.PIN)));

    int status = browser.post("/say/" + screen() + "/method/pin", browser.token());

    assertThat(status).isEqualTo(204);
    assertThat(heard.join()).isEqualTo(new Heard.Said(new PatientInput.Choose(ProofMethod.PIN)));
  }

  @Test
  void eachDigitArrivesAsAFrameOfOneByte() throws Exception {
    CompletableFuture<Heard> heard = ask(PIN);
    Browser.Events events = browser.events("/screen");
    events.next("screen");

    try (Browser.Socket keys = browser.socket("/keys/" + screen(), browser.token())) {
      for (byte digit : new byte[] {'1', '2', '9', 0x08, '3', '4'}) {
        assertThat(keys.press(digit)).isEqualTo(TAKEN);
      }
      assertThat(Stream.of(1, 2, 3, 2, 3, 4).map(ignored -> typed(events)))
          .containsExactly("1\n", "2\n", "3\n", "2\n", "3\n", "4\n");
      assertThat(board.shown().typed()).isEqualTo(4);
      assertThat(keys.press((byte) 0x0d)).isEqualTo(TAKEN);
    }

    PatientInput.Pin pin = (PatientInput.Pin) ((Heard.Said) heard.join()).reply();
    assertThat(pin.take()).isEqualTo(new byte[] {'1', '2', '3', '4'});
    assertThat(board.shown().typed()).isZero();
  }

  private static String typed(Browser.Events events) {
    try {
      return events.next("typed");
    } catch (IOException ended) {
      throw new UncheckedIOException(ended);
    }
  }

  @Test
  void tooFewDigitsAreNotSent() throws Exception {
    CompletableFuture<Heard> heard = ask(PIN);

    try (Browser.Socket keys = browser.socket("/keys/" + screen(), browser.token())) {
      keys.press((byte) '1');
      assertThat(keys.press((byte) 0x0d)).isEqualTo(NOT_ASKED);
    }

    assertThat(heard).isNotDone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12", "a", "１"})
  void whatIsNotOneKeyClosesTheSocket(String typed) throws Exception {
    CompletableFuture<Heard> heard = ask(PIN);

    try (Browser.Socket keys = browser.socket("/keys/" + screen(), browser.token())) {
      assertThat(keys.closedBy(typed.getBytes(StandardCharsets.UTF_8))).isEqualTo(1003);
    }

    assertThat(heard).isNotDone();
    assertThat(board.shown().typed()).isZero();
  }

  @Test
  void aKeyForAScreenThatIsGoneIsNotTaken() throws Exception {
    long gone = screen();
    CompletableFuture<Heard> unheard = ask(PIN);

    try (Browser.Socket keys = browser.socket("/keys/" + gone, browser.token())) {
      assertThat(keys.press((byte) '1')).isEqualTo(STALE);
    }

    assertThat(unheard).isNotDone();
    assertThat(board.shown().typed()).isZero();
  }

  @Test
  void aSocketOfAnotherPageIsRefused() throws Exception {
    String token = browser.token();
    String upgrade =
        "GET /keys/1?token=%s HTTP/1.1\r\n"
            .concat("Host: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
            .concat("Sec-WebSocket-Version: 13\r\nOrigin: http://%s\r\n")
            .concat("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n");

    assertThat(raw(upgrade.formatted(token, browser.port(), "127.0.0.1:" + browser.port())))
        .as("without the cookie")
        .startsWith("HTTP/1.1 403");
    assertThat(raw(upgrade.formatted(token, browser.port(), "evil.example")))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void whatTheCatalogueTellsIsSaidInTheLanguageOfThePatientAndMarkedAsWhatItIs() throws Exception {
    board.accept(0, new PatientInput.Speak(Language.KO));
    Sentence words = new Sentence("失効しています。", "It has been revoked.");

    board.sit().show(new ScreenView.Ended(new Told("CERTIFICATE_REVOKED", words)));
    assertThat(browser.get("/").body()).contains("lang=\"ko\">이 카드의 전자증명서가");

    board.sit().show(new ScreenView.Ended(new Told("A_REASON_OF_TOMORROW", words)));
    assertThat(browser.get("/").body()).contains("lang=\"en\">It has been revoked.");
  }

  @Test
  void aLoudspeakerSaysNothingThatConcernsOnePatientOnly() throws Exception {
    Sentence words = new Sentence("失効しています。", "It has been revoked.");
    board.sit().show(new ScreenView.Ended(new Told("CERTIFICATE_REVOKED", words)));

    assertThat(speech(KioskSetup.Loudness.LOUDSPEAKER)).contains("受付").doesNotContain("失効");
    assertThat(speech(KioskSetup.Loudness.HEADPHONES)).contains("失効しています。");
    assertThat(browser.get("/").body()).doesNotContain("data-speech");
  }

  private String speech(KioskSetup.Loudness loudness) throws Exception {
    KioskSetup setup = new KioskSetup(false, loudness, Optional.empty());
    Premises premises = new Premises("診療所", "kiosk-1", true, Premises.LOOPBACK);
    try (Browser there =
        Browser.at(
            vertx -> new KioskPages(board, premises, setup, new SecureRandom()).router(vertx))) {
      String page = there.get("/").body();
      int start = page.indexOf("data-speech=\"") + "data-speech=\"".length();
      return page.substring(start, page.indexOf('"', start));
    }
  }

  @Test
  void theCameraIsSeenOnlyWhileFacesAreCompared() throws Exception {
    CameraPreview camera = new DrawnOnce();
    KioskSetup setup = new KioskSetup(false, KioskSetup.Loudness.OFF, Optional.of(camera));
    Premises premises = new Premises("診療所", "kiosk-1", true, Premises.LOOPBACK);
    try (Browser there =
        Browser.at(
            vertx -> new KioskPages(board, premises, setup, new SecureRandom()).router(vertx))) {
      assertThat(there.get("/camera").statusCode()).isEqualTo(204);

      Sitting sitting = board.sit();
      sitting.show(new ScreenView.Working(ScreenView.Working.Step.CHECKING_FACE));
      assertThat(there.get("/").body()).contains("src=\"/camera?", "実際には照合しません");
      Browser.Events frames = there.events("/camera");
      assertThat(frames.line()).isEqualTo("--kazashi-frame");
      sitting.leave();

      assertThat(frames.rest()).endsWith("--kazashi-frame--");
      assertThat(there.get("/camera").statusCode()).isEqualTo(204);
    }
  }

  /** A camera that has seen one thing. */
  private static final class DrawnOnce implements CameraPreview {
    @Override
    public VisitBoard.Subscription watch(Consumer<byte[]> jpegFrames) {
      jpegFrames.accept(new byte[] {'s', 'e', 'e', 'n', '\n'});
      return () -> {};
    }

    @Override
    public VisitBoard.Subscription guide(Consumer<Guidance> guidance) {
      return () -> {};
    }
  }

  @Test
  void aLateAnswerIsRefused() throws Exception {
    CompletableFuture<Heard> unheard = ask(PIN);
    String late = "/say/" + (screen() - 1) + "/cancel";

    assertThat(browser.post(late, browser.token())).isEqualTo(409);
    assertThat(unheard).isNotDone();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/say/x/cancel",
        "/say/1/method/elephant",
        "/say/1/consent/maybe",
        "/say/99999999999999999999/cancel",
        "/say/1/language/xx",
        "/say/1/shout"
      })
  void whatMakesNoSenseIsRefused(String path) throws Exception {
    assertThat(browser.post(path, browser.token())).isEqualTo(400);
  }

  @Test
  void aChangeWithoutOurOwnTokenIsRefused() throws Exception {
    String token = browser.token();

    assertThat(browser.post("/say/1/staff", "")).isEqualTo(403);
    assertThat(browser.post("/say/1/staff", token + "x")).isEqualTo(403);
    try (Browser other = Browser.at(vertx -> pages("診療所").router(vertx))) {
      assertThat(browser.post("/say/1/staff", other.token())).isEqualTo(403);
    }
    assertThat(board.shown().staffCalled()).isFalse();
  }

  @Test
  void anotherHostNameIsRefused() throws Exception {
    assertThat(statusFor("evil.example:" + browser.port())).isEqualTo(421);
    assertThat(statusFor("127.0.0.1:1")).isEqualTo(421);
    assertThat(statusFor("localhost:" + browser.port())).isEqualTo(200);
  }

  @Test
  void theKioskOffersNoWayToTheDesk() throws Exception {
    for (String path : Set.of("/arrivals", "/static/desk.js", "/static/desk.css", "/desk")) {
      assertThat(browser.get(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(browser.get("/").body()).doesNotContain("href=\"http", "desk");
  }

  @Test
  void theFirstPageIsLight() throws Exception {
    int bytes = 0;
    for (String path :
        List.of("/", "/static/tokens.css", "/static/kiosk.css", "/static/kiosk.js")) {
      bytes += browser.get(path).body().getBytes(StandardCharsets.UTF_8).length;
    }

    assertThat(bytes).isLessThan(100_000);
  }

  @Test
  void aStaticFileThatHasNotChangedIsNotSentAgain() throws Exception {
    String digest = browser.get("/static/kiosk.css").headers().firstValue("ETag").orElseThrow();

    assertThat(
            raw(
                "GET /static/kiosk.css HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nIf-None-Match: %s\r\n"
                    .formatted(browser.port(), digest)))
        .startsWith("HTTP/1.1 304");
  }

  private Browser browser(String institution) {
    return Browser.at(vertx -> pages(institution).router(vertx));
  }

  private KioskPages pages(String institution) {
    Premises premises = new Premises(institution, "kiosk-1", true, Premises.LOOPBACK);
    return new KioskPages(board, premises, new SecureRandom());
  }

  /** Asks on a thread of its own and returns when the question is on the screen. */
  private CompletableFuture<Heard> ask(ScreenView question) throws InterruptedException {
    Sitting sitting = board.sit();
    CountDownLatch shown = new CountDownLatch(1);
    CompletableFuture<Heard> heard = new CompletableFuture<>();
    try (var _ = board.subscribe(now -> shown.countDown())) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              heard.complete(sitting.ask(question, Duration.ofMinutes(5)));
            } catch (InterruptedException stopped) {
              heard.completeExceptionally(stopped);
            }
          });
      shown.await();
    }
    return heard;
  }

  private long screen() {
    return board.shown().screen();
  }

  private int statusFor(String host) throws IOException {
    String answer = raw("GET / HTTP/1.1\r\nHost: " + host + "\r\n");
    return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
  }

  /** A request no browser would let a page make. */
  private String raw(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), browser.port())) {
      String request = head + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theTimeAPatientHasIsOnTheScreen() throws Exception {
    assertThat(board.shown().patience()).isEqualTo(Optional.empty());
    CompletableFuture<Heard> unheard = ask(PIN);

    assertThat(browser.get("/").body()).contains("data-patience=\"300\"", "もっと時間がほしい");
    assertThat(unheard).isNotDone();
  }
}
