package jp.kazashi.reader.desk;

import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.Arrival.Standing;
import jp.kazashi.consent.DeskBoard.Change;
import jp.kazashi.consent.KioskBoard;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.PatientInput;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.ScreenView.Station;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.StaffCall;
import jp.kazashi.reader.link.Answers;
import jp.kazashi.reader.visit.Visit;
import jp.kazashi.reader.visit.Visit.Closing;
import jp.kazashi.reader.visit.VisitId;
import jp.kazashi.reader.visit.Visits;
import org.junit.jupiter.api.Test;

class ArrivalListTest {

  private final ArrivalList list = new ArrivalList("kiosk-1", () -> Answers.NOW);

  @Test
  void patientAtTheKioskIsOnTheListBeforeAnybodyKnowsWho() {
    list.sees(Visits.waiting());
    assertThat(only().standing()).isEqualTo(new Standing.AtKiosk(Station.CARD));
    list.sees(Visits.seated());
    assertThat(only().standing()).isEqualTo(new Standing.AtKiosk(Station.METHOD));
    list.sees(Visits.signed());
    assertThat(only().standing()).isEqualTo(new Standing.AtKiosk(Station.PROOF));
  }

  @Test
  void answerShowsPersonCoverageAndMethodAtOnce() {
    list.sees(Visits.answered());

    Standing.Answered answered = (Standing.Answered) only().standing();
    assertThat(answered.person().name()).isEqualTo("架空 花子");
    assertThat(answered.validity()).isEqualTo(Arrival.Validity.VALID);
    assertThat(answered.contributionRatio()).contains(30);
    assertThat(answered.method()).isEqualTo(ProofMethod.PIN);
    assertThat(only().consents()).isEmpty();
  }

  @Test
  void consentShowsWhatMayBeReadAndUntilWhen() {
    list.sees(Visits.consented(MedicalCategory.SURGERY, MedicalCategory.MEDICATION));

    assertThat(only().consents())
        .containsExactly(MedicalCategory.MEDICATION, MedicalCategory.SURGERY);
    assertThat(only().consentsUntil()).contains(Answers.NOW.plus(Duration.ofHours(24)));
    assertThat(only().nextStep()).isEmpty();
  }

  @Test
  void patientWhoLeftBeforeConsentIsToldToTheDeskAndStaysAnswered() {
    list.sees(Visits.closed(new Closing.LeftBeforeConsent()));

    assertThat(only().standing()).isInstanceOf(Standing.Answered.class);
    assertThat(only().alerts()).hasSize(1);
    assertThat(only().alerts().getFirst().en()).contains("before the consent questions");
    assertThat(only().nextStep()).isPresent();
  }

  @Test
  void consentThatWasNotRecordedIsToldWithTheNextStep() {
    list.sees(Visits.closed(new Closing.NotRecorded(Answers.revoked())));

    assertThat(only().consents()).isEmpty();
    assertThat(only().nextStep()).contains(Answers.revoked().nextStep());
  }

  @Test
  void graceShowsItsAlert() {
    list.sees(Visits.closed(Answers.inGrace(), new Closing.NothingOffered()));

    assertThat(only().alerts()).containsExactly(Answers.GRACE_NOTICE.desk());
    assertThat(only().consents()).isEmpty();
  }

  @Test
  void noticeOfTheEndOfACertificateSaysTheDay() {
    list.sees(Visits.closed(Answers.expiringSoon(), new Closing.NothingOffered()));

    assertThat(only().alerts())
        .containsExactly(
            new Sentence(
                "電子証明書の有効期限は2027年9月27日です。更新を案内してください。",
                "The certificate ends on 27 September 2027. Tell the patient about renewal."));
  }

  @Test
  void refusalShowsReasonAndNextStep() {
    list.sees(Visits.refused(Answers.revoked()));

    assertThat(only().standing())
        .isEqualTo(new Standing.Refused("CERTIFICATE_REVOKED", Answers.revoked().patient()));
    assertThat(only().nextStep()).contains(Answers.revoked().nextStep());
  }

  @Test
  void cardTakenMidwayIsShownAsSuch() {
    list.sees(Visits.left());

    assertThat(only().standing()).isEqualTo(new Standing.Left());
  }

  @Test
  void oneVisitIsOneLineAndTheNewestIsFirst() {
    list.sees(Visits.waiting());
    list.sees(Visits.answered());
    list.sees(Visit.waiting(new VisitId(new UUID(0, 2))));

    assertThat(list.arrivals())
        .extracting(Arrival::id)
        .containsExactly(new UUID(0, 2).toString(), Visits.waiting().id().toString());
    assertThat(list.arrivals()).extracting(Arrival::order).isSortedAccordingTo(reverseOrder());
  }

  @Test
  void checkOfAnotherTerminalIsALineOfItsOwnAmongTheOthersByItsTime() {
    list.sees(Visits.answered());
    list.hears(told("c-1", "kiosk-2", Answers.NOW.minusSeconds(60), List.of()));
    list.hears(told("c-2", "kiosk-3", Answers.NOW.plusSeconds(60), List.of()));

    assertThat(list.arrivals())
        .extracting(Arrival::terminal)
        .containsExactly("kiosk-3", "kiosk-1", "kiosk-2");
  }

  @Test
  void whoComesAfterTheWorldsClockWasPutBackIsTheNewest() {
    list.hears(told("c-1", "kiosk-2", Answers.NOW.plus(Duration.ofDays(90)), List.of()));
    list.hears(told("c-2", "kiosk-3", Answers.NOW, List.of()));

    assertThat(list.arrivals()).extracting(Arrival::terminal).containsExactly("kiosk-3", "kiosk-2");
  }

  @Test
  void consentGivenElsewhereShowsOnTheLineThatIsThere() {
    list.hears(told("c-1", "kiosk-2", Answers.NOW, List.of()));
    list.hears(told("c-1", "kiosk-2", Answers.NOW, List.of(MedicalCategory.CARE)));

    assertThat(only().consents()).containsExactly(MedicalCategory.CARE);
  }

  @Test
  void ownVisitAndTheEventOfItsCheckAreOneLineWhicheverComesFirst() {
    String check = Answers.CHECK.toString();
    list.hears(told(check, "kiosk-1", Answers.NOW, List.of()));
    list.sees(Visits.waiting());
    assertThat(list.arrivals()).hasSize(2);

    list.sees(Visits.answered());
    assertThat(only().id()).isEqualTo(Visits.waiting().id().toString());
    list.hears(told(check, "kiosk-1", Answers.NOW, List.of(MedicalCategory.MEDICATION)));

    assertThat(only().consents()).containsExactly(MedicalCategory.MEDICATION);
    assertThat(only().id()).isEqualTo(Visits.waiting().id().toString());
  }

  @Test
  void registeredHolderIsOneLineNotTwo() {
    list.hears(told("c-1", "kiosk-2", Answers.NOW, List.of()));
    list.hears(
        new ArrivalList.ToldCheck(
            "c-2",
            Optional.of("c-1"),
            Answers.NOW,
            "kiosk-2",
            new Standing.Left(),
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty()));

    assertThat(only().check()).contains("c-2");
  }

  private static ArrivalList.ToldCheck told(
      String check, String terminal, Instant at, List<MedicalCategory> consents) {
    return new ArrivalList.ToldCheck(
        check,
        Optional.empty(),
        at,
        terminal,
        new Standing.Answered(
            new Arrival.Person("架空 次郎", "架空 次郎", "カクウ ジロウ", LocalDate.of(1980, 1, 2)),
            Arrival.Validity.VALID,
            "保険者",
            Optional.of(30),
            ProofMethod.PIN),
        consents,
        consents.isEmpty() ? Optional.empty() : Optional.of(at.plus(Duration.ofHours(24))),
        List.of(),
        Optional.empty());
  }

  @Test
  void listIsBounded() {
    for (long visit = 0; visit < 2_010; visit++) {
      list.sees(Visit.waiting(new VisitId(new UUID(1, visit))));
    }

    assertThat(list.arrivals()).hasSize(2_000);
    assertThat(list.arrivals().getLast().id()).isEqualTo(new UUID(1, 10).toString());
  }

  @Test
  void callStaysUntilSomebodyAttends() {
    KioskBoard kiosk = new KioskBoard(Language.JA);
    List<Change> told = new ArrayList<>();
    list.listenTo(kiosk);
    list.subscribe(told::add);

    kiosk.accept(1, new PatientInput.CallStaff());
    kiosk.sit().leave();

    assertThat(list.calls()).hasSize(1);
    assertThat(list.calls().getFirst().terminal()).isEqualTo("kiosk-1");
    list.attended();
    assertThat(list.calls()).isEmpty();
    assertThat(told).hasSize(2);
  }

  @Test
  void attendedCallRingsAgainOnlyWhenThePatientCallsAgain() {
    KioskBoard kiosk = new KioskBoard(Language.JA);
    list.listenTo(kiosk);
    KioskBoard.Sitting sitting = kiosk.sit();
    kiosk.accept(kiosk.shown().screen(), new PatientInput.CallStaff());
    list.attended();

    sitting.show(new ScreenView.TakeCard());

    assertThat(list.calls()).isEmpty();
    kiosk.accept(kiosk.shown().screen(), new PatientInput.CallStaff());
    assertThat(list.calls()).hasSize(1);
  }

  @Test
  void callsOfAllTerminalsStandInTheirOrderAndThoseOfThisOneAreKnownBetterHere() {
    list.hearsCalls(
        List.of(
            elsewhere("kiosk-2", StaffCall.Want.SIGHT, 60),
            elsewhere("kiosk-1", StaffCall.Want.HELP, 30)));
    list.ring(StaffCall.Want.HELP);

    assertThat(list.calls())
        .extracting(StaffCall::terminal, StaffCall::want)
        .containsExactly(
            tuple("kiosk-2", StaffCall.Want.SIGHT), tuple("kiosk-1", StaffCall.Want.HELP));
    assertThat(list.ownCalls()).hasSize(1);

    list.hearsCalls(List.of());
    assertThat(list.calls()).extracting(StaffCall::terminal).containsExactly("kiosk-1");
  }

  @Test
  void callsThatHaveNotChangedAreNotToldAgain() {
    list.hearsCalls(List.of(elsewhere("kiosk-2", StaffCall.Want.HELP, 1)));
    List<Change> told = new ArrayList<>();
    list.subscribe(told::add);

    list.hearsCalls(List.of(elsewhere("kiosk-2", StaffCall.Want.HELP, 2)));
    list.hearsCalls(List.of());

    assertThat(told).containsExactly(new Change.Calls(List.of()));
  }

  @Test
  void visitRecordedWhileTheLineWasDownAndItsCheckAreOneLineWhicheverIsHeardFirst() {
    String visit = Visits.waiting().id().toString();
    list.sees(Visits.refused(Answers.revoked()));
    list.becameCheck(visit, "c-1");
    list.hears(told("c-1", "kiosk-1", Answers.NOW, List.of()));
    assertThat(only().id()).isEqualTo(visit);
    assertThat(only().standing()).isInstanceOf(Standing.Answered.class);

    VisitId second = new VisitId(new UUID(0, 2));
    list.sees(Visit.waiting(second));
    list.hears(told("c-2", "kiosk-1", Answers.NOW, List.of()));
    list.becameCheck(second.toString(), "c-2");
    assertThat(list.arrivals())
        .extracting(Arrival::check)
        .containsOnly(Optional.of("c-1"), Optional.of("c-2"));
  }

  private static ArrivalList.CallElsewhere elsewhere(
      String terminal, StaffCall.Want want, long secondsAgo) {
    return new ArrivalList.CallElsewhere(
        terminal + want, new StaffCall(terminal, Answers.NOW.minusSeconds(secondsAgo), want));
  }

  private Arrival only() {
    assertThat(list.arrivals()).hasSize(1);
    return list.arrivals().getFirst();
  }
}
