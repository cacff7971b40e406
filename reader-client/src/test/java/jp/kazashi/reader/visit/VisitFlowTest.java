package jp.kazashi.reader.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import jp.kazashi.consent.FaceSetback;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.CardStep;
import jp.kazashi.reader.card.StepResult;
import jp.kazashi.reader.link.Answers;
import jp.kazashi.reader.link.FaceCalibration;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.LocalReason;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.Proof;
import jp.kazashi.reader.link.SealedChallenge;
import jp.kazashi.reader.link.StaffPass;
import jp.kazashi.reader.myna.CardFaceScan;
import jp.kazashi.reader.myna.FaceNumber;
import jp.kazashi.reader.myna.PinEntry;
import jp.kazashi.reader.myna.PinlessAuthorizer;
import jp.kazashi.reader.myna.PortraitReading;
import jp.kazashi.reader.myna.TestCards;
import jp.kazashi.reader.visit.Patient.PinQuestion;
import jp.kazashi.reader.visit.Patient.Reply;
import jp.kazashi.reader.visit.Visit.Closing;
import jp.kazashi.reader.visit.VisitFlow.Ended;
import jp.kazashi.reader.visit.VisitFlow.Equipment;
import jp.kazashi.simulator.card.CardFace;
import jp.kazashi.simulator.card.CardForm;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.PinReference;
import jp.kazashi.simulator.card.VirtualCard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every path of a visit, over the virtual card of the simulator. */
@Timeout(60)
class VisitFlowTest {

  private static final VisitId ID = new VisitId(new UUID(0, 1));

  private final Counter counter = new Counter();
  private final FakeGateway gateway = new FakeGateway();
  private final FakePatient patient = new FakePatient();
  private final LocalReasons reasons = LocalReasons.load();
  private final List<Visit> witnessed = new CopyOnWriteArrayList<>();
  private final AtomicLong ticks = new AtomicLong();
  private volatile Instant now = Answers.NOW;
  private VisitWitness witness = witnessed::add;
  private Means means = Means.pinOnly();

  @AfterEach
  void close() {
    counter.close();
  }

  @Test
  void cardPinAndConsentMakeAConsentedVisit() {
    Visit.End end = visit();

    assertThat(end).isInstanceOf(Visit.Consented.class);
    assertThat(((Visit.Consented) end).grants().categories())
        .containsExactlyInAnyOrder(MedicalCategory.values());
    assertThat(patient.heard).containsExactly(end);
  }

  @Test
  void everyStationIsWitnessedOnceAndInOrder() {
    Visit.End end = visit();

    assertThat(witnessed)
        .extracting(visit -> visit.getClass().getSimpleName())
        .containsExactly("Waiting", "Seated", "Confirmed", "Signed", "Answered", "Consented");
    assertThat(witnessed).allSatisfy(visit -> assertThat(visit.id()).isEqualTo(ID));
    assertThat(witnessed.getLast()).isEqualTo(end);
  }

  @Test
  void whatIsSentIsTheCardsSignatureOverChallengeMethodAndTime() throws Exception {
    now = Answers.NOW.plusSeconds(3);

    visit();

    Proof proof = gateway.proofs.getFirst();
    assertThat(gateway.proofs).hasSize(1);
    assertThat(proof.confirmedAt()).isEqualTo(now);
    assertThat(proof.method()).isEqualTo(VerificationMethod.PIN);
    assertThat(proof.certificate().der().toArray()).isEqualTo(TestCards.CERTIFICATE);
    assertThat(isSigned(proof)).isTrue();
  }

  @Test
  void challengeIsAskedForWhileTheCardIsRead() {
    CountDownLatch cardRead = new CountDownLatch(1);
    witness =
        visit -> {
          witnessed.add(visit);
          if (visit instanceof Visit.Seated) {
            cardRead.countDown();
          }
        };
    // Were the two asked one after the other, neither would ever come.
    gateway.beforeChallenge = () -> await(cardRead);

    assertThat(visit()).isInstanceOf(Visit.Consented.class);
  }

  @Test
  void onlyOfferedConsentsCanBeGranted() {
    gateway.answer = new GatewayReply.Given<>(Answers.offering(MedicalCategory.MEDICATION));
    patient.consent = () -> new Reply.Said<>(EnumSet.allOf(MedicalCategory.class));

    visit();

    assertThat(patient.consentQuestions).containsExactly(Set.of(MedicalCategory.MEDICATION));
    assertThat(gateway.consents).containsExactly(Set.of(MedicalCategory.MEDICATION));
  }

  @Test
  void wishForWhatWasNotOfferedGrantsNothing() {
    gateway.answer = new GatewayReply.Given<>(Answers.offering(MedicalCategory.MEDICATION));
    patient.consent = () -> new Reply.Said<>(Set.of(MedicalCategory.SURGERY));

    assertThat(closing(visit())).isEqualTo(new Closing.Declined());
    assertThat(gateway.consents).containsExactly(Set.of());
  }

  @Test
  void unregisteredCardIsRegisteredWhereItsHolderWantsThatAndTheVisitGoesOn() {
    gateway.answer = new GatewayReply.Refused<>(Answers.notRegistered());
    patient.registration = new Patient.Reply.Said<>(true);

    Visit.End end = visit();

    assertThat(end).isInstanceOf(Visit.Consented.class);
    assertThat(gateway.registrations).containsExactly(Answers.CHECK);
    assertThat(gateway.proofs).hasSize(1);
  }

  @Test
  void unregisteredCardOfOneWhoDoesNotWantThatIsRefusedAsItWas() {
    gateway.answer = new GatewayReply.Refused<>(Answers.notRegistered());
    for (Patient.Reply<Boolean> reply :
        List.<Patient.Reply<Boolean>>of(
            new Patient.Reply.Said<>(false),
            new Patient.Reply.Cancelled<>(),
            new Patient.Reply.Silent<>(),
            new Patient.Reply.Gone<>())) {
      patient.registration = reply;
      patient.pins.add("1234");

      assertThat(visit()).isEqualTo(new Visit.Refused(ID, Answers.notRegistered()));
    }
    assertThat(gateway.registrations).isEmpty();
  }

  @Test
  void registrationThatIsRefusedEndsTheVisitWithItsReason() {
    gateway.answer = new GatewayReply.Refused<>(Answers.notRegistered());
    gateway.registration = new GatewayReply.Refused<>(Answers.revoked());
    patient.registration = new Patient.Reply.Said<>(true);

    assertThat(visit()).isEqualTo(new Visit.Refused(ID, Answers.revoked()));
  }

  @Test
  void anyOtherRefusalOffersNoRegistration() {
    gateway.answer = new GatewayReply.Refused<>(Answers.revoked());
    patient.registration = new Patient.Reply.Said<>(true);

    assertThat(visit()).isEqualTo(new Visit.Refused(ID, Answers.revoked()));
    assertThat(gateway.registrations).isEmpty();
  }

  @Test
  void noToEverythingIsRecordedBecauseItTakesBackWhatAnEarlierVisitAllowed() {
    patient.consent = () -> new Reply.Said<>(Set.of());

    assertThat(closing(visit())).isEqualTo(new Closing.Declined());
    assertThat(gateway.consents).containsExactly(Set.of());
  }

  @Test
  void noThatCannotBeRecordedIsNotTakenForOne() {
    patient.consent = () -> new Reply.Said<>(Set.of());
    gateway.recordsConsent = false;

    assertThat(closing(visit())).isEqualTo(new Closing.NotRecorded(Answers.revoked()));
  }

  @Test
  void cardInGraceGetsEligibilityButNoConsentScreen() {
    gateway.answer = new GatewayReply.Given<>(Answers.inGrace());

    Visit.End end = visit();

    assertThat(closing(end)).isEqualTo(new Closing.NothingOffered());
    assertThat(((Visit.Closed) end).answered().answer().notices())
        .containsExactly(Answers.GRACE_NOTICE);
    assertThat(patient.consentQuestions).isEmpty();
    assertThat(gateway.consents).isEmpty();
  }

  @Test
  void refusalOfTheGatewayEndsTheVisitInItsOwnWords() {
    gateway.answer = new GatewayReply.Refused<>(Answers.revoked());

    assertThat(visit()).isEqualTo(new Visit.Refused(ID, Answers.revoked()));
    assertThat(patient.consentQuestions).isEmpty();
  }

  @Test
  void consentThatCannotBeRecordedLeavesTheAnswer() {
    gateway.recordsConsent = false;

    assertThat(closing(visit())).isEqualTo(new Closing.NotRecorded(Answers.revoked()));
  }

  @Test
  void wrongPinOfSomeoneWhoTriesOnceIsRefusedWithTheTriesLeft() {
    patient.pins.addFirst("9999");

    Visit.Refused refused = (Visit.Refused) visit();

    assertThat(refused.refusal()).isEqualTo(reasons.wrongPin(2));
    assertThat(refused.refusal().nextStep().en()).contains("Tries left: 2");
    assertThat(counter.triesLeft()).isEqualTo(2);
    assertThat(gateway.proofs).isEmpty();
  }

  @Test
  void wrongPinAtTheKioskIsAskedForAgainWithTheTriesLeft() {
    patient.retries = true;
    patient.pins.addFirst("9999");

    assertThat(visit()).isInstanceOf(Visit.Consented.class);
    assertThat(patient.pinQuestions)
        .containsExactly(new PinQuestion(3, false, true), new PinQuestion(2, true, true));
  }

  @Test
  void lastTryIsSaidBeforeItIsUsedAndThePatientMayStop() {
    patient.retries = true;
    counter.setTries(2);
    patient.pin =
        () ->
            patient.pinQuestions.getLast().triesLeft() == 1
                ? new Reply.Cancelled<>()
                : said("9999");

    assertThat(reason(visit())).isEqualTo("CANCELLED");
    assertThat(patient.pinQuestions).last().isEqualTo(new PinQuestion(1, true, true));
    assertThat(counter.triesLeft()).isEqualTo(1);
  }

  @Test
  void thirdWrongPinBlocksAndEndsTheVisit() {
    patient.retries = true;
    patient.pins.clear();
    patient.pins.addAll(List.of("9999", "9999", "9999", "1234"));

    assertThat(reason(visit())).isEqualTo("PIN_BLOCKED");
    assertThat(patient.pinQuestions).hasSize(3);
  }

  @Test
  void blockedPinIsNotAskedFor() {
    counter.setTries(0);

    assertThat(reason(visit())).isEqualTo("PIN_BLOCKED");
    assertThat(patient.pinQuestions).isEmpty();
  }

  @Test
  void thePinIsWipedWhateverCameOfIt() {
    patient.retries = true;
    patient.pins.addFirst("9999");

    visit();

    assertThat(patient.entries)
        .hasSize(2)
        .allSatisfy(pin -> assertThat(pin).hasToString("PIN (wiped)"));
  }

  @Nested
  class WithoutPin {

    private final VirtualCard whole =
        TestCards.everything("whole", CardForm.MY_NUMBER_CARD, PinCounters.inMemory());
    private final List<byte[]> portraits = new ArrayList<>();
    private final List<PortraitReading.Distrusted> distrusted = new ArrayList<>();
    private FaceCheck.Verdict verdict =
        new FaceCheck.Verdict.Match(new FaceCalibration("calibration-1"));
    private CardFaceScan scan = () -> Optional.of(numberOn(TestCards.FACE));

    @BeforeEach
    void equip() {
      means =
          new Means(
              TestCards.terminal("READER"),
              Optional.of(new FaceCheck(() -> scan.scan(), TestCards.issuers(), matcher())),
              Optional.empty());
      patient.method = new Reply.Said<>(VerificationMethod.FACE);
    }

    private FaceCheck.Matcher matcher() {
      return new FaceCheck.Matcher() {
        @Override
        public FaceCheck.Verdict compare(
            PortraitReading.Read portrait, BooleanSupplier isCardThere) {
          portraits.add(portrait.jpeg2000().clone());
          return verdict;
        }

        @Override
        public void distrust(PortraitReading.Distrusted portrait) {
          distrusted.add(portrait);
        }
      };
    }

    @Test
    void faceThatMatchesLetsTheCardSignWithoutAPin() throws Exception {
      Visit.End end = visit(whole);

      assertThat(end).isInstanceOf(Visit.Consented.class);
      assertThat(gateway.proofs.getFirst().method()).isEqualTo(VerificationMethod.FACE);
      assertThat(isSigned(gateway.proofs.getFirst())).isTrue();
      assertThat(gateway.proofs.getFirst().calibration())
          .contains(new FaceCalibration("calibration-1"));
      assertThat(portraits).containsExactly(TestCards.FACE.portrait());
      assertThat(patient.pinQuestions).isEmpty();
    }

    @Test
    void portraitThatItsIssuerDidNotSignIsComparedWithNobodyAndAnotherWayIsOpen() {
      patient.methods.add(new Patient.Reply.Said<>(VerificationMethod.FACE));
      patient.methods.add(new Patient.Reply.Said<>(VerificationMethod.PIN));

      assertThat(visit(TestCards.forged("whole"))).isInstanceOf(Visit.Consented.class);
      assertThat(portraits).isEmpty();
      assertThat(distrusted)
          .containsExactly(new PortraitReading.Distrusted(PortraitReading.Doubt.SIGNATURE_BROKEN));
      assertThat(patient.methodQuestions.getLast().setback()).isEqualTo(FaceSetback.NO_PORTRAIT);
      assertThat(gateway.proofs.getFirst().method()).isEqualTo(VerificationMethod.PIN);
      assertThat(gateway.proofs.getFirst().calibration()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nothingButAMatchConfirmsAnybody(FaceCheck.Verdict.Unconfirmed otherVerdict) {
      verdict = otherVerdict;

      assertThat(reason(visit(whole))).isEqualTo("FACE_NOT_CONFIRMED");
      assertThat(gateway.proofs).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoseFaceConfirmsNobodyChoosesAnotherWayInTheSameVisit(
        FaceCheck.Verdict.Unconfirmed otherVerdict) {
      verdict = otherVerdict;
      patient.methods.add(new Patient.Reply.Said<>(VerificationMethod.FACE));
      patient.methods.add(new Patient.Reply.Said<>(VerificationMethod.PIN));

      assertThat(visit(whole)).isInstanceOf(Visit.Consented.class);
      assertThat(gateway.proofs.getFirst().method()).isEqualTo(VerificationMethod.PIN);
      assertThat(patient.methodQuestions)
          .extracting(Patient.MethodQuestion::setback)
          .containsExactly(
              FaceSetback.NONE,
              switch (otherVerdict) {
                case NO_MATCH, NOT_SURE -> FaceSetback.NOT_CONFIRMED;
                case NO_CAMERA -> FaceSetback.NO_CAMERA;
                case CANNOT_READ -> FaceSetback.NO_PORTRAIT;
              });
      assertThat(patient.methodQuestions.getFirst().offered()).contains(VerificationMethod.FACE);
      assertThat(patient.methodQuestions.getLast().offered())
          .contains(VerificationMethod.PIN)
          .doesNotContain(VerificationMethod.FACE);
    }

    @Test
    void faceOfACardThatNobodyCanReadIsNotConfirmed() {
      scan = Optional::empty;

      assertThat(reason(visit(whole))).isEqualTo("FACE_NOT_CONFIRMED");
      assertThat(portraits).isEmpty();
    }

    @Test
    void numberOfAnotherCardIsTriedOnceAndConfirmsNobody() {
      scan =
          () ->
              Optional.of(FaceNumber.taking("00000000000000".getBytes(StandardCharsets.US_ASCII)));

      assertThat(reason(visit(whole))).isEqualTo("FACE_NOT_CONFIRMED");
      assertThat(portraits).isEmpty();
    }

    @Test
    void terminalThatCannotProveItselfToTheCardHasNoSuchMethod() {
      means = new Means(PinlessAuthorizer.none(), means.face(), Optional.empty());

      assertThat(reason(visit(whole))).isEqualTo("METHOD_UNAVAILABLE");
      assertThat(gateway.proofs).isEmpty();
    }

    @Test
    void staffConfirmWithAPassThatGoesWithTheProof() throws Exception {
      means =
          new Means(
              means.pinless(),
              means.face(),
              Optional.of(() -> new GatewayReply.Given<>(new StaffPass("pass-1"))));
      patient.method = new Reply.Said<>(VerificationMethod.STAFF);

      assertThat(visit(whole)).isInstanceOf(Visit.Consented.class);
      Proof proof = gateway.proofs.getFirst();
      assertThat(proof.method()).isEqualTo(VerificationMethod.STAFF);
      assertThat(proof.pass()).contains(new StaffPass("pass-1"));
      assertThat(isSigned(proof)).isTrue();
    }

    @Test
    void withoutAPassTheCardIsNotAskedToSign() {
      means =
          new Means(
              means.pinless(),
              means.face(),
              Optional.of(() ->
                  new GatewayReply.Refused<>(reasons.refusal(LocalReason.GATEWAY_UNREACHABLE))));
      patient.method = new Reply.Said<>(VerificationMethod.STAFF);

      assertThat(reason(visit(whole))).isEqualTo("GATEWAY_UNREACHABLE");
      assertThat(gateway.proofs).isEmpty();
    }

    @Test
    void sightNeedsPassesWhichThisTerminalMayNotHave() {
      patient.method = new Reply.Said<>(VerificationMethod.STAFF);

      assertThat(reason(visit(whole))).isEqualTo("METHOD_UNAVAILABLE");
    }
  }

  @Nested
  class ByPhone {

    private final PinCounters tries = PinCounters.inMemory();
    private final VirtualCard android =
        TestCards.everything("android", CardForm.ANDROID_PHONE, tries);
    private final VirtualCard iphone = TestCards.everything("iphone", CardForm.IPHONE, tries);

    @Test
    void androidPhoneIsItsOwnMethodAndAsksForItsPin() throws Exception {
      assertThat(visit(android)).isInstanceOf(Visit.Consented.class);

      assertThat(patient.pinQuestions).containsExactly(new PinQuestion(3, false, false));
      assertThat(gateway.proofs.getFirst().method()).isEqualTo(VerificationMethod.PHONE);
      assertThat(isSigned(gateway.proofs.getFirst())).isTrue();
    }

    @Test
    void iphoneHasConfirmedItsHolderAlready() throws Exception {
      assertThat(visit(iphone)).isInstanceOf(Visit.Consented.class);

      assertThat(patient.pinQuestions).isEmpty();
      assertThat(gateway.proofs.getFirst().method()).isEqualTo(VerificationMethod.PHONE);
      assertThat(isSigned(gateway.proofs.getFirst())).isTrue();
    }

    @Test
    void phoneLeavesAfterItsTapAndItsHolderIsStillAskedForConsent() {
      gateway.beforeAnswer = counter::take;

      assertThat(visit(iphone)).isInstanceOf(Visit.Consented.class);
    }

    @Test
    void phoneTakenAwayBeforeItSignedHasLeft() {
      patient.pin =
          () -> {
            counter.take();
            return said("1234");
          };

      assertThat(visit(android)).isEqualTo(new Visit.Left(ID));
      assertThat(gateway.proofs).isEmpty();
      assertThat(tries.left(PinReference.authentication("android"))).isEqualTo(3);
    }

    @Test
    void wrongPinOfAPhoneIsAskedForAgainAndTheThirdOneBlocks() {
      patient.retries = true;
      patient.pins.clear();
      patient.pins.addAll(List.of("9999", "9999", "9999", "1234"));

      assertThat(reason(visit(android))).isEqualTo("PIN_BLOCKED");
      assertThat(patient.pinQuestions)
          .containsExactly(
              new PinQuestion(3, false, false),
              new PinQuestion(2, true, false),
              new PinQuestion(1, true, false));
      patient.pinQuestions.clear();
      assertThat(reason(visit(android))).isEqualTo("PIN_BLOCKED");
      assertThat(patient.pinQuestions).isEmpty();
    }

    @Test
    void stoppingOrSilenceAtThePinOfAPhoneSendsNothing() {
      patient.pin = Reply.Cancelled::new;
      assertThat(reason(visit(android))).isEqualTo("CANCELLED");
      patient.pin = Reply.Silent::new;
      assertThat(reason(visit(android))).isEqualTo("TIMED_OUT");
      patient.pin = Reply.Gone::new;
      assertThat(visit(android)).isEqualTo(new Visit.Left(ID));

      assertThat(gateway.proofs).isEmpty();
    }
  }

  @Test
  void timeToTheProofIsToldApartFromCardLineAndPatient() {
    Duration card = Duration.ofMillis(600);
    patient.pin =
        () -> {
          ticks.addAndGet(Duration.ofSeconds(30).toNanos());
          return said("1234");
        };
    gateway.willChallenge(issued(Answers.NOW.minus(Duration.ofHours(1)), Duration.ofMinutes(5)));
    AtomicBoolean first = new AtomicBoolean(true);
    gateway.beforeChallenge =
        () -> {
          if (!first.getAndSet(false)) {
            ticks.addAndGet(Duration.ofMillis(70).toNanos());
          }
        };
    counter.beforeStep(3, () -> ticks.addAndGet(card.toNanos()));
    counter.seat();

    VisitFlow.ProofTime time = walk(counter).proofTime().orElseThrow();

    assertThat(time.inCard()).isEqualTo(card);
    assertThat(time.onLine()).isEqualTo(Duration.ofMillis(70));
    assertThat(time.whole()).isEqualTo(Duration.ofMillis(670));
    assertThat(time.own()).isZero();
  }

  @Test
  void visitWithoutASignatureHasNoTimeOfAProof() {
    patient.method = new Reply.Cancelled<>();
    counter.seat();

    assertThat(walk(counter).proofTime()).isEmpty();
  }

  @Test
  void methodThatThisTerminalDoesNotHaveIsRefusedBeforeAnyPin() {
    patient.method = new Reply.Said<>(VerificationMethod.FACE);

    assertThat(reason(visit())).isEqualTo("METHOD_UNAVAILABLE");
    assertThat(patient.pinQuestions).isEmpty();
    assertThat(gateway.proofs).isEmpty();
  }

  @Test
  void stoppingOrSilenceBeforeSigningSendsNothing() {
    patient.method = new Reply.Cancelled<>();
    assertThat(reason(visit())).isEqualTo("CANCELLED");
    patient.method = new Reply.Silent<>();
    assertThat(reason(visit())).isEqualTo("TIMED_OUT");
    patient.method = new Reply.Said<>(VerificationMethod.PIN);
    patient.pin = Reply.Cancelled::new;
    assertThat(reason(visit())).isEqualTo("CANCELLED");
    patient.pin = Reply.Silent::new;
    assertThat(reason(visit())).isEqualTo("TIMED_OUT");

    assertThat(gateway.proofs).isEmpty();
    assertThat(counter.triesLeft()).isEqualTo(3);
  }

  @Test
  void stoppingOrSilenceAtConsentKeepsTheAnswer() {
    patient.consent = Reply.Cancelled::new;
    assertThat(closing(visit())).isEqualTo(new Closing.Declined());
    patient.consent = Reply.Silent::new;
    patient.pins.add("1234");
    assertThat(closing(visit())).isEqualTo(new Closing.NoReply());

    assertThat(gateway.consents).isEmpty();
  }

  @Test
  void patientGoneBeforeSigningHasLeft() {
    patient.method = new Reply.Gone<>();
    assertThat(visit()).isEqualTo(new Visit.Left(ID));
    patient.method = new Reply.Said<>(VerificationMethod.PIN);
    patient.pin = Reply.Gone::new;
    assertThat(visit()).isEqualTo(new Visit.Left(ID));

    // Gone at the question, and not because no card was there any more.
    assertThat(patient.pinQuestions).hasSize(1);
    assertThat(gateway.proofs).isEmpty();
  }

  @Test
  void removalBeforeAnyStepOfTheCardEndsTheVisitWithNothingSentAndNoTryLost() {
    visit();
    int steps = counter.steps();
    // The last step only makes the card forget the PIN: the signature is there already.
    for (int step = 1; step < steps; step++) {
      try (Counter other = new Counter()) {
        other.seat();
        other.takeBefore(step);
        patient.pins.clear();
        patient.pins.add("1234");
        gateway.proofs.clear();

        Visit.End end = new VisitFlow(equipment(), other, patient).walk(ID).end();

        assertThat(end)
            .as("removed before step %d of %d", step, steps)
            .isEqualTo(new Visit.Left(ID));
        assertThat(gateway.proofs).isEmpty();
        assertThat(other.triesLeft()).isEqualTo(3);
      }
    }
  }

  @Test
  void removalAfterSigningNeverLosesTheAnswer() {
    gateway.beforeAnswer = counter::take;

    Visit.End end = visit();

    assertThat(closing(end)).isEqualTo(new Closing.LeftBeforeConsent());
    assertThat(((Visit.Closed) end).answered().answer().checkId()).isEqualTo(Answers.CHECK);
    assertThat(patient.consentQuestions).isEmpty();
    assertThat(gateway.consents).isEmpty();
  }

  @Test
  void removalAtTheConsentQuestionIsAnsweredWithoutConsent() {
    patient.consent = Reply.Gone::new;

    assertThat(closing(visit())).isEqualTo(new Closing.LeftBeforeConsent());
    assertThat(gateway.consents).isEmpty();
  }

  @Test
  void noCardOnTheReaderHasLeft() {
    assertThat(walk(counter).end()).isEqualTo(new Visit.Left(ID));
    assertThat(gateway.challengesAsked()).isZero();
  }

  @Test
  void readerThatCannotBeUsedIsRefusedWithWhatIsWrong() {
    CardPort broken = new OpeningOnly(new CardOpening.ReaderTrouble("No reader is connected."));

    Visit.Refused refused = (Visit.Refused) walk(broken).end();

    assertThat(refused.refusal().reason()).isEqualTo(LocalReason.READER_TROUBLE.id());
    assertThat(refused.refusal().detail()).contains("No reader is connected.");
  }

  @Test
  void anotherCardIsNotAMyNumberCard() {
    CardPort other =
        new OpeningOnly(new CardOpening.Opened(new Saying(new StepResult.Unexpected("x", 0x6A82))));

    assertThat(reason(walk(other).end())).isEqualTo("NOT_A_MY_NUMBER_CARD");
  }

  @Test
  void cardThatCannotBeReachedIsAReaderTrouble() {
    CardPort other =
        new OpeningOnly(new CardOpening.Opened(new Saying(new StepResult.Trouble("x"))));

    assertThat(reason(walk(other).end())).isEqualTo("READER_TROUBLE");
  }

  @Test
  void challengeWithLessThanSixtySecondsOfLifeIsFetchedAnew() {
    gateway.willChallenge(issued(Answers.NOW, Duration.ofMillis(59_999)));

    visit();

    assertThat(gateway.challengesAsked()).isEqualTo(2);
  }

  @Test
  void challengeWithSixtySecondsOfLifeIsSigned() {
    gateway.willChallenge(issued(Answers.NOW, Duration.ofSeconds(60)));

    visit();

    assertThat(gateway.challengesAsked()).isEqualTo(1);
  }

  @Test
  void challengeThatGrewOldWhileThePatientThoughtIsFetchedAnew() {
    Duration thinking = Duration.ofSeconds(241);
    patient.pin =
        () -> {
          ticks.addAndGet(thinking.toNanos());
          return said("1234");
        };

    visit();

    assertThat(gateway.challengesAsked()).isEqualTo(2);
  }

  @Test
  void challengeFromAfterAJumpOfTheWorldClockIsFetchedAnew() {
    for (Duration jump : List.of(Duration.ofDays(90), Duration.ofDays(-90))) {
      int before = gateway.challengesAsked();
      gateway.willChallenge(issued(Answers.NOW, Duration.ofMinutes(5)));
      gateway.willChallenge(issued(Answers.NOW.plus(jump), Duration.ofMinutes(5)));
      patient.pin =
          () -> {
            now = Answers.NOW.plus(jump);
            return said("1234");
          };

      visit();

      assertThat(gateway.challengesAsked() - before).as("jump of %s", jump).isEqualTo(2);
      now = Answers.NOW;
    }
  }

  @Test
  void gatewayThatCannotBeReachedCostsNoTry() {
    GatewayReply<SealedChallenge> dead =
        new GatewayReply.Refused<>(reasons.refusal(LocalReason.GATEWAY_UNREACHABLE));
    gateway.willChallenge(dead);
    gateway.willChallenge(dead);
    patient.pins.addFirst("9999");

    assertThat(reason(visit())).isEqualTo("GATEWAY_UNREACHABLE");
    assertThat(counter.triesLeft()).isEqualTo(3);
  }

  @Test
  void machineTimeLeavesOutThePatient() {
    gateway.beforeAnswer = () -> ticks.addAndGet(Duration.ofMillis(40).toNanos());
    patient.consent =
        () -> {
          ticks.addAndGet(Duration.ofSeconds(30).toNanos());
          return new Reply.Said<>(Set.of());
        };
    counter.seat();

    assertThat(walk(counter).machineTime()).isEqualTo(Duration.ofMillis(40));
  }

  private static FaceNumber numberOn(CardFace face) {
    return FaceNumber.taking(face.verificationNumberB().getBytes(StandardCharsets.US_ASCII));
  }

  private Visit.End visit(VirtualCard card) {
    counter.seat(card);
    return walk(counter).end();
  }

  private Visit.End visit() {
    counter.seat();
    return walk(counter).end();
  }

  private Ended walk(CardPort reader) {
    return new VisitFlow(equipment(), reader, patient).walk(ID);
  }

  private Equipment equipment() {
    return new Equipment(
        gateway, reasons, witness, means, () -> now, ticks::get, () -> new UUID(0, 2));
  }

  private static Closing closing(Visit.End end) {
    return ((Visit.Closed) end).closing();
  }

  private static String reason(Visit.End end) {
    return ((Visit.Refused) end).refusal().reason().value();
  }

  private static GatewayReply<SealedChallenge> issued(Instant at, Duration life) {
    return new GatewayReply.Given<>(Answers.challenge(at, life));
  }

  private static Reply<PinEntry> said(String pin) {
    return new Reply.Said<>(PinEntry.taking(pin.getBytes(StandardCharsets.US_ASCII)));
  }

  private static boolean isSigned(Proof proof) throws GeneralSecurityException {
    ChallengeStatement statement =
        new ChallengeStatement(proof.challenge().challenge(), proof.method(), proof.confirmedAt());
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(TestCards.KEYS.getPublic());
    signature.update(statement.bytes());
    return signature.verify(proof.signature().toArray());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** A reader that can do nothing but be opened. */
  private record OpeningOnly(CardOpening opening) implements CardPort {
    @Override
    public String name() {
      return "Odd";
    }

    @Override
    public boolean isCardPresent() {
      return true;
    }

    @Override
    public boolean awaitInsertion(Duration limit) {
      return true;
    }

    @Override
    public boolean awaitRemoval(Duration limit) {
      return false;
    }

    @Override
    public CardOpening open() {
      return opening;
    }
  }

  /** A card that always says the same. */
  private record Saying(StepResult always) implements CardSession {
    @Override
    public StepResult transmit(CardStep step) {
      return always;
    }

    @Override
    public <R> R exclusively(Supplier<R> section) {
      return section.get();
    }

    @Override
    public void close() {}
  }
}
