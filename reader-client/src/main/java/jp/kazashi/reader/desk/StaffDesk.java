package jp.kazashi.reader.desk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import jp.kazashi.consent.StaffCall;
import jp.kazashi.consent.desk.DeskOffice;
import jp.kazashi.consent.desk.FailureDesk;
import jp.kazashi.reader.link.CallLink;
import jp.kazashi.reader.link.DegradedQueue;
import jp.kazashi.reader.link.GatewayLink;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.ReconciliationLink;
import jp.kazashi.reader.selftest.SelfTest;

/** The desk of a terminal, put together. */
public final class StaffDesk implements AutoCloseable {

  private static final String RECORDS_FILE = "degraded.jsonl";

  private final ArrivalList arrivals;
  private final SightPasses sights;
  private final FailureMode failure;
  private final Bell bell;
  private final DeskOffice office;
  private final List<Thread> threads = new ArrayList<>();

  private StaffDesk(
      ArrivalList arrivals, SightPasses sights, FailureMode failure, Bell bell, DeskOffice office) {
    this.arrivals = arrivals;
    this.sights = sights;
    this.failure = failure;
    this.bell = bell;
    this.office = office;
  }

  /**
   * Where a desk stands.
   *
   * @param folder what must survive a restart; without one nothing is recorded on a dead line
   * @param equipment what the self-test looks at
   */
  public record Place(
      String institution, String terminal, Optional<Path> folder, SelfTest.Equipment equipment) {}

  /**
   * What a desk works with.
   *
   * @param desk over the key of the desk, if this terminal has one
   * @param calls over the key of the visit, as are the records
   * @param gateway over the key of the visit, for the self-test only
   */
  public record Lines(
      Optional<DeskLink> desk, ReconciliationLink records, CallLink calls, GatewayLink gateway) {}

  /** The times a desk knows. */
  public record Clocks(InstantSource world, InstantSource real, LongSupplier ticks) {}

  /** Opens what is kept in the folder; nothing runs yet. */
  public static StaffDesk open(
      Place place,
      Lines lines,
      Clocks clocks,
      LocalReasons reasons,
      SecureRandom random,
      Reception.Sight kiosk,
      FailureMode.Pace pace)
      throws IOException {
    Optional<Path> folder = place.folder();
    if (folder.isPresent()) {
      Files.createDirectories(folder.get());
    }
    Diary diary = new Diary(folder.map(path -> path.resolve("deeds.jsonl")), clocks.world());
    LocalSignIn local =
        new LocalSignIn(folder.map(path -> path.resolve("staff.json")), clocks.real(), random);
    ChartBook charts = new ChartBook(folder, random);
    ArrivalList arrivals = new ArrivalList(place.terminal(), clocks.world(), charts::find);
    Seats seats =
        new Seats(lines.desk(), local, diary, reasons, clocks.real(), clocks.ticks(), random);
    SightPasses sights = new SightPasses(reasons, clocks.ticks(), new AskingHere(arrivals));
    Bell bell =
        new Bell(
            arrivals,
            lines.calls(),
            UUID::randomUUID,
            clocks.ticks(),
            pace.whileDown(),
            sights::give);
    DegradedQueue.Owner owner = new DegradedQueue.Owner(place.institution(), place.terminal());
    FailureMode failure =
        new FailureMode(
            lines.records(),
            folder,
            queue(folder, owner, clocks.world()),
            owner,
            diary,
            reasons,
            clocks.world(),
            UUID::randomUUID,
            pace,
            arrivals::failureChanged,
            arrivals::becameCheck);
    SelfTest selfTest =
        new SelfTest(
            place.equipment(),
            new SelfTest.Line.To(lines.gateway()),
            () -> store(folder, failure.standing()),
            new SelfTest.Clocks(clocks.world(), clocks.real()));
    Reception reception =
        new Reception(
            place.terminal(),
            seats,
            arrivals,
            sights,
            kiosk,
            bell,
            charts,
            selfTest,
            diary,
            reasons,
            clocks.world());
    StaffDesk desk =
        new StaffDesk(
            arrivals,
            sights,
            failure,
            bell,
            new DeskOffice(seats, reception, new RecordsReading(seats, diary, reasons), failure));
    bell.listen();
    desk.threads.add(Thread.ofPlatform().daemon().name("line-watch").unstarted(failure));
    lines
        .desk()
        .map(link -> new EventFeed(link, seats, arrivals, clocks.world(), clocks.ticks()))
        .ifPresent(feed ->
            desk.threads.add(Thread.ofPlatform().daemon().name("event-feed").unstarted(feed)));
    return desk;
  }

  private static SelfTest.Store store(Optional<Path> folder, FailureDesk.Standing now) {
    return SelfTest.Store.of(folder, now.trouble().isEmpty(), now.unsent() + now.judged().size());
  }

  /** The same, seen by whoever does not run this desk. */
  public static SelfTest.Store storeIn(Optional<Path> folder) throws IOException {
    return SelfTest.Store.of(
        folder,
        folder.map(path -> Files.exists(path.resolve(FailureMode.KEY_FILE))).orElse(false),
        folder.isEmpty() ? 0 : DegradedQueue.unsettledIn(folder.get().resolve(RECORDS_FILE)));
  }

  /** Who waits to be looked at rings as long as they do; who was left waiting rings for help. */
  private record AskingHere(ArrivalList arrivals) implements SightPasses.Asking {
    @Override
    public void begins() {
      arrivals.ring(StaffCall.Want.SIGHT);
    }

    @Override
    public void ends(boolean inVain) {
      boolean _ = arrivals.quiet(StaffCall.Want.SIGHT);
      if (inVain) {
        arrivals.ring(StaffCall.Want.HELP);
      }
    }
  }

  private static Optional<DegradedQueue> queue(
      Optional<Path> folder, DegradedQueue.Owner owner, InstantSource world) throws IOException {
    return folder.isEmpty()
        ? Optional.empty()
        : Optional.of(
            DegradedQueue.open(folder.get().resolve(RECORDS_FILE), owner, world, UUID::randomUUID));
  }

  public void start() {
    threads.forEach(Thread::start);
  }

  @Override
  public void close() {
    bell.close();
    threads.forEach(Thread::interrupt);
  }

  public ArrivalList arrivals() {
    return arrivals;
  }

  public SightPasses sights() {
    return sights;
  }

  public FailureMode failure() {
    return failure;
  }

  public DeskOffice office() {
    return office;
  }
}
