package jp.kazashi.reader.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
import jp.kazashi.reader.link.CheckId;
import jp.kazashi.reader.link.Grants;
import jp.kazashi.reader.link.Qualification;
import jp.kazashi.reader.link.Refusal;
import jp.kazashi.reader.visit.Visit;
import jp.kazashi.reader.visit.VisitWitness;

/**
 * The arrivals of the institution, as the desk sees them: what happens at this terminal at once,
 * what happens at the others as the gateway tells it. It remembers the latest, in memory only.
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

  private static final long PLACES_A_MILLI = 1_000;

  private final String terminal;
  private final InstantSource world;
  private final BiFunction<String, LocalDate, Arrival.Chart> charts;
  private final Map<String, Arrival> arrivals = new HashMap<>();
  private final NavigableMap<Long, String> inOrder = new TreeMap<>();
  private final Map<String, String> lineOfCheck = new HashMap<>();
  private final Map<StaffCall.Want, StaffCall> ownCalls = new EnumMap<>(StaffCall.Want.class);
  private List<CallElsewhere> callsElsewhere = List.of();
  private long lastPlace = Long.MIN_VALUE;
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private final List<KioskBoard> kiosks = new CopyOnWriteArrayList<>();

  /** Of an institution whose charts are not known here. */
  public ArrivalList(String terminal, InstantSource world) {
    this(terminal, world, (kana, birthDate) -> Arrival.Chart.NONE);
  }

  /**
   * @param charts the chart of whoever has that kana and birth date
   */
  public ArrivalList(
      String terminal, InstantSource world, BiFunction<String, LocalDate, Arrival.Chart> charts) {
    this.terminal = terminal;
    this.world = world;
    this.charts = charts;
  }

  /** Lets the desk hear the calls made at that kiosk. */
  public Subscription listenTo(KioskBoard kiosk) {
    kiosks.add(kiosk);
    return kiosk.subscribe(shown -> {
      if (shown.staffCalled()) {
        ring(StaffCall.Want.HELP);
      }
    });
  }

  @Override
  public synchronized void sees(Visit visit) {
    Line line = read(visit);
    String id = visit.id().toString();
    checkOf(visit).ifPresent(check -> claim(check, id));
    Arrival before = arrivals.get(id);
    Instant at = before == null ? world.instant() : before.at();
    put(line(id, at, terminal, line, checkOf(visit)));
  }

  /** What the gateway tells of a check of this institution, wherever the card was placed. */
  synchronized void hears(ToldCheck told) {
    String id = lineOfCheck.getOrDefault(told.check(), "check-" + told.check());
    Arrival before = arrivals.get(id);
    told.follows().map(first -> "check-" + first).ifPresent(this::drop);
    lineOfCheck.put(told.check(), id);
    Line line =
        new Line(told.standing(), told.consents(), told.until(), told.alerts(), told.nextStep());
    // What the visit itself said is more than the record of the check knows.
    Line whole = before == null || before.check().isEmpty() ? line : line.besides(before);
    put(
        line(
            id,
            before == null ? told.at() : before.at(),
            told.terminal(),
            whole,
            Optional.of(told.check())));
  }

  /**
   * A check, as the gateway tells it.
   *
   * @param follows the check whose proof was used once more, of a registration
   */
  record ToldCheck(
      String check,
      Optional<String> follows,
      Instant at,
      String terminal,
      Standing standing,
      List<MedicalCategory> consents,
      Optional<Instant> until,
      List<Sentence> alerts,
      Optional<Sentence> nextStep) {}

  /**
   * What was recorded in that visit has become this check: they are one line, and the check says
   * more.
   */
  synchronized void becameCheck(String visit, String check) {
    if (lineOfCheck.containsKey(check)) {
      drop(visit);
    } else if (arrivals.containsKey(visit)) {
      lineOfCheck.put(check, visit);
    }
  }

  /** How it was confirmed and where, if that check is known here. */
  synchronized Optional<Arrival> ofCheck(String check) {
    return Optional.ofNullable(lineOfCheck.get(check)).map(arrivals::get);
  }

  /** The line of that name. */
  synchronized Optional<Arrival> arrival(String id) {
    return Optional.ofNullable(arrivals.get(id));
  }

  /** The charts have changed: every line says its own anew. */
  synchronized void chartsChanged() {
    List.copyOf(arrivals.values())
        .forEach(arrival -> {
          Arrival.Chart now = chartOf(arrival.standing());
          if (!now.equals(arrival.chart())) {
            put(with(arrival, now));
          }
        });
  }

  /** The line to the gateway, or what was recorded without it, has changed. */
  void failureChanged() {
    tell(new Change.Failure());
  }

  private Arrival line(String id, Instant at, String where, Line line, Optional<String> check) {
    Arrival before = arrivals.get(id);
    return new Arrival(
        id,
        before == null ? place(at) : before.order(),
        at,
        where,
        line.standing(),
        line.consents(),
        line.until(),
        line.alerts(),
        line.nextStep(),
        check,
        chartOf(line.standing()));
  }

  private static Arrival with(Arrival arrival, Arrival.Chart chart) {
    return new Arrival(
        arrival.id(),
        arrival.order(),
        arrival.at(),
        arrival.terminal(),
        arrival.standing(),
        arrival.consents(),
        arrival.consentsUntil(),
        arrival.alerts(),
        arrival.nextStep(),
        arrival.check(),
        chart);
  }

  private Arrival.Chart chartOf(Standing standing) {
    return standing instanceof Standing.Answered answered
        ? charts.apply(answered.person().kana(), answered.person().birthDate())
        : Arrival.Chart.NONE;
  }

  /**
   * By time; who come in the same moment keep the order in which they were heard of. Nobody is told
   * of a day late: who seems to be comes after a clock was put back, and is the newest.
   */
  private long place(Instant at) {
    long place = at.toEpochMilli() * PLACES_A_MILLI;
    boolean sameMoment = lastPlace >= place && lastPlace < place + PLACES_A_MILLI * PLACES_A_MILLI;
    boolean clockWasPutBack = lastPlace > place + Duration.ofDays(1).toMillis() * PLACES_A_MILLI;
    if (sameMoment || clockWasPutBack) {
      place = lastPlace + 1;
    }
    while (inOrder.containsKey(place)) {
      place++;
    }
    lastPlace = Math.max(lastPlace, place);
    return place;
  }

  private void put(Arrival arrival) {
    arrivals.put(arrival.id(), arrival);
    inOrder.put(arrival.order(), arrival.id());
    arrival.check().ifPresent(check -> lineOfCheck.put(check, arrival.id()));
    while (arrivals.size() > REMEMBERED) {
      drop(inOrder.firstEntry().getValue());
    }
    tell(new Change.Line(arrival));
  }

  /** The visit speaks for its own check: a line that was made from an event goes. */
  private void claim(String check, String id) {
    String other = lineOfCheck.put(check, id);
    if (other != null && !other.equals(id)) {
      drop(other);
    }
  }

  private void drop(String id) {
    Arrival gone = arrivals.remove(id);
    if (gone != null) {
      inOrder.remove(gone.order());
      gone.check().ifPresent(check -> lineOfCheck.remove(check, id));
      tell(new Change.Gone(id));
    }
  }

  private static Optional<String> checkOf(Visit visit) {
    return switch (visit) {
      case Visit.Answered answered -> Optional.of(answered.answer().checkId().toString());
      case Visit.Consented consented -> checkOf(consented.answered());
      case Visit.Closed closed -> checkOf(closed.answered());
      case Visit.Refused refused -> refused.refusal().checkId().map(CheckId::toString);
      case Visit.Waiting _, Visit.Seated _, Visit.Confirmed _, Visit.Signed _, Visit.Left _ ->
          Optional.empty();
    };
  }

  /** The newest first. */
  @Override
  public synchronized List<Arrival> arrivals() {
    List<Arrival> newestFirst = new ArrayList<>(arrivals.size());
    inOrder.descendingMap().values().forEach(id -> newestFirst.add(arrivals.get(id)));
    return newestFirst;
  }

  @Override
  public synchronized List<StaffCall> calls() {
    return Stream.concat(
            ownCalls.values().stream(), callsElsewhere.stream().map(CallElsewhere::call))
        .sorted(Comparator.comparing(StaffCall::at).thenComparing(StaffCall::terminal))
        .toList();
  }

  synchronized List<StaffCall> ownCalls() {
    return List.copyOf(ownCalls.values());
  }

  /**
   * A call at another terminal.
   *
   * @param id the gateway's name for it
   */
  record CallElsewhere(String id, StaffCall call) {}

  /** What the gateway tells of all open calls; those of this terminal are known better here. */
  synchronized void hearsCalls(List<CallElsewhere> open) {
    List<CallElsewhere> others =
        open.stream().filter(other -> !other.call().terminal().equals(terminal)).toList();
    if (!ids(others).equals(ids(callsElsewhere))) {
      callsElsewhere = others;
      tellCalls();
    }
  }

  private static List<String> ids(List<CallElsewhere> calls) {
    return calls.stream().map(CallElsewhere::id).toList();
  }

  /** Who waits at that other terminal for this. */
  synchronized Optional<CallElsewhere> callFrom(String at, StaffCall.Want want) {
    return callsElsewhere.stream()
        .filter(other -> other.call().terminal().equals(at) && other.call().want() == want)
        .findFirst();
  }

  synchronized void callElsewhereIsOver(CallElsewhere call) {
    hearsCalls(callsElsewhere.stream().filter(other -> !other.id().equals(call.id())).toList());
  }

  /** Staff go to the kiosk of this terminal. */
  void attended() {
    if (quiet(StaffCall.Want.HELP)) {
      // Not while this list is held: a kiosk that is just being called waits for it.
      kiosks.forEach(KioskBoard::attended);
    }
  }

  /** Somebody at another desk has answered the call of this kiosk. */
  void answered(StaffCall.Want want) {
    switch (want) {
      case HELP -> attended();
      case SIGHT -> {
        boolean _ = quiet(want);
      }
    }
  }

  @Override
  public Subscription subscribe(Consumer<Change> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Somebody at this terminal's kiosk wants a member of staff. */
  synchronized void ring(StaffCall.Want want) {
    if (!ownCalls.containsKey(want)) {
      ownCalls.put(want, new StaffCall(terminal, world.instant(), want));
      tellCalls();
    }
  }

  /** Nobody there wants that any more; true if somebody did. */
  synchronized boolean quiet(StaffCall.Want want) {
    boolean rang = ownCalls.remove(want) != null;
    if (rang) {
      tellCalls();
    }
    return rang;
  }

  private void tellCalls() {
    tell(new Change.Calls(calls()));
  }

  private void tell(Change change) {
    listeners.forEach(listener -> listener.accept(change));
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
      Instant ends = answer.certificate().expiresAt();
      List<Sentence> alerts =
          answer.notices().stream()
              .map(notice -> DatedNotice.of(notice.id(), notice.desk(), ends))
              .toList();
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

    /** The same, and what was said of this arrival before. */
    Line besides(Arrival before) {
      List<Sentence> all = new ArrayList<>(before.alerts());
      alerts.stream().filter(alert -> !all.contains(alert)).forEach(all::add);
      return new Line(
          before.standing() instanceof Standing.Answered ? before.standing() : standing,
          consents,
          until,
          List.copyOf(all),
          consents.isEmpty() ? before.nextStep().or(() -> nextStep) : nextStep);
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
