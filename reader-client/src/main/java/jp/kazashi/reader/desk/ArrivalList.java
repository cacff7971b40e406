package jp.kazashi.reader.desk;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.Arrival.Standing;
import jp.kazashi.consent.DeskBoard;
import jp.kazashi.consent.KioskBoard;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.ScreenView.Station;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.StaffCall;
import jp.kazashi.consent.VisitBoard.Subscription;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.link.Answer;
import jp.kazashi.reader.link.Grants;
import jp.kazashi.reader.link.Notice;
import jp.kazashi.reader.link.Qualification;
import jp.kazashi.reader.link.Refusal;
import jp.kazashi.reader.visit.Visit;
import jp.kazashi.reader.visit.VisitWitness;

/**
 * The arrivals of this terminal, as the desk sees them. It remembers the latest, in memory only.
 */
public final class ArrivalList implements DeskBoard, VisitWitness {

  private static final int REMEMBERED = 2_000;

  private static final Sentence LEFT_BEFORE_CONSENT =
      new Sentence(
          "同意の質問に答える前にカードが外されました。医療情報は見られません。",
          "The card was taken before the consent questions were answered. No records can be read.");
  private static final Sentence NO_REPLY =
      new Sentence(
          "同意の質問に答えがありませんでした。医療情報は見られません。",
          "The consent questions were not answered. No records can be read.");
  private static final Sentence NOT_RECORDED =
      new Sentence(
          "患者さんは同意しましたが、記録できませんでした。医療情報は見られません。",
          "The patient agreed, but it could not be recorded. No records can be read.");
  private static final Sentence ASK_AGAIN =
      new Sentence(
          "医療情報が必要なときは、もう一度カードを置いてもらってください。",
          "If you need the records, ask the patient to place the card again.");

  private final String terminal;
  private final InstantSource world;
  private final LinkedHashMap<String, Arrival> arrivals = new LinkedHashMap<>();
  private final Deque<StaffCall> calls = new ArrayDeque<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private final List<KioskBoard> kiosks = new CopyOnWriteArrayList<>();
  private long arrived;

  public ArrivalList(String terminal, InstantSource world) {
    this.terminal = terminal;
    this.world = world;
  }

  /** Lets the desk hear the calls made at that kiosk. */
  public Subscription listenTo(KioskBoard kiosk) {
    kiosks.add(kiosk);
    return kiosk.subscribe(shown -> {
      if (shown.staffCalled()) {
        called();
      }
    });
  }

  @Override
  public synchronized void sees(Visit visit) {
    Line line = read(visit);
    String id = visit.id().toString();
    Arrival before = arrivals.get(id);
    Arrival now =
        new Arrival(
            id,
            before == null ? ++arrived : before.order(),
            before == null ? world.instant() : before.at(),
            terminal,
            line.standing(),
            line.consents(),
            line.until(),
            line.alerts(),
            line.nextStep());
    arrivals.put(id, now);
    forgetOldest();
    tell(new Change.Line(now));
  }

  @Override
  public synchronized List<Arrival> arrivals() {
    return List.copyOf(arrivals.sequencedValues().reversed());
  }

  @Override
  public synchronized List<StaffCall> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void attended(String at) {
    if (forgetCallsOf(at)) {
      // Not while this list is held: a kiosk that is just being called waits for it.
      kiosks.forEach(KioskBoard::attended);
    }
  }

  private synchronized boolean forgetCallsOf(String at) {
    boolean called = calls.removeIf(call -> call.terminal().equals(at));
    if (called) {
      tell(new Change.Calls(calls()));
    }
    return called;
  }

  @Override
  public Subscription subscribe(Consumer<Change> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private synchronized void called() {
    if (calls.stream().noneMatch(call -> call.terminal().equals(terminal))) {
      calls.add(new StaffCall(terminal, world.instant()));
      tell(new Change.Calls(calls()));
    }
  }

  private void tell(Change change) {
    listeners.forEach(listener -> listener.accept(change));
  }

  private void forgetOldest() {
    if (arrivals.size() > REMEMBERED) {
      arrivals.pollFirstEntry();
    }
  }

  private static Line read(Visit visit) {
    return switch (visit) {
      case Visit.Waiting waiting -> Line.atKiosk(Station.CARD);
      case Visit.Seated seated -> Line.atKiosk(Station.METHOD);
      case Visit.Confirmed confirmed -> Line.atKiosk(Station.PROOF);
      case Visit.Signed signed -> Line.atKiosk(Station.PROOF);
      case Visit.Answered answered -> Line.answered(answered);
      case Visit.Consented consented ->
          Line.answered(consented.answered()).allowing(consented.grants());
      case Visit.Closed closed -> read(closed);
      case Visit.Refused refused -> Line.refused(refused.refusal());
      case Visit.Left left -> Line.left();
    };
  }

  private static Line read(Visit.Closed closed) {
    Line answered = Line.answered(closed.answered());
    return switch (closed.closing()) {
      case Visit.Closing.NothingOffered nothing -> answered;
      case Visit.Closing.Declined declined -> answered;
      case Visit.Closing.LeftBeforeConsent left -> answered.but(LEFT_BEFORE_CONSENT, ASK_AGAIN);
      case Visit.Closing.NoReply silent -> answered.but(NO_REPLY, ASK_AGAIN);
      case Visit.Closing.NotRecorded lost -> answered.but(NOT_RECORDED, lost.refusal().nextStep());
    };
  }

  /** What a state of a visit says on a line of the list. */
  private record Line(
      Standing standing,
      List<MedicalCategory> consents,
      Optional<Instant> until,
      List<Sentence> alerts,
      Optional<Sentence> nextStep) {

    static Line atKiosk(Station station) {
      return of(new Standing.AtKiosk(station));
    }

    static Line left() {
      return of(new Standing.Left());
    }

    static Line refused(Refusal refusal) {
      return of(new Standing.Refused(refusal.reason().value(), refusal.patient()))
          .but(List.of(), refusal.nextStep());
    }

    static Line answered(Visit.Answered answered) {
      Answer answer = answered.answer();
      Qualification qualification = answer.qualification();
      Standing standing =
          new Standing.Answered(
              new Arrival.Person(
                  qualification.name(),
                  qualification.printableName(),
                  Objects.requireNonNullElse(qualification.nameKana(), ""),
                  qualification.birthDate()),
              Arrival.Validity.of(qualification.validityCode()),
              Objects.requireNonNullElse(qualification.insurerName(), ""),
              Optional.ofNullable(qualification.contributionRatio()),
              byOf(answered.method()));
      List<Sentence> alerts = answer.notices().stream().map(Notice::desk).toList();
      return new Line(standing, List.of(), Optional.empty(), alerts, Optional.empty());
    }

    private static Line of(Standing standing) {
      return new Line(standing, List.of(), Optional.empty(), List.of(), Optional.empty());
    }

    private static ProofMethod byOf(VerificationMethod method) {
      return switch (method) {
        case FACE -> ProofMethod.FACE;
        case PIN -> ProofMethod.PIN;
        case STAFF -> ProofMethod.STAFF;
        case PHONE -> ProofMethod.PHONE;
      };
    }

    Line allowing(Grants grants) {
      return new Line(
          standing,
          grants.categories().stream().sorted().toList(),
          Optional.of(grants.expiresAt()),
          alerts,
          nextStep);
    }

    Line but(Sentence alert, Sentence next) {
      return but(List.of(alert), next);
    }

    private Line but(List<Sentence> more, Sentence next) {
      List<Sentence> all = new ArrayList<>(alerts);
      all.addAll(more);
      return new Line(standing, consents, until, List.copyOf(all), Optional.of(next));
    }
  }
}
