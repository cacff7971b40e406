package jp.kazashi.reader.visit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.ScreenView.Working.Step;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.link.Answer;
import jp.kazashi.reader.link.GatewayLink;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.Grants;
import jp.kazashi.reader.link.IdempotencyKey;
import jp.kazashi.reader.link.LocalReason;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.Refusal;
import jp.kazashi.reader.link.SealedChallenge;
import jp.kazashi.reader.myna.CertificateReading;
import jp.kazashi.reader.myna.MynaCard;
import jp.kazashi.reader.myna.PinEntry;
import jp.kazashi.reader.myna.PinTries;
import jp.kazashi.reader.myna.Proving;
import jp.kazashi.reader.myna.Recognition;
import jp.kazashi.reader.visit.Patient.PinQuestion;
import jp.kazashi.reader.visit.Patient.Reply;
import jp.kazashi.reader.visit.Station.On;
import jp.kazashi.reader.visit.Station.Over;
import jp.kazashi.reader.visit.Visit.Answered;
import jp.kazashi.reader.visit.Visit.Closing;
import jp.kazashi.reader.visit.Visit.Seated;
import jp.kazashi.reader.visit.Visit.Signed;
import jp.kazashi.reader.visit.Visit.Waiting;

/**
 * Walks one visit from the card to its end, and is the only one who moves it. Straight-line code
 * for a thread of its own: whatever card, patient or gateway do, it comes to an end.
 */
public final class VisitFlow {

  /** The reader signs only with a challenge that has this much life left (design §5.1). */
  private static final Duration LIFE_TO_SIGN = Duration.ofSeconds(60);

  /** FACE and STAFF sign with institution keys that are not public: ports of later steps. */
  private static final Set<VerificationMethod> METHODS = EnumSet.of(VerificationMethod.PIN);

  private final Equipment equipment;
  private final CardPort reader;
  private final Patient patient;
  private final FutureTask<FetchedChallenge> fetching = new FutureTask<>(this::fetchChallenge);
  private Duration waitedForPatient = Duration.ZERO;

  public VisitFlow(Equipment equipment, CardPort reader, Patient patient) {
    this.equipment = equipment;
    this.reader = reader;
    this.patient = patient;
  }

  /**
   * What every visit of a terminal needs.
   *
   * @param world the calendar: what is signed and judged
   * @param ticks monotonic nanoseconds: how long things take
   * @param names where fresh random names come from
   */
  public record Equipment(
      GatewayLink gateway,
      LocalReasons reasons,
      VisitWitness witness,
      InstantSource world,
      LongSupplier ticks,
      Supplier<UUID> names) {}

  /**
   * A visit that is over.
   *
   * @param machineTime how long it took, without the time the patient took
   */
  public record Ended(Visit.End end, Duration machineTime) {}

  /** Walks the visit; call it once. */
  public Ended walk(VisitId id) {
    long start = equipment.ticks().getAsLong();
    Visit.End end = atTheCard(seen(Visit.waiting(id))).then(this::send).last(this::askConsent);
    equipment.witness().sees(end);
    patient.hears(end);
    Duration whole = Duration.ofNanos(equipment.ticks().getAsLong() - start);
    return new Ended(end, whole.minus(waitedForPatient));
  }

  /** All that needs the card; it is reset and let go before anything is sent. */
  private Station<Signed> atTheCard(Waiting waiting) {
    patient.waitsFor(Step.READING_CARD);
    return switch (reader.open()) {
      case CardOpening.Opened opened -> {
        Thread.startVirtualThread(fetching);
        try (CardSession card = opened.session()) {
          yield recognise(waiting, card);
        }
      }
      case CardOpening.NoCard gone -> new Over<>(waiting.left());
      case CardOpening.ReaderTrouble trouble ->
          new Over<>(waiting.refused(trouble(trouble.what())));
    };
  }

  private Station<Signed> recognise(Waiting waiting, CardSession session) {
    return switch (MynaCard.recognise(session)) {
      case Recognition.Recognised recognised ->
          readCertificate(waiting, recognised.card())
              .then(seated -> chooseMethod(seated, recognised.card()));
      case Recognition.NotAMyNumberCard other ->
          new Over<>(waiting.refused(refusal(LocalReason.NOT_A_MY_NUMBER_CARD)));
      case Recognition.CardGone gone -> new Over<>(waiting.left());
      case Recognition.Trouble trouble -> new Over<>(waiting.refused(trouble(trouble.what())));
    };
  }

  private Station<Seated> readCertificate(Waiting waiting, MynaCard card) {
    return switch (card.authenticationCertificate()) {
      case CertificateReading.Read read -> new On<>(seated(waiting, read.certificate()));
      case CertificateReading.CardGone gone -> new Over<>(waiting.left());
      case CertificateReading.Trouble trouble ->
          new Over<>(waiting.refused(trouble(trouble.what())));
    };
  }

  private Seated seated(Waiting waiting, UntrustedCertificate certificate) {
    return seen(waiting.seated(certificate));
  }

  private Station<Signed> chooseMethod(Seated seated, MynaCard card) {
    return switch (waitForPatient(() -> patient.chooses(METHODS))) {
      case Reply.Said<VerificationMethod> said ->
          METHODS.contains(said.what())
              ? askPin(seated, card, false)
              : new Over<>(seated.refused(refusal(LocalReason.METHOD_UNAVAILABLE)));
      case Reply.Cancelled<VerificationMethod> cancelled ->
          new Over<>(seated.refused(refusal(LocalReason.CANCELLED)));
      case Reply.Silent<VerificationMethod> silent ->
          new Over<>(seated.refused(refusal(LocalReason.TIMED_OUT)));
      case Reply.Gone<VerificationMethod> gone -> new Over<>(seated.left());
    };
  }

  /** The tries left are asked of the card, which costs none, and said before one is used. */
  private Station<Signed> askPin(Seated seated, MynaCard card, boolean wrongBefore) {
    return switch (card.pinTries()) {
      case PinTries.Left left -> takePin(seated, card, new PinQuestion(left.tries(), wrongBefore));
      case PinTries.Blocked blocked -> new Over<>(seated.refused(refusal(LocalReason.PIN_BLOCKED)));
      case PinTries.CardGone gone -> new Over<>(seated.left());
      case PinTries.Trouble trouble -> new Over<>(seated.refused(trouble(trouble.what())));
    };
  }

  private Station<Signed> takePin(Seated seated, MynaCard card, PinQuestion question) {
    return switch (waitForPatient(() -> patient.entersPin(question))) {
      case Reply.Said<PinEntry> said -> {
        try (PinEntry pin = said.what()) {
          yield sign(seated, card, pin);
        }
      }
      case Reply.Cancelled<PinEntry> cancelled ->
          new Over<>(seated.refused(refusal(LocalReason.CANCELLED)));
      case Reply.Silent<PinEntry> silent ->
          new Over<>(seated.refused(refusal(LocalReason.TIMED_OUT)));
      case Reply.Gone<PinEntry> gone -> new Over<>(seated.left());
    };
  }

  private Station<Signed> sign(Seated seated, MynaCard card, PinEntry pin) {
    patient.waitsFor(Step.CHECKING_PIN);
    return switch (freshChallenge()) {
      case GatewayReply.Given<SealedChallenge> given -> sign(seated, card, pin, given.value());
      case GatewayReply.Refused<SealedChallenge> refused ->
          new Over<>(seated.refused(refused.refusal()));
    };
  }

  private Station<Signed> sign(
      Seated seated, MynaCard card, PinEntry pin, SealedChallenge challenge) {
    Instant at = equipment.world().instant();
    ChallengeStatement statement =
        new ChallengeStatement(challenge.challenge(), VerificationMethod.PIN, at);
    return switch (card.prove(pin, statement.sha256())) {
      case Proving.Signed signed ->
          new On<>(
              seen(
                  seen(seated.confirmed(statement.method(), statement.confirmedAt()))
                      .signed(challenge, signed.signature())));
      case Proving.WrongPin wrong ->
          patient.mayRetryPin()
              ? askPin(seated, card, true)
              : new Over<>(seated.refused(equipment.reasons().wrongPin(wrong.triesLeft())));
      case Proving.PinBlocked blocked ->
          new Over<>(seated.refused(refusal(LocalReason.PIN_BLOCKED)));
      case Proving.CardGone gone -> new Over<>(seated.left());
      case Proving.Trouble trouble -> new Over<>(seated.refused(trouble(trouble.what())));
    };
  }

  private Station<Answered> send(Signed signed) {
    patient.waitsFor(Step.ASKING);
    IdempotencyKey key = new IdempotencyKey(equipment.names().get());
    return switch (equipment.gateway().check(signed.proof(), key)) {
      case GatewayReply.Given<Answer> given -> new On<>(seen(signed.answered(given.value())));
      case GatewayReply.Refused<Answer> refused -> new Over<>(signed.refused(refused.refusal()));
    };
  }

  /** The offered consents only; where nothing is offered nothing is asked. */
  private Visit.End askConsent(Answered answered) {
    Set<MedicalCategory> offered = answered.answer().offeredConsents();
    if (offered.isEmpty()) {
      return answered.closed(new Closing.NothingOffered());
    }
    if (!reader.isCardPresent()) {
      return answered.closed(new Closing.LeftBeforeConsent());
    }
    return switch (waitForPatient(() -> patient.consents(offered))) {
      case Reply.Said<Set<MedicalCategory>> said -> consent(answered, said.what());
      case Reply.Cancelled<Set<MedicalCategory>> cancelled ->
          answered.closed(new Closing.Declined());
      case Reply.Silent<Set<MedicalCategory>> silent -> answered.closed(new Closing.NoReply());
      case Reply.Gone<Set<MedicalCategory>> gone ->
          answered.closed(new Closing.LeftBeforeConsent());
    };
  }

  private Visit.End consent(Answered answered, Set<MedicalCategory> wished) {
    Set<MedicalCategory> granted = EnumSet.noneOf(MedicalCategory.class);
    granted.addAll(answered.answer().offeredConsents());
    granted.retainAll(wished);
    patient.waitsFor(Step.RECORDING_CONSENT);
    return switch (equipment.gateway().consent(answered.answer().checkId(), granted)) {
      // A no is recorded as well: it takes back what an earlier visit allowed.
      case GatewayReply.Given<Grants> given when granted.isEmpty() ->
          answered.closed(new Closing.Declined());
      case GatewayReply.Given<Grants> given -> answered.consented(given.value());
      case GatewayReply.Refused<Grants> refused ->
          answered.closed(new Closing.NotRecorded(refused.refusal()));
    };
  }

  /** The challenge fetched while the card was read, or another if the patient took long. */
  private GatewayReply<SealedChallenge> freshChallenge() {
    FetchedChallenge fetched = fetched();
    return isFresh(fetched) ? fetched.reply() : fetchChallenge().reply();
  }

  private FetchedChallenge fetched() {
    try {
      return fetching.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return fetchedJustNow(new GatewayReply.Refused<>(refusal(LocalReason.GATEWAY_UNREACHABLE)));
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug.getCause());
    }
  }

  private FetchedChallenge fetchChallenge() {
    return fetchedJustNow(equipment.gateway().challenge());
  }

  private FetchedChallenge fetchedJustNow(GatewayReply<SealedChallenge> reply) {
    return new FetchedChallenge(reply, equipment.ticks().getAsLong());
  }

  /**
   * Fresh by the calendar and by the time passed: after a jump of the world clock either way it is
   * not.
   */
  private boolean isFresh(FetchedChallenge fetched) {
    return switch (fetched.reply()) {
      case GatewayReply.Refused<SealedChallenge> refused -> false;
      case GatewayReply.Given<SealedChallenge> given -> {
        SealedChallenge challenge = given.value();
        Instant now = equipment.world().instant();
        Duration passed = Duration.ofNanos(equipment.ticks().getAsLong() - fetched.tick());
        yield !now.isAfter(challenge.expiresAt().minus(LIFE_TO_SIGN))
            && !now.isBefore(challenge.challenge().issuedAt().minus(LIFE_TO_SIGN))
            && challenge.life().minus(passed).compareTo(LIFE_TO_SIGN) >= 0;
      }
    };
  }

  private record FetchedChallenge(GatewayReply<SealedChallenge> reply, long tick) {}

  private <T> Reply<T> waitForPatient(Supplier<Reply<T>> question) {
    long start = equipment.ticks().getAsLong();
    Reply<T> reply = question.get();
    waitedForPatient = waitedForPatient.plusNanos(equipment.ticks().getAsLong() - start);
    return reply;
  }

  private <V extends Visit> V seen(V visit) {
    equipment.witness().sees(visit);
    return visit;
  }

  private Refusal refusal(LocalReason reason) {
    return equipment.reasons().refusal(reason);
  }

  private Refusal trouble(String what) {
    return refusal(LocalReason.READER_TROUBLE).because(what);
  }
}
