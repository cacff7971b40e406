package jp.kazashi.consent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import java.util.function.Consumer;
import jp.kazashi.consent.KioskBoard.Heard;
import jp.kazashi.consent.KioskBoard.Sitting;
import jp.kazashi.consent.desk.DemoOffice;
import jp.kazashi.consent.pages.DeskPages;
import jp.kazashi.consent.pages.KioskPages;
import jp.kazashi.consent.pages.KioskSetup;
import jp.kazashi.consent.pages.Premises;
import org.jspecify.annotations.Nullable;

/**
 * Runs the pages alone, without a card or a gateway. Without arguments each Enter puts an imagined
 * card down; with the name of a screen it shows that screen.
 */
public final class DemoBoard implements DeskBoard {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Instant MORNING = Instant.parse("2026-12-01T00:12:00Z");
  private static final Sentence RENEW_SOON =
      new Sentence(
          "電子証明書の有効期限が近づいています。お住まいの市区町村で更新してください。",
          "Your certificate will end soon. Please renew it at your municipality.");
  private static final Told RENEWAL = new Told("CERTIFICATE_EXPIRES_SOON", RENEW_SOON);
  private static final Sentence LOST =
      new Sentence("このカードは利用停止の届けが出ています。", "This card has been reported and stopped.");
  private static final Sentence SHOW_CONFIRMATION =
      new Sentence("受付で資格確認書をお見せください。", "Please show your confirmation document at reception.");

  private final KioskBoard kiosk = new KioskBoard(Language.JA);

  private DemoBoard() {}

  public static void main(String[] arguments) {
    DemoBoard demo = new DemoBoard();
    Vertx vertx = Vertx.vertx();
    Premises premises = new Premises("かざし内科クリニック", "kiosk-1", true, Premises.LOOPBACK);
    KioskSetup setup =
        new KioskSetup(true, KioskSetup.Loudness.LOUDSPEAKER, Optional.of(new DrawnCamera()));
    SecureRandom random = new SecureRandom();
    serve(vertx, "Kiosk", 8442, new KioskPages(demo.kiosk, premises, setup, random).router(vertx));
    serve(
        vertx,
        "Desk",
        8443,
        new DeskPages(demo, new DemoOffice(demo::attended).office(), premises, random)
            .router(vertx));
    if (arguments.length > 0) {
      demo.hold(arguments[0]);
    } else {
      demo.walk(new Scanner(System.in, UTF_8));
    }
  }

  private static void serve(Vertx vertx, String what, int port, Router pages) {
    HttpServer server = vertx.createHttpServer().requestHandler(pages);
    server
        .listen(port, "127.0.0.1")
        .onSuccess(up -> say(what + ": http://127.0.0.1:" + up.actualPort() + "/"))
        .onFailure(trouble -> say(what + ": " + trouble.getMessage()));
  }

  private void hold(String name) {
    ScreenView view = screens().get(name);
    if (view == null) {
      say("Screens: " + String.join(", ", screens().keySet()));
    } else {
      kiosk.sit().show(view);
    }
  }

  private void walk(Scanner keyboard) {
    say("Enter puts a card down.");
    while (keyboard.hasNextLine()) {
      keyboard.nextLine();
      try {
        visit(kiosk.sit());
      } catch (InterruptedException stopped) {
        return;
      }
      say("Enter puts the next card down.");
    }
  }

  private void visit(Sitting patient) throws InterruptedException {
    patient.ask(
        new ScreenView.ChooseMethod(
            EnumSet.of(ProofMethod.FACE, ProofMethod.PIN, ProofMethod.STAFF)),
        PATIENCE);
    Heard heard = patient.ask(new ScreenView.EnterPin(3, false), PATIENCE);
    if (heard instanceof Heard.Said said && said.reply() instanceof PatientInput.Pin pin) {
      pin.wipe();
    }
    ConsentDialogue dialogue = ConsentDialogue.about(EnumSet.allOf(MedicalCategory.class));
    while (dialogue.question().isPresent()) {
      Heard answer =
          patient.ask(
              new ScreenView.AskConsent(dialogue.question().get(), dialogue.canGoBack()), PATIENCE);
      dialogue =
          answer instanceof Heard.Said said && said.reply() instanceof PatientInput.Answer answered
              ? dialogue.answered(answered.reply())
              : ConsentDialogue.about(List.of());
    }
    patient.show(
        new ScreenView.Done(List.of(RENEWAL), dialogue.granted().stream().sorted().toList()));
  }

  private static Map<String, ScreenView> screens() {
    Map<String, ScreenView> screens = new LinkedHashMap<>();
    screens.put("put-card", new ScreenView.PutCard());
    screens.put(
        "choose-method",
        new ScreenView.ChooseMethod(
            EnumSet.of(ProofMethod.FACE, ProofMethod.PIN, ProofMethod.STAFF)));
    screens.put("enter-pin", new ScreenView.EnterPin(3, false));
    screens.put("wrong-pin", new ScreenView.EnterPin(2, true));
    screens.put("last-pin", new ScreenView.EnterPin(1, true));
    screens.put("working", new ScreenView.Working(ScreenView.Working.Step.ASKING));
    screens.put("face", new ScreenView.Working(ScreenView.Working.Step.CHECKING_FACE));
    screens.put("registration", new ScreenView.AskRegistration());
    screens.put("consent", new ScreenView.AskConsent(bundle(), false));
    screens.put(
        "surgery",
        new ScreenView.AskConsent(new ConsentQuestion.One(MedicalCategory.SURGERY), true));
    screens.put(
        "done",
        new ScreenView.Done(
            List.of(RENEWAL), List.of(MedicalCategory.MEDICATION, MedicalCategory.CARE)));
    screens.put("ended", new ScreenView.Ended(new Told("CERTIFICATE_REVOKED", LOST)));
    screens.put("take-card", new ScreenView.TakeCard());
    screens.put("out-of-service", new ScreenView.OutOfService());
    return screens;
  }

  private static ConsentQuestion bundle() {
    return ConsentDialogue.about(EnumSet.allOf(MedicalCategory.class)).question().orElseThrow();
  }

  @Override
  public List<Arrival> arrivals() {
    return List.of(
        line(5, new Arrival.Standing.AtKiosk(ScreenView.Station.PROOF), List.of(), List.of(), null),
        line(
            4,
            answered("山田 花子", "山田 花子", "ヤマダ ハナコ", Arrival.Validity.VALID),
            List.of(MedicalCategory.MEDICATION, MedicalCategory.CHECKUP, MedicalCategory.CARE),
            List.of(),
            null),
        line(
            3,
            answered("鈴木 次郎", "鈴木 次郎", "スズキ ジロウ", Arrival.Validity.VALID),
            List.of(),
            List.of(RENEW_SOON),
            null),
        line(
            2,
            new Arrival.Standing.Refused("CERTIFICATE_REVOKED", LOST),
            List.of(),
            List.of(),
            SHOW_CONFIRMATION),
        line(
            1,
            answered("𠮷田 八重", "●田 八重", "ヨシダ ヤエ", Arrival.Validity.SUPERSEDED),
            List.of(),
            List.of(),
            SHOW_CONFIRMATION));
  }

  private static Arrival line(
      long order,
      Arrival.Standing standing,
      List<MedicalCategory> consents,
      List<Sentence> alerts,
      @Nullable Sentence nextStep) {
    Instant at = MORNING.plusSeconds(order * 240);
    return new Arrival(
        "demo-" + order,
        order,
        at,
        "kiosk-1",
        standing,
        consents,
        consents.isEmpty() ? Optional.empty() : Optional.of(at.plus(Duration.ofHours(24))),
        alerts,
        Optional.ofNullable(nextStep));
  }

  private static Arrival.Standing answered(
      String name, String printable, String kana, Arrival.Validity validity) {
    return new Arrival.Standing.Answered(
        new Arrival.Person(name, printable, kana, LocalDate.of(1985, 4, 2)),
        validity,
        "全国健康保険協会 東京支部",
        validity.covered() ? Optional.of(30) : Optional.empty(),
        ProofMethod.PIN);
  }

  @Override
  public List<StaffCall> calls() {
    return kiosk.shown().staffCalled()
        ? List.of(new StaffCall("kiosk-1", MORNING, StaffCall.Want.HELP))
        : List.of();
  }

  private void attended(String terminal) {
    kiosk.clear(new ScreenView.PutCard());
  }

  @Override
  public VisitBoard.Subscription subscribe(Consumer<Change> listener) {
    return kiosk.subscribe(shown -> listener.accept(new Change.Calls(calls())));
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
