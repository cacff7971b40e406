package jp.kazashi.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import jp.kazashi.consent.KioskBoard.Heard;
import jp.kazashi.consent.KioskBoard.Sitting;
import jp.kazashi.consent.VisitBoard.Taken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KioskBoardTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final ScreenView METHOD = new ScreenView.ChooseMethod(EnumSet.of(ProofMethod.PIN));
  private static final ScreenView PIN = new ScreenView.EnterPin(3, false);

  private final KioskBoard board = new KioskBoard(Language.JA);

  @Test
  void anAnswerToTheScreenIsHeard() {
    CompletableFuture<Heard> heard = ask(board.sit(), METHOD);

    Taken taken = board.accept(screen(), new PatientInput.Choose(ProofMethod.PIN));

    assertThat(taken).isEqualTo(Taken.TAKEN);
    assertThat(heard.join()).isEqualTo(new Heard.Said(new PatientInput.Choose(ProofMethod.PIN)));
  }

  @Test
  void anAnswerToAnEarlierScreenIsNotAppliedToThisOne() {
    Sitting sitting = board.sit();
    ConsentQuestion surgery = new ConsentQuestion.One(MedicalCategory.SURGERY);
    CompletableFuture<Heard> first = ask(sitting, new ScreenView.AskConsent(surgery, false));
    long firstScreen = screen();
    PatientInput yes = new PatientInput.Answer(ConsentReply.YES);
    board.accept(firstScreen, yes);
    first.join();
    CompletableFuture<Heard> second = ask(sitting, new ScreenView.AskConsent(surgery, false));

    assertThat(board.accept(firstScreen, yes)).isEqualTo(Taken.STALE);
    assertThat(second).isNotDone();
  }

  @Test
  void aSecondTapOnTheSameScreenIsNotTaken() {
    CompletableFuture<Heard> heard = ask(board.sit(), METHOD);
    long screen = screen();
    PatientInput pin = new PatientInput.Choose(ProofMethod.PIN);
    board.accept(screen, pin);
    heard.join();

    assertThat(board.accept(screen, pin)).isEqualTo(Taken.STALE);
  }

  @Test
  void whatTheScreenDidNotAskForIsNotTaken() {
    CompletableFuture<Heard> heard = ask(board.sit(), METHOD);

    assertThat(board.accept(screen(), new PatientInput.Choose(ProofMethod.FACE)))
        .isEqualTo(Taken.NOT_ASKED);
    assertThat(board.accept(screen(), new PatientInput.Answer(ConsentReply.YES)))
        .isEqualTo(Taken.NOT_ASKED);
    assertThat(heard).isNotDone();
  }

  @Test
  void aPinThatIsNotTakenIsWiped() {
    CompletableFuture<Heard> unheard = ask(board.sit(), METHOD);
    PatientInput.Pin pin = pin();

    assertThat(board.accept(screen(), pin)).isEqualTo(Taken.NOT_ASKED);

    assertThat(pin.take()).containsOnly(0);
    assertThat(unheard).isNotDone();
  }

  @Test
  void aPinIsHandedOutOnceAndNeverPrintsItself() {
    byte[] typed = {'9', '8', '7', '6'};
    PatientInput.Pin pin = new PatientInput.Pin(typed);

    assertThat(typed).containsOnly(0);
    assertThat(pin).hasToString("Pin[****]");
    assertThat(pin.take()).containsExactly('9', '8', '7', '6');
    assertThat(pin.take()).containsOnly(0);
  }

  @Test
  void whatIsNotFourDigitsIsNoPinAndIsWiped() {
    byte[] typed = {'1', '2', 'x', '4'};

    assertThatIllegalArgumentException().isThrownBy(() -> new PatientInput.Pin(typed));
    assertThat(typed).containsOnly(0);
  }

  @Test
  void leavingWipesTheScreenAtOnceAndEndsTheQuestion() {
    Sitting sitting = board.sit();
    CompletableFuture<Heard> heard = ask(sitting, PIN);

    sitting.leave();

    assertThat(board.shown().view()).isEqualTo(new ScreenView.PutCard());
    assertThat(heard.join()).isEqualTo(new Heard.Gone());
  }

  @Test
  void aPhoneTakenAwayEndsTheQuestionForItsPin() throws Exception {
    Sitting sitting = board.sit(Carrier.PHONE);
    CompletableFuture<Heard> heard = ask(sitting, PIN);

    sitting.carrierIsAway();

    assertThat(heard.join()).isEqualTo(new Heard.Gone());
    assertThat(board.shown().view()).isEqualTo(new ScreenView.PutCard());
    assertThat(sitting.isOver()).isTrue();
  }

  @Test
  void aPhoneThatIsAwayIsNotAskedForItsPin() throws Exception {
    Sitting sitting = board.sit(Carrier.PHONE);
    sitting.carrierIsAway();

    assertThat(sitting.ask(PIN, LONG)).isEqualTo(new Heard.Gone());
    assertThat(board.shown().view()).isEqualTo(new ScreenView.PutCard());
  }

  @Test
  void aPhoneTakenAwayAfterItSignedEndsNothing() {
    Sitting sitting = board.sit(Carrier.PHONE);
    CompletableFuture<Heard> heard = ask(sitting, new ScreenView.AskRegistration());

    sitting.carrierIsAway();
    board.accept(screen(), new PatientInput.Answer(ConsentReply.YES));

    assertThat(heard.join()).isEqualTo(new Heard.Said(new PatientInput.Answer(ConsentReply.YES)));
  }

  @Test
  void aVisitThatGoesOnAfterItsPatientLeftShowsNothingMore() throws Exception {
    Sitting gone = board.sit();
    gone.leave();
    board.sit().show(PIN);

    gone.show(new ScreenView.Done(List.of(), List.of(MedicalCategory.SURGERY)));
    Heard heard = gone.ask(METHOD, LONG);

    assertThat(heard).isEqualTo(new Heard.Gone());
    assertThat(board.shown().view()).isEqualTo(PIN);
    assertThat(gone.isOver()).isTrue();
  }

  @Test
  void silenceEndsTheQuestion() throws Exception {
    assertThat(board.sit().ask(PIN, Duration.ofMillis(1))).isEqualTo(new Heard.Silence());
  }

  @Test
  void moreTimeCanBeAskedForTenTimes() {
    CompletableFuture<Heard> unheard = ask(board.sit(), PIN);

    for (int time = 1; time <= 10; time++) {
      assertThat(board.accept(screen(), new PatientInput.MoreTime())).isEqualTo(Taken.TAKEN);
    }
    assertThat(board.accept(screen(), new PatientInput.MoreTime())).isEqualTo(Taken.NOT_ASKED);
    assertThat(unheard).isNotDone();
  }

  @Test
  void theNextPatientFindsTheFirstLanguageAndNoCall() {
    Sitting sitting = board.sit();
    board.accept(0, new PatientInput.Speak(Language.EN));
    board.accept(0, new PatientInput.CallStaff());
    sitting.show(PIN);
    assertThat(board.shown().language()).isEqualTo(Language.EN);
    assertThat(board.shown().staffCalled()).isTrue();

    sitting.leave();

    assertThat(board.shown().language()).isEqualTo(Language.JA);
    assertThat(board.shown().staffCalled()).isFalse();
  }

  @Test
  void aLanguageChosenBeforeTheCardIsKeptForTheVisit() {
    board.accept(0, new PatientInput.Speak(Language.EN));

    board.sit().show(PIN);

    assertThat(board.shown().language()).isEqualTo(Language.EN);
  }

  @Test
  void everyChangeIsTold() {
    List<ScreenView> told = new ArrayList<>();
    try (var _ = board.subscribe(shown -> told.add(shown.view()))) {
      board.sit().show(PIN);
      board.clear(new ScreenView.OutOfService());
    }
    board.clear(new ScreenView.PutCard());

    assertThat(told).containsExactly(PIN, new ScreenView.OutOfService());
  }

  /** Asks on a thread of its own and returns when the question is on the screen. */
  private CompletableFuture<Heard> ask(Sitting sitting, ScreenView question) {
    CountDownLatch shown = new CountDownLatch(1);
    try (var _ = board.subscribe(now -> shown.countDown())) {
      CompletableFuture<Heard> heard = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> {
            try {
              heard.complete(sitting.ask(question, LONG));
            } catch (InterruptedException stopped) {
              heard.completeExceptionally(stopped);
            }
          });
      shown.await();
      return heard;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private long screen() {
    return board.shown().screen();
  }

  private static PatientInput.Pin pin() {
    return new PatientInput.Pin(new byte[] {'1', '2', '3', '4'});
  }
}
