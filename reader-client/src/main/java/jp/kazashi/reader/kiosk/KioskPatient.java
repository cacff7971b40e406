package jp.kazashi.reader.kiosk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import jp.kazashi.consent.ConsentDialogue;
import jp.kazashi.consent.ConsentReply;
import jp.kazashi.consent.KioskBoard.Heard;
import jp.kazashi.consent.KioskBoard.Sitting;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.PatientInput;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.Told;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.link.Answer;
import jp.kazashi.reader.link.Notice;
import jp.kazashi.reader.myna.PinEntry;
import jp.kazashi.reader.visit.Patient;
import jp.kazashi.reader.visit.Visit;

/** The patient at the kiosk's screen. */
final class KioskPatient implements Patient {

  private final Sitting sitting;
  private final Duration patience;

  KioskPatient(Sitting sitting, Duration patience) {
    this.sitting = sitting;
    this.patience = patience;
  }

  @Override
  public void waitsFor(ScreenView.Working.Step step) {
    sitting.show(new ScreenView.Working(step));
  }

  @Override
  public Reply<VerificationMethod> chooses(MethodQuestion question) {
    Set<ProofMethod> shown = EnumSet.noneOf(ProofMethod.class);
    question.offered().forEach(method -> shown.add(screenOf(method)));
    return ask(new ScreenView.ChooseMethod(shown, question.setback()), KioskPatient::method);
  }

  @Override
  public Reply<PinEntry> entersPin(PinQuestion question) {
    return ask(
        new ScreenView.EnterPin(question.triesLeft(), question.wrongBefore(), question.canGoBack()),
        KioskPatient::pin);
  }

  @Override
  public boolean mayRetryPin() {
    return true;
  }

  @Override
  public Reply<Boolean> registers() {
    return ask(new ScreenView.AskRegistration(), KioskPatient::yesOrNo);
  }

  @Override
  public Reply<Set<MedicalCategory>> consents(Set<MedicalCategory> offered) {
    return consents(ConsentDialogue.about(offered));
  }

  private Reply<Set<MedicalCategory>> consents(ConsentDialogue dialogue) {
    if (dialogue.question().isEmpty()) {
      return new Reply.Said<>(dialogue.granted());
    }
    ScreenView screen = new ScreenView.AskConsent(dialogue.question().get(), dialogue.canGoBack());
    return switch (ask(screen, reply -> answer(dialogue, reply))) {
      case Reply.Said<ConsentDialogue> said -> consents(said.what());
      case Reply.Back<ConsentDialogue> back -> new Reply.Back<>();
      case Reply.Cancelled<ConsentDialogue> cancelled -> new Reply.Cancelled<>();
      case Reply.Silent<ConsentDialogue> silent -> new Reply.Silent<>();
      case Reply.Gone<ConsentDialogue> gone -> new Reply.Gone<>();
    };
  }

  @Override
  public void hears(Visit.End end) {
    switch (end) {
      case Visit.Consented consented ->
          sitting.show(
              new ScreenView.Done(
                  notices(consented.answered().answer()),
                  consented.grants().categories().stream().sorted().toList()));
      case Visit.Closed closed -> hears(closed);
      case Visit.Refused refused -> sitting.show(new ScreenView.Ended(refused.refusal().told()));
      case Visit.Left left -> sitting.leave();
    }
  }

  private void hears(Visit.Closed closed) {
    switch (closed.closing()) {
      case Visit.Closing.NothingOffered nothing -> done(notices(closed.answered().answer()));
      case Visit.Closing.Declined declined -> done(notices(closed.answered().answer()));
      case Visit.Closing.NoReply silent -> done(notices(closed.answered().answer()));
      case Visit.Closing.LeftBeforeConsent left -> sitting.leave();
      case Visit.Closing.NotRecorded lost -> {
        List<Told> sentences = new ArrayList<>(notices(closed.answered().answer()));
        sentences.add(lost.refusal().told());
        done(sentences);
      }
    }
  }

  private void done(List<Told> sentences) {
    sitting.show(new ScreenView.Done(sentences, List.of()));
  }

  private static List<Told> notices(Answer answer) {
    return answer.notices().stream().map(Notice::told).toList();
  }

  private <T> Reply<T> ask(ScreenView question, Function<PatientInput.Reply, Reply<T>> reading) {
    try {
      return switch (sitting.ask(question, patience)) {
        case Heard.Said said -> reading.apply(said.reply());
        case Heard.Silence silence -> new Reply.Silent<>();
        case Heard.Gone gone -> new Reply.Gone<>();
      };
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Reply.Cancelled<>();
    }
  }

  // The board takes only what its screen asked for: the rest of the replies cannot come.

  private static Reply<VerificationMethod> method(PatientInput.Reply reply) {
    return reply instanceof PatientInput.Choose choose
        ? new Reply.Said<>(methodOf(choose.method()))
        : new Reply.Cancelled<>();
  }

  private static Reply<PinEntry> pin(PatientInput.Reply reply) {
    return switch (reply) {
      case PatientInput.Pin pin -> new Reply.Said<>(PinEntry.taking(pin.take()));
      case PatientInput.Back back -> new Reply.Back<>();
      case PatientInput.Choose choose -> new Reply.Cancelled<>();
      case PatientInput.Answer answer -> new Reply.Cancelled<>();
      case PatientInput.Cancel cancel -> new Reply.Cancelled<>();
    };
  }

  private static Reply<Boolean> yesOrNo(PatientInput.Reply reply) {
    return reply instanceof PatientInput.Answer answer
        ? new Reply.Said<>(answer.reply() == ConsentReply.YES)
        : new Reply.Cancelled<>();
  }

  private static Reply<ConsentDialogue> answer(ConsentDialogue dialogue, PatientInput.Reply reply) {
    return reply instanceof PatientInput.Answer answer
        ? new Reply.Said<>(dialogue.answered(answer.reply()))
        : new Reply.Cancelled<>();
  }

  private static VerificationMethod methodOf(ProofMethod shown) {
    return switch (shown) {
      case FACE -> VerificationMethod.FACE;
      case PIN -> VerificationMethod.PIN;
      case STAFF -> VerificationMethod.STAFF;
      case PHONE -> VerificationMethod.PHONE;
    };
  }

  private static ProofMethod screenOf(VerificationMethod method) {
    return switch (method) {
      case FACE -> ProofMethod.FACE;
      case PIN -> ProofMethod.PIN;
      case STAFF -> ProofMethod.STAFF;
      case PHONE -> ProofMethod.PHONE;
    };
  }
}
