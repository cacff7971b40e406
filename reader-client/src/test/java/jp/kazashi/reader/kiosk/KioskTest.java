package jp.kazashi.reader.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import jp.kazashi.consent.Comfort;
import jp.kazashi.consent.ConsentReply;
import jp.kazashi.consent.KioskBoard;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.PatientInput;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.VisitBoard;
import jp.kazashi.consent.VisitBoard.Shown;
import jp.kazashi.consent.VisitBoard.Taken;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.link.Answers;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.myna.TestCards;
import jp.kazashi.reader.visit.Counter;
import jp.kazashi.reader.visit.FakeGateway;
import jp.kazashi.reader.visit.Means;
import jp.kazashi.reader.visit.Visit;
import jp.kazashi.reader.visit.VisitFlow.Equipment;
import jp.kazashi.reader.visit.VisitId;
import jp.kazashi.reader.visit.VisitWitness;
import jp.kazashi.simulator.card.CardForm;
import jp.kazashi.simulator.card.PinCounters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A kiosk with a patient who reads its screen and presses its buttons. */
@Timeout(60)
class KioskTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final Counter counter = new Counter();
  private final FakeGateway gateway = new FakeGateway();
  private final KioskBoard board = new KioskBoard(Language.JA);
  private final BlockingQueue<Shown> screens = new LinkedBlockingQueue<>();
  private final BlockingQueue<Visit> ends = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> troubles = new LinkedBlockingQueue<>();
  private VisitWitness witness =
      visit -> {
        if (visit instanceof Visit.End) {
          ends.add(visit);
        }
      };
  private Means means = Means.pinOnly();
  private Kiosk.Holds holds = Kiosk.Holds.CARDS;
  private final Turn turn = new Turn();
  private Thread kiosk = new Thread(() -> {});
  private Optional<Kiosk> served = Optional.empty();

  @BeforeEach
  void listen() {
    board.subscribe(screens::add);
  }

  @AfterEach
  void close() throws InterruptedException {
    kiosk.interrupt();
    kiosk.join();
    counter.close();
  }

  @Test
  void patientWalksTheFiveStepsInOrder() throws Exception {
    open(counter);
    counter.seat();

    press(ScreenView.ChooseMethod.class, new PatientInput.Choose(ProofMethod.PIN));
    press(ScreenView.EnterPin.class, pin("1234"));
    press(ScreenView.AskConsent.class, new PatientInput.Answer(ConsentReply.YES));
    press(ScreenView.AskConsent.class, new PatientInput.Answer(ConsentReply.NO));
    ScreenView.Done done = await(ScreenView.Done.class);
    counter.take();

    assertThat(done.shared())
        .containsExactly(MedicalCategory.MEDICATION, MedicalCategory.CHECKUP, MedicalCategory.CARE);
    await(ScreenView.PutCard.class);
    assertThat(ends.take()).isInstanceOf(Visit.Consented.class);
  }

  @Test
  void cardInGraceShowsItsNoticeAndAsksNoConsent() throws Exception {
    gateway.answer = new GatewayReply.Given<>(Answers.inGrace());
    open(counter);
    counter.seat();
    press(ScreenView.ChooseMethod.class, new PatientInput.Choose(ProofMethod.PIN));
    press(ScreenView.EnterPin.class, pin("1234"));

    ScreenView afterPin =
        await(view -> view instanceof ScreenView.Done || view instanceof ScreenView.AskConsent);

    assertThat(afterPin).isInstanceOf(ScreenView.Done.class);
    assertThat(((ScreenView.Done) afterPin).notices()).containsExactly(Answers.GRACE_NOTICE.told());
  }

  @Test
  void cardThatIsNotRegisteredIsRegisteredAtTheKiosk() throws Exception {
    gateway.answer = new GatewayReply.Refused<>(Answers.notRegistered());
    open(counter);
    counter.seat();
    press(ScreenView.ChooseMethod.class, new PatientInput.Choose(ProofMethod.PIN));
    press(ScreenView.EnterPin.class, pin("1234"));

    press(ScreenView.AskRegistration.class, new PatientInput.Answer(ConsentReply.YES));
    press(ScreenView.AskConsent.class, new PatientInput.Answer(ConsentReply.YES));

    assertThat(gateway.registrations).containsExactly(Answers.CHECK);
  }

  @Test
  void wrongPinIsAskedForAgainWithTheTriesLeft() throws Exception {
    open(counter);
    counter.seat();
    press(ScreenView.ChooseMethod.class, new PatientInput.Choose(ProofMethod.PIN));
    press(ScreenView.EnterPin.class, pin("9999"));

    assertThat(await(ScreenView.EnterPin.class)).isEqualTo(new ScreenView.EnterPin(2, true, true));
  }

  @Test
  void refusalIsSaidToThePatientUntilTheCardIsTaken() throws Exception {
    gateway.answer = new GatewayReply.Refused<>(Answers.revoked());
    open(counter);
    counter.seat();
    press(ScreenView.ChooseMethod.class, new PatientInput.Choose(ProofMethod.PIN));
    press(ScreenView.EnterPin.class, pin("1234"));

    assertThat(await(ScreenView.Ended.class).why()).isEqualTo(Answers.revoked().told());
    counter.take();
    await(ScreenView.PutCard.class);
  }

  @Test
  void removalAtAQuestionReturnsToTheStart() throws Exception {
    open(counter);
    counter.seat();
    press(ScreenView.ChooseMethod.class, new PatientInput.Choose(ProofMethod.PIN));
    await(ScreenView.EnterPin.class);

    counter.take();

    await(ScreenView.PutCard.class);
    assertThat(ends.take()).isInstanceOf(Visit.Left.class);
    assertThat(gateway.proofs).isEmpty();
  }

  @Test
  void removalWhileTheGatewayIsAskedWipesAtOnceAndKeepsTheAnswer() throws Exception {
    CountDownLatch answering = new CountDownLatch(1);
    gateway.beforeAnswer = () -> await(answering);
    open(counter);
    counter.seat();
    press(ScreenView.ChooseMethod.class, new PatientInput.Choose(ProofMethod.PIN));
    press(ScreenView.EnterPin.class, pin("1234"));
    await(view -> view.equals(new ScreenView.Working(ScreenView.Working.Step.ASKING)));

    counter.take();
    await(ScreenView.PutCard.class);
    assertThat(ends).isEmpty();
    answering.countDown();

    Visit.Closed closed = (Visit.Closed) ends.take();
    assertThat(closed.closing()).isEqualTo(new Visit.Closing.LeftBeforeConsent());
    assertThat(board.shown().view()).isEqualTo(new ScreenView.PutCard());
  }

  @Test
  void nextPatientIsServedAfterOneWhoLeft() throws Exception {
    open(counter);
    counter.seat();
    await(ScreenView.ChooseMethod.class);
    counter.take();
    await(ScreenView.PutCard.class);
    ends.take();

    counter.seat();

    await(ScreenView.ChooseMethod.class);
  }

  @Test
  void whoGoesBackFromThePinChoosesAnew() throws Exception {
    open(counter);
    counter.seat();
    press(ScreenView.ChooseMethod.class, new PatientInput.Choose(ProofMethod.PIN));
    press(ScreenView.EnterPin.class, new PatientInput.Back());
    press(ScreenView.ChooseMethod.class, new PatientInput.Choose(ProofMethod.PIN));
    press(ScreenView.EnterPin.class, pin("1234"));

    await(ScreenView.AskConsent.class);
  }

  @Test
  void languageChosenByNobodyWithACardIsForgottenAfterAWhile() throws Exception {
    open(counter, new Kiosk.Pace(LONG, Duration.ofMillis(5), LONG, Duration.ofMillis(20)));
    board.accept(0, new PatientInput.Speak(Language.KO));
    board.accept(0, new PatientInput.Turn(Comfort.LARGE));

    while (board.wasTouched()) {
      VisitBoard.Shown _ = screens.take();
    }
    assertThat(board.shown().language()).isEqualTo(Language.JA);
    assertThat(board.shown().patient().comforts()).containsExactly(Comfort.KEYS);
  }

  @Test
  void cardLeftBehindIsCalledOut() throws Exception {
    gateway.answer = new GatewayReply.Refused<>(Answers.revoked());
    open(counter, new Kiosk.Pace(LONG, LONG, Duration.ofMillis(50), LONG));
    counter.seat();
    press(ScreenView.ChooseMethod.class, new PatientInput.Choose(ProofMethod.PIN));
    press(ScreenView.EnterPin.class, pin("1234"));

    await(ScreenView.TakeCard.class);
  }

  @Test
  void brokenVisitIsSaidAndOutlived() throws Exception {
    VisitWitness sound = witness;
    witness =
        visit -> {
          if (visit instanceof Visit.Seated && troubles.isEmpty()) {
            throw new IllegalStateException("a fault of ours");
          }
          sound.sees(visit);
        };
    open(counter);
    counter.seat();
    await(ScreenView.OutOfService.class);
    assertThat(troubles.take()).isEqualTo("broke: IllegalStateException");
    troubles.add("once");
    counter.take();
    await(ScreenView.PutCard.class);

    counter.seat();

    await(ScreenView.ChooseMethod.class);
  }

  @Test
  void readerThatGoesAwayIsShownAndOutlived() throws Exception {
    FlakyReader reader = new FlakyReader(counter);
    reader.away = true;
    open(reader, new Kiosk.Pace(LONG, Duration.ofMillis(5), LONG, LONG));
    await(ScreenView.OutOfService.class);
    assertThat(troubles.take()).isEqualTo("away: No reader is connected.");
    assertThat(served.orElseThrow().illness()).contains("No reader is connected.");

    reader.away = false;

    await(ScreenView.PutCard.class);
    assertThat(troubles.take()).isEqualTo("back");
    assertThat(served.orElseThrow().illness()).isEmpty();
  }

  @Test
  void faultNobodyThoughtOfIsSaidAndTheNextPatientIsServed() throws Exception {
    FlakyReader reader = new FlakyReader(counter);
    reader.broken = true;
    open(reader, new Kiosk.Pace(LONG, Duration.ofMillis(5), LONG, LONG));
    await(ScreenView.OutOfService.class);
    assertThat(troubles.take()).isEqualTo("kiosk broke: IllegalStateException");
    assertThat(served.orElseThrow().illness()).isPresent();

    reader.broken = false;
    await(ScreenView.PutCard.class);
    counter.seat();

    await(ScreenView.ChooseMethod.class);
    assertThat(served.orElseThrow().illness()).isEmpty();
  }

  @Test
  void screenIsWipedAtRemovalAlsoAfterAFaultOfTheWatch() throws Exception {
    FlakyReader reader = new FlakyReader(counter);
    open(reader, new Kiosk.Pace(LONG, Duration.ofMillis(5), Duration.ofMillis(5), LONG));
    counter.seat();
    press(ScreenView.ChooseMethod.class, new PatientInput.Choose(ProofMethod.PIN));
    reader.broken = true;
    assertThat(troubles.take()).isEqualTo("kiosk broke: IllegalStateException");

    reader.broken = false;
    counter.take();

    await(ScreenView.PutCard.class);
  }

  @Test
  void phoneTappedAndTakenAwayIsServedToItsEnd() throws Exception {
    holds = Kiosk.Holds.PHONES;
    open(counter);
    counter.seat(TestCards.everything("iphone", CardForm.IPHONE, PinCounters.inMemory()));
    await(ScreenView.AskConsent.class);
    counter.take();
    assertThat(board.accept(board.shown().screen(), new PatientInput.Answer(ConsentReply.YES)))
        .isEqualTo(Taken.TAKEN);
    press(ScreenView.AskConsent.class, new PatientInput.Answer(ConsentReply.NO));

    await(ScreenView.Done.class);
    assertThat(ends.take()).isInstanceOf(Visit.Consented.class);
  }

  @Test
  void phoneTakenAwayBeforeItsPinEndsTheVisitAtOnceAndTheNextPatientsPinIsTheirOwn()
      throws Exception {
    holds = Kiosk.Holds.PHONES;
    open(counter);
    counter.seat(TestCards.everything("android", CardForm.ANDROID_PHONE, PinCounters.inMemory()));
    await(ScreenView.EnterPin.class);
    Shown theirs = board.shown();

    take();

    await(ScreenView.PutCard.class);
    assertThat(board.accept(theirs.screen(), pin("1234"))).isEqualTo(Taken.STALE);
    assertThat(ends.take()).isInstanceOf(Visit.Left.class);
  }

  @Test
  void endOfAVisitByPhoneLeavesTheScreenByItselfAfterAWhile() throws Exception {
    holds = Kiosk.Holds.PHONES;
    gateway.answer = new GatewayReply.Given<>(Answers.inGrace());
    open(counter, new Kiosk.Pace(LONG, LONG, Duration.ofMillis(50), LONG));
    counter.seat(TestCards.everything("iphone", CardForm.IPHONE, PinCounters.inMemory()));

    await(ScreenView.Done.class);
    await(ScreenView.PutCard.class);
  }

  @Test
  void secondPhoneIsServedAsSoonAsTheFirstHasLeft() throws Exception {
    holds = Kiosk.Holds.PHONES;
    gateway.answer = new GatewayReply.Given<>(Answers.inGrace());
    open(counter);
    counter.seat(TestCards.everything("iphone", CardForm.IPHONE, PinCounters.inMemory()));
    await(ScreenView.Done.class);
    take();
    assertThat(board.shown().view()).as("still to be read").isInstanceOf(ScreenView.Done.class);

    counter.seat(TestCards.everything("iphone", CardForm.IPHONE, PinCounters.inMemory()));

    await(ScreenView.Done.class);
    assertThat(ends.take()).isInstanceOf(Visit.Closed.class);
    assertThat(ends.take()).isInstanceOf(Visit.Closed.class);
  }

  @Test
  void secondPhonePutOnDuringTheFirstVisitIsServedAfterIt() throws Exception {
    holds = Kiosk.Holds.PHONES;
    open(counter);
    counter.seat(TestCards.everything("iphone", CardForm.IPHONE, PinCounters.inMemory()));
    await(ScreenView.AskConsent.class);
    take();
    counter.seat(TestCards.everything("iphone", CardForm.IPHONE, PinCounters.inMemory()));
    assertThat(ends).isEmpty();
    assertThat(board.accept(board.shown().screen(), new PatientInput.Answer(ConsentReply.YES)))
        .isEqualTo(Taken.TAKEN);
    press(ScreenView.AskConsent.class, new PatientInput.Answer(ConsentReply.NO));

    await(ScreenView.Done.class);
    await(ScreenView.AskConsent.class);
    assertThat(ends.take()).isInstanceOf(Visit.Consented.class);
  }

  @Test
  void patientWithACardWaitsForOneWithAPhoneAndIsServedNext() throws Exception {
    holds = Kiosk.Holds.PHONES;
    gateway.answer = new GatewayReply.Given<>(Answers.inGrace());
    open(counter);
    counter.seat(TestCards.everything("iphone", CardForm.IPHONE, PinCounters.inMemory()));
    await(ScreenView.Done.class);

    try (Counter cards = new Counter()) {
      Thread second =
          Thread.ofPlatform()
              .start(
                  new Kiosk(
                      board,
                      cards,
                      Kiosk.Holds.CARDS,
                      turn,
                      equipment(),
                      new Troubles(),
                      new Kiosk.Pace(LONG, LONG, LONG, LONG)));
      cards.seat();
      await(ScreenView.ChooseMethod.class);
      second.interrupt();
      second.join();
    }
  }

  private void open(CardPort reader) {
    open(reader, new Kiosk.Pace(LONG, LONG, LONG, LONG));
  }

  private void open(CardPort reader, Kiosk.Pace pace) {
    Kiosk opened = new Kiosk(board, reader, holds, turn, equipment(), new Troubles(), pace);
    served = Optional.of(opened);
    kiosk = Thread.ofPlatform().start(opened);
  }

  private Equipment equipment() {
    return new Equipment(
        gateway,
        LocalReasons.load(),
        witness,
        means,
        () -> Answers.NOW,
        System::nanoTime,
        UUID::randomUUID);
  }

  /** Not so soon followed by the next that nobody could have seen the reader empty. */
  private void take() {
    counter.take();
    assertThat(counter.awaitRemoval(LONG)).isTrue();
  }

  /** Waits for that screen and presses there. */
  private void press(Class<? extends ScreenView> screen, PatientInput input) throws Exception {
    await(screen);
    assertThat(board.accept(board.shown().screen(), input)).isEqualTo(Taken.TAKEN);
  }

  private <V extends ScreenView> V await(Class<V> screen) throws InterruptedException {
    return screen.cast(await(screen::isInstance));
  }

  private ScreenView await(Predicate<ScreenView> wanted) throws InterruptedException {
    while (true) {
      ScreenView view = screens.take().view();
      if (wanted.test(view)) {
        return view;
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static PatientInput pin(String digits) {
    return new PatientInput.Pin(digits.getBytes(StandardCharsets.US_ASCII));
  }

  private final class Troubles implements Kiosk.Trouble {
    @Override
    public void readerAway(String what) {
      troubles.add("away: " + what);
    }

    @Override
    public void readerBack() {
      troubles.add("back");
    }

    @Override
    public void visitBroke(VisitId visit, RuntimeException fault) {
      troubles.add("broke: " + fault.getClass().getSimpleName());
    }

    @Override
    public void kioskBroke(RuntimeException fault) {
      troubles.add("kiosk broke: " + fault.getClass().getSimpleName());
    }
  }

  /** A reader that is unplugged at times. */
  private static final class FlakyReader implements CardPort {
    private final CardPort reader;
    private volatile boolean away;
    private volatile boolean broken;

    FlakyReader(CardPort reader) {
      this.reader = reader;
    }

    @Override
    public String name() {
      return reader.name();
    }

    @Override
    public boolean isCardPresent() {
      return !away && reader.isCardPresent();
    }

    @Override
    public boolean awaitInsertion(Duration limit) {
      check();
      return reader.awaitInsertion(limit);
    }

    @Override
    public boolean awaitRemoval(Duration limit) {
      check();
      return reader.awaitRemoval(limit);
    }

    private void check() {
      if (broken) {
        throw new IllegalStateException("a fault nobody thought of");
      }
    }

    @Override
    public CardOpening open() {
      return away ? new CardOpening.ReaderTrouble("No reader is connected.") : reader.open();
    }
  }
}
