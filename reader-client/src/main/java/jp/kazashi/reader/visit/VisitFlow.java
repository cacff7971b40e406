package jp.kazashi.reader.visit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import jp.kazashi.consent.FaceSetback;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.ScreenView.Working.Step;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.statement.Line;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.link.Answer;
import jp.kazashi.reader.link.FaceCalibration;
import jp.kazashi.reader.link.GatewayLink;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.Grants;
import jp.kazashi.reader.link.IdempotencyKey;
import jp.kazashi.reader.link.LocalReason;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.Refusal;
import jp.kazashi.reader.link.SealedChallenge;
import jp.kazashi.reader.link.StaffPass;
import jp.kazashi.reader.myna.CertificateReading;
import jp.kazashi.reader.myna.MynaCard;
import jp.kazashi.reader.myna.PhoneProving;
import jp.kazashi.reader.myna.PinEntry;
import jp.kazashi.reader.myna.PinTries;
import jp.kazashi.reader.myna.PinlessProving;
import jp.kazashi.reader.myna.PortraitReading;
import jp.kazashi.reader.myna.Proving;
import jp.kazashi.reader.myna.Recognition;
import jp.kazashi.reader.visit.Patient.MethodQuestion;
import jp.kazashi.reader.visit.Patient.PinQuestion;
import jp.kazashi.reader.visit.Patient.Reply;
import jp.kazashi.reader.visit.Station.On;
import jp.kazashi.reader.visit.Station.Over;
import jp.kazashi.reader.visit.Visit.Answered;
import jp.kazashi.reader.visit.Visit.AtCard;
import jp.kazashi.reader.visit.Visit.Closing;
import jp.kazashi.reader.visit.Visit.Seated;
import jp.kazashi.reader.visit.Visit.Signed;
import jp.kazashi.reader.visit.Visit.Waiting;

/**
 * Walks one visit from the card to its end, and is the only one who moves it. Straight-line code
 * for a thread of its own: whatever card, patient or gateway do, it comes to an end.
 */
public final class VisitFlow {

  private final Equipment equipment;
  private final CardPort reader;
  private final Patient patient;
  private final FetchedChallenge challenge;
  private Duration waitedForPatient = Duration.ZERO;
  private Duration waitedForLine = Duration.ZERO;
  private long begun;
  private Optional<ProofTime> proofTime = Optional.empty();
  private FaceSetback setback = FaceSetback.NONE;

  public VisitFlow(Equipment equipment, CardPort reader, Patient patient) {
    this.equipment = equipment;
    this.reader = reader;
    this.patient = patient;
    this.challenge =
        new FetchedChallenge(equipment.gateway()::challenge, equipment.world(), equipment.ticks());
  }

  /**
   * What every visit of a terminal needs.
   *
   * @param means how it can confirm holders
   * @param world the calendar: what is signed and judged
   * @param ticks monotonic nanoseconds: how long things take
   * @param names where fresh random names come from
   * @param offline what is done with a card that signs while the line is down
   */
  public record Equipment(
      GatewayLink gateway,
      LocalReasons reasons,
      VisitWitness witness,
      Means means,
      InstantSource world,
      LongSupplier ticks,
      Supplier<UUID> names,
      OfflineRecording offline) {

    /** Of a terminal that records nothing while the line is down. */
    public Equipment(
        GatewayLink gateway,
        LocalReasons reasons,
        VisitWitness witness,
        Means means,
        InstantSource world,
        LongSupplier ticks,
        Supplier<UUID> names) {
      this(gateway, reasons, witness, means, world, ticks, names, OfflineRecording.none());
    }
  }

  /**
   * A visit that is over.
   *
   * @param machineTime how long it took, without the time the patient took
   * @param proofTime of the way to the signature; empty where none was made
   */
  public record Ended(Visit.End end, Duration machineTime, Optional<ProofTime> proofTime) {}

  /**
   * From the seated card to the signed proof, without the time the patient took.
   *
   * @param inCard spent in the card and on its line
   * @param onLine spent waiting for the challenge, and for the pass of who confirms by sight
   */
  public record ProofTime(Duration whole, Duration inCard, Duration onLine) {

    /** What the terminal itself needed. */
    public Duration own() {
      return whole.minus(inCard).minus(onLine);
    }
  }

  /** Walks the visit; call it once. */
  public Ended walk(VisitId id) {
    begun = equipment.ticks().getAsLong();
    Visit.End end = atTheCard(seen(Visit.waiting(id))).then(this::send).last(this::askConsent);
    equipment.witness().sees(end);
    patient.hears(end);
    return new Ended(end, machineTime(), proofTime);
  }

  private Duration machineTime() {
    return Duration.ofNanos(equipment.ticks().getAsLong() - begun).minus(waitedForPatient);
  }

  /** All that needs the card; it is reset and let go before anything is sent. */
  private Station<Signed> atTheCard(Waiting waiting) {
    patient.waitsFor(Step.READING_CARD);
    return switch (reader.open()) {
      case CardOpening.Opened opened -> {
        challenge.begin();
        try (TimedSession card = new TimedSession(opened.session(), equipment.ticks())) {
          Station<Signed> station = recognise(waiting, card);
          if (station instanceof On<Signed>) {
            proofTime = Optional.of(new ProofTime(machineTime(), card.inCard(), waitedForLine));
          }
          yield station;
        }
      }
      case CardOpening.NoCard gone -> new Over<>(waiting.left());
      case CardOpening.ReaderTrouble trouble ->
          new Over<>(waiting.refused(trouble(trouble.what())));
    };
  }

  private Station<Signed> recognise(Waiting waiting, CardSession session) {
    return switch (MynaCard.recognise(session)) {
      case Recognition.Recognised recognised -> recognised(waiting, recognised.card());
      case Recognition.NotAMyNumberCard other ->
          new Over<>(waiting.refused(refusal(LocalReason.NOT_A_MY_NUMBER_CARD)));
      case Recognition.CardGone gone -> new Over<>(waiting.left());
      case Recognition.Trouble trouble -> new Over<>(waiting.refused(trouble(trouble.what())));
    };
  }

  /** A phone shows its certificate together with its signature; it is its own method. */
  private Station<Signed> recognised(Waiting waiting, MynaCard card) {
    return switch (card.kind()) {
      case MY_NUMBER_CARD, OLD_RESIDENT_CARD ->
          readCertificate(waiting, card).then(seated -> chooseMethod(seated, card));
      case ANDROID_PHONE ->
          askPin(
              new PinDesk(waiting, card, Optional.empty()),
              false,
              pin -> proveByPhone(waiting, card, Optional.of(pin)));
      case IPHONE -> {
        patient.waitsFor(Step.CONFIRMING_ON_PHONE);
        yield proveByPhone(waiting, card, Optional.empty());
      }
    };
  }

  private Station<Seated> readCertificate(Waiting waiting, MynaCard card) {
    return switch (card.authenticationCertificate()) {
      case CertificateReading.Read read -> new On<>(seen(waiting.seated(read.certificate())));
      case CertificateReading.CardGone gone -> new Over<>(waiting.left());
      case CertificateReading.Trouble trouble ->
          new Over<>(waiting.refused(trouble(trouble.what())));
    };
  }

  private Station<Signed> chooseMethod(Seated seated, MynaCard card) {
    Set<VerificationMethod> methods = methodsLeft();
    MethodQuestion question = new MethodQuestion(methods, setback);
    return switch (waitForPatient(() -> patient.chooses(question))) {
      case Reply.Said<VerificationMethod> said ->
          methods.contains(said.what())
              ? confirm(seated, card, said.what())
              : new Over<>(seated.refused(refusal(notOffered(said.what()))));
      case Reply.Back<VerificationMethod> back -> chooseMethod(seated, card);
      case Reply.Cancelled<VerificationMethod> cancelled ->
          new Over<>(seated.refused(refusal(LocalReason.CANCELLED)));
      case Reply.Silent<VerificationMethod> silent ->
          new Over<>(seated.refused(refusal(LocalReason.TIMED_OUT)));
      case Reply.Gone<VerificationMethod> gone -> new Over<>(seated.left());
    };
  }

  /** A face that did not confirm anybody is not looked at again: there are other ways. */
  private Set<VerificationMethod> methodsLeft() {
    Set<VerificationMethod> methods = EnumSet.copyOf(equipment.means().methods());
    if (faceWasTried()) {
      methods.remove(VerificationMethod.FACE);
    }
    return methods;
  }

  private boolean faceWasTried() {
    return setback != FaceSetback.NONE;
  }

  /** Who insists on their face hears what came of it. */
  private LocalReason notOffered(VerificationMethod method) {
    return faceWasTried() && method == VerificationMethod.FACE
        ? LocalReason.FACE_NOT_CONFIRMED
        : LocalReason.METHOD_UNAVAILABLE;
  }

  private Station<Signed> confirm(Seated seated, MynaCard card, VerificationMethod method) {
    Means means = equipment.means();
    return switch (method) {
      case PIN -> askPin(desk(seated, card), false, pin -> sign(seated, card, pin));
      case FACE -> lookAtFace(seated, card, means.face().orElseThrow());
      case STAFF -> drawPass(seated, card, means.staff().orElseThrow());
      case PHONE -> new Over<>(seated.refused(refusal(LocalReason.METHOD_UNAVAILABLE)));
    };
  }

  // ---------------------------------------------------------------- by PIN

  /**
   * Where a PIN is asked for.
   *
   * @param back the choice before it; empty where there was none
   */
  private record PinDesk(AtCard here, MynaCard card, Optional<Supplier<Station<Signed>>> back) {}

  private PinDesk desk(Seated seated, MynaCard card) {
    return new PinDesk(seated, card, Optional.of(() -> chooseMethod(seated, card)));
  }

  /** The tries left are asked of the card, which costs none, and said before one is used. */
  private Station<Signed> askPin(
      PinDesk desk, boolean wrongBefore, Function<PinEntry, Station<Signed>> proof) {
    AtCard here = desk.here();
    return switch (desk.card().pinTries()) {
      case PinTries.Left left ->
          takePin(desk, new PinQuestion(left.tries(), wrongBefore, desk.back().isPresent()), proof);
      case PinTries.Blocked blocked -> new Over<>(here.refused(refusal(LocalReason.PIN_BLOCKED)));
      case PinTries.CardGone gone -> new Over<>(here.left());
      case PinTries.Trouble trouble -> new Over<>(here.refused(trouble(trouble.what())));
    };
  }

  private Station<Signed> takePin(
      PinDesk desk, PinQuestion question, Function<PinEntry, Station<Signed>> proof) {
    AtCard here = desk.here();
    return switch (waitForPatient(() -> patient.entersPin(question))) {
      case Reply.Said<PinEntry> said -> {
        try (PinEntry pin = said.what()) {
          patient.waitsFor(Step.CHECKING_PIN);
          yield proof.apply(pin);
        }
      }
      case Reply.Back<PinEntry> back ->
          desk.back()
              .map(Supplier::get)
              .orElseGet(() -> new Over<>(here.refused(refusal(LocalReason.CANCELLED))));
      case Reply.Cancelled<PinEntry> cancelled ->
          new Over<>(here.refused(refusal(LocalReason.CANCELLED)));
      case Reply.Silent<PinEntry> silent ->
          new Over<>(here.refused(refusal(LocalReason.TIMED_OUT)));
      case Reply.Gone<PinEntry> gone -> new Over<>(here.left());
    };
  }

  private Station<Signed> sign(Seated seated, MynaCard card, PinEntry pin) {
    return withChallenge(seated, challenge -> sign(seated, card, pin, challenge));
  }

  private Station<Signed> sign(
      Seated seated, MynaCard card, PinEntry pin, SealedChallenge challenge) {
    ChallengeStatement statement = statement(challenge, VerificationMethod.PIN);
    return switch (card.prove(pin, statement.sha256())) {
      case Proving.Signed signed ->
          signed(
              seated, statement, challenge, signed.signature(), Voucher.nobody(statement.method()));
      case Proving.WrongPin wrong ->
          patient.mayRetryPin()
              ? askPin(desk(seated, card), true, again -> sign(seated, card, again))
              : new Over<>(seated.refused(equipment.reasons().wrongPin(wrong.triesLeft())));
      case Proving.PinBlocked blocked ->
          new Over<>(seated.refused(refusal(LocalReason.PIN_BLOCKED)));
      case Proving.CardGone gone -> new Over<>(seated.left());
      case Proving.Trouble trouble -> new Over<>(seated.refused(trouble(trouble.what())));
    };
  }

  // ---------------------------------------------------------------- by face or by sight

  private Station<Signed> lookAtFace(Seated seated, MynaCard card, FaceCheck face) {
    // Until it is known to be the camera's doing, or the person's.
    setback = FaceSetback.NO_PORTRAIT;
    patient.waitsFor(Step.CHECKING_FACE);
    return switch (card.portrait(face.scan(), face.issuers())) {
      case PortraitReading.Read read -> compare(seated, card, face, read);
      case PortraitReading.Distrusted distrusted -> {
        face.matcher().distrust(distrusted);
        yield chooseMethod(seated, card);
      }
      case PortraitReading.NotScanned not -> chooseMethod(seated, card);
      case PortraitReading.WrongNumber wrong -> chooseMethod(seated, card);
      case PortraitReading.Blocked blocked -> chooseMethod(seated, card);
      case PortraitReading.NoPortrait none -> chooseMethod(seated, card);
      case PortraitReading.CardGone gone -> new Over<>(seated.left());
      case PortraitReading.Trouble trouble -> new Over<>(seated.refused(trouble(trouble.what())));
    };
  }

  private Station<Signed> compare(
      Seated seated, MynaCard card, FaceCheck face, PortraitReading.Read portrait) {
    return switch (waitForPatient(() -> face.matcher().compare(portrait, reader::isCardPresent))) {
      case FaceCheck.Verdict.Match(FaceCalibration by) ->
          signWithoutPin(seated, card, Voucher.face(by));
      case FaceCheck.Verdict.Unconfirmed unconfirmed -> {
        setback =
            switch (unconfirmed) {
              case NO_MATCH, NOT_SURE -> FaceSetback.NOT_CONFIRMED;
              case NO_CAMERA -> FaceSetback.NO_CAMERA;
              case CANNOT_READ -> FaceSetback.NO_PORTRAIT;
            };
        yield chooseMethod(seated, card);
      }
    };
  }

  private Station<Signed> drawPass(Seated seated, MynaCard card, StaffPasses passes) {
    return switch (waitForLine(passes::draw)) {
      case GatewayReply.Given<StaffPass> given ->
          signWithoutPin(seated, card, Voucher.staff(given.value()));
      case GatewayReply.Refused<StaffPass> refused -> new Over<>(seated.refused(refused.refusal()));
    };
  }

  /**
   * What goes with a signature, for whoever vouches for the holder.
   *
   * @param pass of whoever saw them
   * @param calibration by which their face was compared
   */
  private record Voucher(
      VerificationMethod method, Optional<StaffPass> pass, Optional<FaceCalibration> calibration) {
    static Voucher face(FaceCalibration by) {
      return new Voucher(VerificationMethod.FACE, Optional.empty(), Optional.of(by));
    }

    static Voucher staff(StaffPass pass) {
      return new Voucher(VerificationMethod.STAFF, Optional.of(pass), Optional.empty());
    }

    /** A PIN or a phone needs nobody. */
    static Voucher nobody(VerificationMethod method) {
      return new Voucher(method, Optional.empty(), Optional.empty());
    }
  }

  private Station<Signed> signWithoutPin(Seated seated, MynaCard card, Voucher voucher) {
    return withChallenge(seated, challenge -> signWithoutPin(seated, card, voucher, challenge));
  }

  private Station<Signed> signWithoutPin(
      Seated seated, MynaCard card, Voucher voucher, SealedChallenge challenge) {
    ChallengeStatement statement = statement(challenge, voucher.method());
    return switch (card.prove(equipment.means().pinless(), statement.sha256())) {
      case PinlessProving.Signed signed ->
          signed(seated, statement, challenge, signed.signature(), voucher);
      case PinlessProving.NotAvailable not ->
          new Over<>(seated.refused(refusal(LocalReason.METHOD_UNAVAILABLE)));
      case PinlessProving.CardGone gone -> new Over<>(seated.left());
      case PinlessProving.Trouble trouble -> new Over<>(seated.refused(trouble(trouble.what())));
    };
  }

  // ---------------------------------------------------------------- by phone

  private Station<Signed> proveByPhone(Waiting waiting, MynaCard phone, Optional<PinEntry> pin) {
    return withChallenge(waiting, challenge -> proveByPhone(waiting, phone, pin, challenge));
  }

  private Station<Signed> proveByPhone(
      Waiting waiting, MynaCard phone, Optional<PinEntry> pin, SealedChallenge challenge) {
    ChallengeStatement statement = statement(challenge, VerificationMethod.PHONE);
    return switch (phone.proveByPhone(pin, statement.sha256())) {
      case PhoneProving.Signed signed ->
          signed(
              seen(waiting.seated(signed.certificate())),
              statement,
              challenge,
              signed.signature(),
              Voucher.nobody(statement.method()));
      case PhoneProving.WrongPin wrong ->
          patient.mayRetryPin()
              ? askPin(
                  new PinDesk(waiting, phone, Optional.empty()),
                  true,
                  again -> proveByPhone(waiting, phone, Optional.of(again)))
              : new Over<>(waiting.refused(equipment.reasons().wrongPin(wrong.triesLeft())));
      case PhoneProving.PinBlocked blocked ->
          new Over<>(waiting.refused(refusal(LocalReason.PIN_BLOCKED)));
      case PhoneProving.PinNeeded needed ->
          new Over<>(waiting.refused(refusal(LocalReason.METHOD_UNAVAILABLE)));
      case PhoneProving.CardGone gone -> new Over<>(waiting.left());
      case PhoneProving.Trouble trouble -> new Over<>(waiting.refused(trouble(trouble.what())));
    };
  }

  // ---------------------------------------------------------------- what was signed

  private ChallengeStatement statement(SealedChallenge challenge, VerificationMethod method) {
    Line line = challenge.isOfTerminal() ? Line.DEGRADED : Line.ONLINE;
    return new ChallengeStatement(challenge.challenge(), method, equipment.world().instant(), line);
  }

  private Station<Signed> signed(
      Seated seated,
      ChallengeStatement statement,
      SealedChallenge challenge,
      byte[] signature,
      Voucher voucher) {
    return new On<>(
        seen(
            seen(seated.confirmed(voucher.method(), statement.confirmedAt()))
                .signed(challenge, signature, voucher.pass(), voucher.calibration())));
  }

  private Station<Signed> withChallenge(
      AtCard here, Function<SealedChallenge, Station<Signed>> then) {
    return switch (waitForLine(challenge::fresh)) {
      case GatewayReply.Given<SealedChallenge> given -> then.apply(given.value());
      case GatewayReply.Refused<SealedChallenge> refused ->
          offline(refused.refusal())
              .map(then)
              .orElseGet(() -> new Over<>(here.refused(refused.refusal())));
    };
  }

  /** Only a dead line is a reason to record, never a refusal (design §10). */
  private Optional<SealedChallenge> offline(Refusal refusal) {
    return refusal.isOfDeadLine()
        ? equipment.offline().challenge().map(SealedChallenge::ofTerminal)
        : Optional.empty();
  }

  /** Nobody has answered and nobody will in this visit. */
  private Station<Answered> record(Signed signed) {
    equipment.offline().keep(signed.id(), signed.proof());
    return new Over<>(signed.refused(refusal(LocalReason.RECORDED_TO_BE_VERIFIED)));
  }

  private Station<Answered> send(Signed signed) {
    if (signed.proof().challenge().isOfTerminal()) {
      return record(signed);
    }
    patient.waitsFor(Step.ASKING);
    IdempotencyKey key = new IdempotencyKey(equipment.names().get());
    return switch (equipment.gateway().check(signed.proof(), key)) {
      case GatewayReply.Given<Answer> given -> new On<>(seen(signed.answered(given.value())));
      case GatewayReply.Refused<Answer> refused ->
          refused.refusal().offersRegistration()
              ? offerRegistration(signed, refused.refusal())
              : new Over<>(signed.refused(refused.refusal()));
    };
  }

  /** Who does not want it, or is gone, hears what the check was refused for. */
  private Station<Answered> offerRegistration(Signed signed, Refusal refusal) {
    if (waitForPatient(patient::registers) instanceof Reply.Said<Boolean>(Boolean wanted)
        && wanted) {
      patient.waitsFor(Step.REGISTERING);
      return switch (equipment.gateway().register(refusal.checkId().orElseThrow())) {
        case GatewayReply.Given<Answer> given -> new On<>(seen(signed.answered(given.value())));
        case GatewayReply.Refused<Answer> refused -> new Over<>(signed.refused(refused.refusal()));
      };
    }
    return new Over<>(signed.refused(refusal));
  }

  /** The offered consents only; where nothing is offered nothing is asked. */
  private Visit.End askConsent(Answered answered) {
    Set<MedicalCategory> offered = answered.answer().offeredConsents();
    if (offered.isEmpty()) {
      return answered.closed(new Closing.NothingOffered());
    }
    if (staysForConsent(answered) && !reader.isCardPresent()) {
      return answered.closed(new Closing.LeftBeforeConsent());
    }
    return switch (waitForPatient(() -> patient.consents(offered))) {
      case Reply.Said<Set<MedicalCategory>> said -> consent(answered, said.what());
      case Reply.Back<Set<MedicalCategory>> back -> answered.closed(new Closing.Declined());
      case Reply.Cancelled<Set<MedicalCategory>> cancelled ->
          answered.closed(new Closing.Declined());
      case Reply.Silent<Set<MedicalCategory>> silent -> answered.closed(new Closing.NoReply());
      case Reply.Gone<Set<MedicalCategory>> gone ->
          answered.closed(new Closing.LeftBeforeConsent());
    };
  }

  /** A phone leaves after its tap; there a patient who has gone says nothing. */
  private static boolean staysForConsent(Answered answered) {
    return answered.method() != VerificationMethod.PHONE;
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

  private <R> R waitForPatient(Supplier<R> question) {
    long start = equipment.ticks().getAsLong();
    R reply = question.get();
    waitedForPatient = waitedForPatient.plusNanos(equipment.ticks().getAsLong() - start);
    return reply;
  }

  private <R> R waitForLine(Supplier<R> call) {
    long start = equipment.ticks().getAsLong();
    R reply = call.get();
    waitedForLine = waitedForLine.plusNanos(equipment.ticks().getAsLong() - start);
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
