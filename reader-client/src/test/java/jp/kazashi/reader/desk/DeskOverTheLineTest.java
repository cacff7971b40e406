package jp.kazashi.reader.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.DeskBoard;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.StaffCall;
import jp.kazashi.consent.desk.FailureDesk;
import jp.kazashi.consent.desk.FrontDesk;
import jp.kazashi.consent.desk.LookBook;
import jp.kazashi.consent.desk.RecordsDesk;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.consent.desk.StaffDoor;
import jp.kazashi.consent.desk.Told;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.link.Answers;
import jp.kazashi.reader.link.CallLink;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.HttpGatewayLink;
import jp.kazashi.reader.link.HttpLine;
import jp.kazashi.reader.link.LocalReason;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.Proof;
import jp.kazashi.reader.link.ReconciliationLink;
import jp.kazashi.reader.link.SealedChallenge;
import jp.kazashi.reader.link.StaffPass;
import jp.kazashi.reader.selftest.SelfTest;
import jp.kazashi.reader.visit.VisitId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The desk with a gateway at the other end of a real line, and without one. */
@Timeout(60)
class DeskOverTheLineTest {

  private static final String CHECK = "0193a0b0-0000-7000-8000-0000000000aa";
  private static final String CALL = "0193a0b0-0000-7000-8000-0000000000ca";
  private static final String KEY =
      """
      {"keyId":"9f2c","publicKey":"3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08="}\
      """;
  private static final FailureDesk.Typed TYPED =
      new FailureDesk.Typed("架空 花子", LocalDate.of(1980, 1, 2), FailureDesk.Typed.Sex.FEMALE, "見本区");

  private static final LookBook.Asked ALL_LOOKS =
      new LookBook.Asked(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final SelfTest.Equipment EQUIPMENT =
      new SelfTest.Equipment(
          Map.of(),
          () -> new SelfTest.Readers(new SelfTest.Service.Answers(), List.of("Kiosk"), Map.of()),
          Path.of("/no/camera"),
          SelfTest.Faces.Scripted::new);

  @TempDir Path folder;

  private final AtomicLong ticks = new AtomicLong();
  private final Instant real = Answers.NOW;
  private final KioskInHand kiosk = new KioskInHand();

  @SuppressWarnings("NullAway.Init") // every test opens its own
  private FakeCentre centre;

  @SuppressWarnings("NullAway.Init")
  private StaffDesk desk;

  @AfterEach
  void close() {
    if (desk != null) {
      desk.close();
    }
    if (centre != null) {
      centre.close();
    }
  }

  // ---------------------------------------------------------------- who sits there

  @Test
  void whoDoesNothingForAWhileHasGoneAndTheirSessionEndsAtTheGateway() throws Exception {
    open(online().on("DELETE /v1/staff/sessions", 200, "{}"));
    Seat seat = signIn();

    ticks.addAndGet(Seats.IDLE.minusSeconds(1).toNanos());
    assertThat(door().seat(seat.key())).contains(seat);
    ticks.addAndGet(Seats.IDLE.toNanos());

    assertThat(door().seat(seat.key())).isEmpty();
    until(() -> centre.count("DELETE /v1/staff/sessions") == 1);
    assertThat(door().isSeated(seat.key())).isFalse();
  }

  @Test
  void lockoutIsToldInTheGatewaysOwnWords() throws Exception {
    open(centre().on("POST /v1/staff/sessions", 423, FakeCentre.problem("STAFF_LOCKED")));

    assertThat(door().signIn("isha", "x"))
        .isInstanceOfSatisfying(
            Told.No.class, no -> assertThat(no.reason()).isEqualTo("STAFF_LOCKED"));
  }

  @Test
  void withTheLineDownOnlyWhoSignedInHereLatelyMayComeInAndNotForRecords() throws Exception {
    open(online());
    Seat before = signIn();
    goDark();

    assertThat(door().signIn("isha", "wrong")).isInstanceOf(Told.No.class);
    assertThat(door().signIn("uketsuke", "secret")).isInstanceOf(Told.No.class);
    Seat local = ((Told.Yes<Seat>) door().signIn("isha", "secret")).what();

    assertThat(before.mayRead()).isTrue();
    assertThat(local.local()).isTrue();
    assertThat(local.mayRead()).isFalse();
    assertThat(desk.office().front().lookUp(local, question()))
        .isEqualTo(told(LocalReason.LOCAL_SIGN_IN_ONLY));
    assertThat(Files.readString(folder.resolve("staff.json"))).doesNotContain("secret");
  }

  @Test
  void guessingWithTheLineDownEndsTheLocalSignIn() throws Exception {
    open(online());
    signIn();
    goDark();

    for (int wrong = 0; wrong < LocalSignIn.MOST_WRONG; wrong++) {
      assertThat(door().signIn("isha", "wrong" + wrong)).isInstanceOf(Told.No.class);
    }

    assertThat(door().signIn("isha", "secret")).isInstanceOf(Told.No.class);
  }

  @Test
  void whomTheGatewayHasPutOutIsOutAtTheirNextRequestWhateverItAsks() throws Exception {
    open(
        online()
            .on("GET /v1/calls", 403, FakeCentre.problem("STAFF_SESSION_MISSING"))
            .on("POST /v1/lookups", 403, FakeCentre.problem("STAFF_SESSION_MISSING")));
    Seat seat = signIn();
    assertThat(door().isSeated(seat.key())).isTrue();

    assertThat(door().isLetIn(seat)).isFalse();
    assertThat(door().seat(seat.key())).isEmpty();

    Seat again = signIn();
    assertThat(desk.office().front().lookUp(again, question()))
        .isEqualTo(told(LocalReason.SIGNED_OUT));
    assertThat(door().seat(again.key())).isEmpty();
  }

  @Test
  void gatewayThatDoesNotAnswerPutsNobodyOutAndKeepsNobodyWaitingAgain() throws Exception {
    open(online());
    Seat seat = signIn();
    goDark();

    assertThat(door().isLetIn(seat)).isTrue();
    assertThat(door().isLetIn(seat)).isTrue();
  }

  @Test
  void whoOnlyLooksIsPutOutWithTheNextBreathOfTheStream() throws Exception {
    AtomicLong sessions = new AtomicLong();
    open(
        online()
            .on("POST /v1/staff/sessions", asked -> session("t" + sessions.incrementAndGet()))
            .on(
                "GET /v1/calls",
                asked ->
                    asked.session().equals(Optional.of("t2"))
                        ? new FakeCentre.Answer(403, FakeCentre.problem("STAFF_SESSION_MISSING"))
                        : new FakeCentre.Answer(200, calls(0))));
    desk.start();
    Seat first = signIn();
    until(() -> centre.count("GET /v1/events") == 1);
    Seat second = signIn();
    assertThat(door().isSeated(second.key())).isTrue();

    centre.events.add(":\n\n");

    until(() -> !door().isSeated(second.key()));
    assertThat(door().isSeated(first.key())).isTrue();
  }

  // ---------------------------------------------------------------- calls of all terminals

  @Test
  void callOfAnotherTerminalRingsHereUntilSomebodyAnswersItForAll() throws Exception {
    open(online().on("GET /v1/calls", 200, calls(50, call("kiosk-2", "HELP"))));
    BlockingQueue<DeskBoard.Change> changes = new LinkedBlockingQueue<>();
    desk.arrivals().subscribe(changes::add);
    desk.start();
    Seat seat = signIn();
    centre.events.add("id: 41\nevent: READY\ndata: {}\n\n");

    assertThat(nextCalls(changes))
        .containsExactly(
            new StaffCall("kiosk-2", Answers.NOW.minusSeconds(30), StaffCall.Want.HELP));
    assertThat(desk.office().front().attend(seat, "kiosk-2")).isInstanceOf(Told.No.class);
    assertThat(desk.arrivals().calls()).as("the others still ring").hasSize(1);

    centre.on("POST /v1/calls/" + CALL + "/answers", 200, "{}");
    assertThat(desk.office().front().attend(seat, "kiosk-2")).isInstanceOf(Told.Yes.class);
    assertThat(desk.arrivals().calls()).isEmpty();
  }

  @Test
  void eventsThatSayNothingNewerAreNotAskedAbout() throws Exception {
    open(
        online().on("GET /v1/calls", 200, calls(50)).on("GET /v1/checks/" + CHECK, 200, check("")));
    BlockingQueue<DeskBoard.Change> changes = new LinkedBlockingQueue<>();
    desk.arrivals().subscribe(changes::add);
    desk.start();
    signIn();
    centre.events.add("id: 41\nevent: READY\ndata: {}\n\n");
    centre.events.add("id: 50\nevent: call\ndata: {}\n\n");
    centre.events.add(event(51, "check"));
    nextLine(changes);
    assertThat(centre.count("GET /v1/calls")).isEqualTo(1);

    centre.on("GET /v1/calls", 200, calls(52, call("kiosk-2", "SIGHT")));
    centre.events.add("id: 52\nevent: call\ndata: {}\n\n");

    assertThat(nextCalls(changes))
        .extracting(StaffCall::want)
        .containsExactly(StaffCall.Want.SIGHT);
  }

  @Test
  void callThatRanOutIsLookedAtAgainWithTheNextBreath() throws Exception {
    open(online().on("GET /v1/calls", 200, calls(50, call("kiosk-2", "HELP"))));
    BlockingQueue<DeskBoard.Change> changes = new LinkedBlockingQueue<>();
    desk.arrivals().subscribe(changes::add);
    desk.start();
    signIn();
    centre.events.add("id: 41\nevent: READY\ndata: {}\n\n");
    assertThat(nextCalls(changes)).hasSize(1);

    centre.on("GET /v1/calls", 200, calls(50));
    centre.events.add(":\n\n");

    assertThat(nextCalls(changes)).isEmpty();
  }

  @Test
  void callsOfOthersEndByThemselvesWhileNobodyTellsOfThem() throws Exception {
    open(online().on("GET /v1/calls", 200, calls(50, call("kiosk-2", "HELP"))));
    BlockingQueue<DeskBoard.Change> changes = new LinkedBlockingQueue<>();
    desk.arrivals().subscribe(changes::add);
    desk.start();
    signIn();
    centre.events.add("id: 41\nevent: READY\ndata: {}\n\n");
    assertThat(nextCalls(changes)).hasSize(1);

    ticks.addAndGet(Duration.ofMinutes(10).toNanos());
    centre.events.add(FakeCentre.END);

    assertThat(nextCalls(changes)).isEmpty();
  }

  @Test
  void callOfThisKioskRingsHereAtOnceAndEndsWhenAnotherDeskAnswers() throws Exception {
    open(online().on("POST /v1/calls", asked -> follow(asked, "ANSWERED", "")));

    desk.arrivals().ring(StaffCall.Want.HELP);

    until(() -> desk.arrivals().calls().isEmpty());
    assertThat(centre.asked.getFirst().body()).contains("\"want\":\"HELP\"");
  }

  @Test
  void callOfThisKioskRingsHereAlsoWhileNobodyElseCanHearIt() throws Exception {
    open(online());
    Seat seat = signIn();
    goDark();

    desk.arrivals().ring(StaffCall.Want.HELP);

    assertThat(desk.arrivals().calls()).hasSize(1);
    assertThat(desk.office().front().attend(seat, "kiosk-1")).isInstanceOf(Told.Yes.class);
    assertThat(desk.arrivals().calls()).isEmpty();
  }

  @Test
  void callThatStaffHereAttendToRingsNowhereElseAndIsAnsweredUnderTheirName() throws Exception {
    open(
        online()
            .on("POST /v1/calls", asked -> follow(asked, "WAITING", ""))
            .on("POST /v1/staff/sessions", asked -> session("sakura")));
    Seat seat = signIn();
    desk.arrivals().ring(StaffCall.Want.HELP);
    String call = rung();
    centre.on("POST " + call + "/answers", 200, "{\"state\":\"ANSWERED\"}");

    desk.office().front().attend(seat, "kiosk-1");

    assertThat(desk.arrivals().calls()).isEmpty();
    until(() -> centre.count("POST " + call + "/answers") == 1);
    assertThat(centre.asked.stream().filter(one -> one.what().equals("POST " + call + "/answers")))
        .singleElement()
        .satisfies(one -> assertThat(one.session()).contains("sakura"));
    assertThat(centre.count("DELETE " + call)).isZero();
    assertThat(centre.count("POST /v1/calls")).isEqualTo(1);
  }

  @Test
  void whoWaitedToBeLookedAtHereIsAnsweredUnderTheNameOfWhoConfirmedThem() throws Exception {
    open(
        online()
            .on("POST /v1/calls", asked -> follow(asked, "WAITING", ""))
            .on("POST /v1/visual-checks", 201, "{\"pass\":\"" + UUID.randomUUID() + "\"}"));
    Seat seat = signIn();
    BlockingQueue<GatewayReply<StaffPass>> drawn = new LinkedBlockingQueue<>();
    Thread.startVirtualThread(() -> drawn.add(desk.sights().draw()));
    String call = rung();
    centre.on("POST " + call + "/answers", 200, "{\"state\":\"ANSWERED\"}");

    assertThat(desk.office().front().confirmBySight(seat, "kiosk-1")).isInstanceOf(Told.Yes.class);

    assertThat(drawn.take()).isInstanceOf(GatewayReply.Given.class);
    until(() -> centre.count("POST " + call + "/answers") == 1);
    assertThat(centre.count("DELETE " + call)).isZero();
  }

  @Test
  void callWhoseAttendantIsNotKnownAnyMoreIsTakenBackByItsTerminal() throws Exception {
    open(online().on("POST /v1/calls", asked -> follow(asked, "WAITING", "")));
    Seat seat = signIn();
    desk.arrivals().ring(StaffCall.Want.HELP);
    String call = rung();
    centre.on("POST " + call + "/answers", 403, FakeCentre.problem("STAFF_SESSION_MISSING"));

    desk.office().front().attend(seat, "kiosk-1");

    until(() -> centre.count("DELETE " + call) == 1);
  }

  @Test
  void callThatEndsByItselfIsNobodysAnswer() throws Exception {
    open(online().on("POST /v1/calls", asked -> follow(asked, "WAITING", "")));
    signIn();
    desk.arrivals().ring(StaffCall.Want.HELP);
    String call = rung();

    boolean _ = desk.arrivals().quiet(StaffCall.Want.HELP);

    until(() -> centre.count("DELETE " + call) == 1);
    assertThat(centre.count("POST " + call + "/answers")).isZero();
  }

  /** The call of this kiosk that the gateway rings, as its path. */
  private String rung() {
    until(() -> centre.asked.stream().anyMatch(one -> one.what().startsWith("GET /v1/calls/")));
    return centre.asked.stream()
        .map(FakeCentre.Asked::what)
        .filter(what -> what.startsWith("GET /v1/calls/"))
        .findFirst()
        .orElseThrow()
        .substring("GET ".length());
  }

  // ---------------------------------------------------------------- who saw what

  @Test
  void looksOfTheInstitutionAreAskedForAsTheyAreNarrowedAndReadWhole() throws Exception {
    open(
        online()
            .on(
                "GET /v1/staff/looks?from=2026-11-20&staff="
                    + CALL
                    + "&what=RECORDS&page=a%7Eb%2F1",
                200,
                """
                {"from":"2026-11-20","to":"2026-11-27","nextPage":"c~d","looks":[
                 {"at":"2026-11-27T01:24:02.123456Z","what":"RECORDS","category":"medication",
                  "ground":"CONSENT","list":false,"shown":true,"records":42,"system":"desk-2",
                  "role":"VIEWER","staff":{"id":"%s","login":"isha","name":"医師　一郎"},
                  "checkId":"%s","referenceNumbers":["P1","P2"],
                  "receipt":{"chain":"node-1:7","number":1832,"hash":"ab"}},
                 {"at":"2026-11-27T01:24:01Z","what":"TELEPATHY","ground":"DREAM","list":true,
                  "shown":false,"system":"receipt-1","role":"RECEIPT","referenceNumbers":[],
                  "receipt":{"chain":"node-1:7","number":1831,"hash":"ab"}}]}\
                """
                    .formatted(CALL, CHECK)));
    Seat seat = signIn();

    LookBook book =
        ((Told.Yes<LookBook>)
                door()
                    .looks(
                        seat,
                        new LookBook.Asked(
                            Optional.of(LocalDate.of(2026, 11, 20)),
                            Optional.empty(),
                            Optional.of(CALL),
                            Optional.of(LookBook.What.RECORDS),
                            Optional.of("a~b/1"))))
            .what();

    assertThat(book.to()).isEqualTo(LocalDate.of(2026, 11, 27));
    assertThat(book.nextPage()).contains("c~d");
    assertThat(book.looks())
        .containsExactly(
            new LookBook.Look(
                Instant.parse("2026-11-27T01:24:02.123456Z"),
                Optional.of(new LookBook.Who("isha", "医師　一郎")),
                "desk-2",
                LookBook.What.RECORDS,
                Optional.of(MedicalCategory.MEDICATION),
                LookBook.Ground.CONSENT,
                false,
                true,
                List.of("P1", "P2"),
                CHECK,
                "node-1:7/1832"),
            new LookBook.Look(
                Instant.parse("2026-11-27T01:24:01Z"),
                Optional.empty(),
                "receipt-1",
                LookBook.What.OTHER,
                Optional.empty(),
                LookBook.Ground.OTHER,
                true,
                false,
                List.of(),
                "",
                "node-1:7/1831"));
    assertThat(door().deeds(seat).getFirst().what()).isEqualTo(StaffDoor.Doing.LOOKS);
  }

  @Test
  void withTheLineDownTheLooksAreNotThereAndTheDiaryIs() throws Exception {
    open(online());
    Seat seat = signIn();
    goDark();

    assertThat(door().looks(seat, ALL_LOOKS))
        .isInstanceOfSatisfying(
            Told.No.class, no -> assertThat(no.reason()).isEqualTo("GATEWAY_UNREACHABLE"));
    assertThat(door().deeds(seat))
        .extracting(StaffDoor.Deed::what)
        .containsExactly(StaffDoor.Doing.SIGNED_IN);
    Seat local = ((Told.Yes<Seat>) door().signIn("isha", "secret")).what();
    assertThat(door().looks(local, ALL_LOOKS)).isEqualTo(told(LocalReason.LOCAL_SIGN_IN_ONLY));
  }

  // ---------------------------------------------------------------- arrivals of all terminals

  @Test
  void arrivalsOfOtherTerminalsComeFromTheEventsAndGoOnAfterABrokenLine() throws Exception {
    open(online().on("GET /v1/checks/" + CHECK, 200, check("")));
    BlockingQueue<DeskBoard.Change> changes = new LinkedBlockingQueue<>();
    desk.arrivals().subscribe(changes::add);
    desk.start();
    signIn();
    centre.events.add("id: 41\nevent: READY\ndata: {}\n\n");
    centre.events.add(event(42, "check"));

    Arrival arrival = nextLine(changes);
    assertThat(arrival.terminal()).isEqualTo("kiosk-2");
    assertThat(arrival.at()).isEqualTo(Answers.NOW);
    assertThat(((Arrival.Standing.Answered) arrival.standing()).method().name()).isEqualTo("PIN");

    centre.events.add(FakeCentre.END);
    centre.on("GET /v1/checks/" + CHECK, 200, check("\"consents\":[\"care\"],"));
    centre.events.add(event(43, "consent"));

    assertThat(nextLine(changes).consents()).containsExactly(MedicalCategory.CARE);
    assertThat(desk.arrivals().arrivals()).hasSize(1);
    assertThat(centre.asked.stream().filter(one -> one.what().equals("GET /v1/events")).toList())
        .extracting(one -> one.lastEvent().orElseThrow())
        .containsExactly("0", "42");
  }

  @Test
  void answerThatIsHeldBackForTooManyRequestsIsAskedForAgainAndNotLost() throws Exception {
    AtomicLong tries = new AtomicLong();
    open(
        online()
            .on(
                "GET /v1/checks/" + CHECK,
                asked ->
                    tries.incrementAndGet() == 1
                        ? new FakeCentre.Answer(429, FakeCentre.problem("TOO_MANY_REQUESTS"))
                        : new FakeCentre.Answer(200, check(""))));
    BlockingQueue<DeskBoard.Change> changes = new LinkedBlockingQueue<>();
    desk.arrivals().subscribe(changes::add);
    desk.start();
    signIn();
    centre.events.add(event(42, "check"));

    assertThat(nextLine(changes).check()).contains(CHECK);
  }

  @Test
  void visitRecordedDuringTheOutageIsAmongTheArrivalsWithItsResultAndMarkedAsSuch()
      throws Exception {
    open(
        online()
            .on(
                "GET /v1/checks/" + CHECK,
                200,
                check("\"recordedAt\":\"2026-11-30T22:05:00Z\",")
                    .replace("\"validityCode\":1", "\"validityCode\":2")));
    BlockingQueue<DeskBoard.Change> changes = new LinkedBlockingQueue<>();
    desk.arrivals().subscribe(changes::add);
    desk.start();
    signIn();
    centre.events.add(
        """
        id: 43
        event: reconciliation
        data: {"checkId":"%s","terminal":"kiosk-2","chain":"c","number":1,"outcome":"ANSWERED",\
        "at":"%s","method":"PIN","recordedAt":"2026-11-30T22:05:00Z"}

        """
            .formatted(CHECK, Answers.NOW));

    Arrival arrival = nextLine(changes);
    assertThat(arrival.at()).isEqualTo(Instant.parse("2026-11-30T22:05:00Z"));
    assertThat(((Arrival.Standing.Answered) arrival.standing()).validity())
        .isEqualTo(Arrival.Validity.INVALID);
    assertThat(arrival.alerts().getFirst().en())
        .isEqualTo("Recorded while the line was down (1 December 07:05).");
  }

  // ---------------------------------------------------------------- by sight, chart, document

  @Test
  void passIsDrawnForTheVisitThatIsThereAndForNoOther() throws Exception {
    open(
        online()
            .on(
                "POST /v1/visual-checks",
                201,
                "{\"pass\":\"" + UUID.randomUUID() + "\",\"terminal\":\"kiosk-1\"}"));
    Seat seat = signIn();
    assertThat(desk.office().front().confirmBySight(seat, "kiosk-1"))
        .as("nobody is at the kiosk")
        .isInstanceOf(Told.No.class);
    assertThat(desk.office().front().confirmBySight(seat, "kiosk-2")).isInstanceOf(Told.No.class);
    assertThat(centre.count("POST /v1/visual-checks")).isZero();

    kiosk.offered = true;
    assertThat(desk.office().front().confirmBySight(seat, "kiosk-1")).isInstanceOf(Told.Yes.class);
    assertThat(kiosk.chosen).isEqualTo(1);
    assertThat(desk.sights().draw()).isInstanceOf(GatewayReply.Given.class);

    assertThat(desk.office().front().confirmBySight(seat, "kiosk-1")).isInstanceOf(Told.Yes.class);
    desk.sights().forget();
    BlockingQueue<GatewayReply<StaffPass>> drawn = new LinkedBlockingQueue<>();
    Thread.startVirtualThread(() -> drawn.add(desk.sights().draw()));
    until(() -> desk.sights().isAwaited());
    desk.sights().forget();
    assertThat(drawn.take()).isInstanceOf(GatewayReply.Refused.class);
  }

  @Test
  void passDrawnAtAnotherDeskReachesTheVisitThatWaitsHere() throws Exception {
    String pass = UUID.randomUUID().toString();
    open(
        online()
            .on(
                "POST /v1/calls",
                asked -> follow(asked, "ANSWERED", ",\"pass\":\"" + pass + "\"")));

    assertThat(desk.sights().draw()).isEqualTo(new GatewayReply.Given<>(new StaffPass(pass)));

    assertThat(centre.asked.getFirst().body()).contains("\"want\":\"SIGHT\"");
    assertThat(desk.arrivals().calls()).isEmpty();
    desk.sights().forget();
    assertThat(desk.sights().isAwaited()).isFalse();
  }

  @Test
  void passThatComesWhenThePatientHasGoneIsNobodys() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    String first = UUID.randomUUID().toString();
    open(online().on("POST /v1/calls", asked -> slowly(asked, late, first)));
    BlockingQueue<GatewayReply<StaffPass>> drawn = new LinkedBlockingQueue<>();
    Thread.startVirtualThread(() -> drawn.add(desk.sights().draw()));
    until(() -> centre.asked.stream().anyMatch(one -> one.what().startsWith("GET /v1/calls/")));
    desk.sights().forget();
    assertThat(drawn.take()).isInstanceOf(GatewayReply.Refused.class);
    until(() -> centre.asked.stream().anyMatch(one -> one.what().startsWith("DELETE /v1/calls/")));
    String second = UUID.randomUUID().toString();
    centre.on("POST /v1/calls", asked -> follow(asked, "ANSWERED", ",\"pass\":\"" + second + "\""));
    late.countDown();

    assertThat(desk.sights().draw()).isEqualTo(new GatewayReply.Given<>(new StaffPass(second)));
  }

  @Test
  void whoWaitsAtAnotherKioskIsConfirmedFromHereAndTheirOwnTerminalGetsThePass() throws Exception {
    open(
        online()
            .on("GET /v1/calls", 200, calls(50, call("kiosk-2", "SIGHT")))
            .on(
                "POST /v1/visual-checks",
                201,
                "{\"pass\":\"" + UUID.randomUUID() + "\",\"terminal\":\"kiosk-2\"}"));
    BlockingQueue<DeskBoard.Change> changes = new LinkedBlockingQueue<>();
    desk.arrivals().subscribe(changes::add);
    desk.start();
    Seat seat = signIn();
    centre.events.add("id: 41\nevent: READY\ndata: {}\n\n");
    assertThat(nextCalls(changes)).hasSize(1);

    assertThat(desk.office().front().confirmBySight(seat, "kiosk-2")).isInstanceOf(Told.Yes.class);

    assertThat(centre.asked.stream().filter(one -> one.what().equals("POST /v1/visual-checks")))
        .singleElement()
        .satisfies(one ->
            assertThat(one.body())
                .contains("\"terminal\":\"kiosk-2\"", "\"call\":\"" + CALL + "\""));
    assertThat(desk.arrivals().calls()).isEmpty();
    assertThat(kiosk.chosen).as("the kiosk here is nobody's concern").isZero();
    assertThat(desk.office().front().confirmBySight(seat, "kiosk-2"))
        .isEqualTo(told(LocalReason.NOTHING_WAITS));
  }

  @Test
  void lookUpSendsWhatTheDocumentSaysAndTellsTheNextStep() throws Exception {
    open(
        online()
            .on(
                "POST /v1/lookups",
                200,
                """
                {"validityCode":3,"qualification":null,"referenceNumbers":["P1"],
                 "nextStep":{"ja":"新しい資格を","en":"the newer one"},
                 "receipt":{"chain":"node-1:7","number":9,"hash":"ab"}}\
                """));
    Seat seat = signIn();

    FrontDesk.Found found =
        ((Told.Yes<FrontDesk.Found>) desk.office().front().lookUp(seat, question())).what();

    assertThat(found.validity()).isEqualTo(Arrival.Validity.SUPERSEDED);
    assertThat(found.charts()).containsExactly("P1");
    assertThat(found.nextStep().orElseThrow().en()).isEqualTo("the newer one");
    assertThat(centre.asked.getLast().body())
        .contains("\"basis\":\"CONFIRMATION\"", "\"birthDate\":\"1980-01-02\"")
        .doesNotContain("symbol");
    assertThat(door().deeds(seat).getFirst())
        .satisfies(deed -> {
          assertThat(deed.what()).isEqualTo(StaffDoor.Doing.LOOK_UP);
          assertThat(deed.receipt()).isEqualTo("node-1:7/9");
        });
  }

  @Test
  void recordsOfACheckAreReadCategoryByCategoryAndNotedInTheDiary() throws Exception {
    open(
        online()
            .on("GET /v1/checks/" + CHECK, 200, check("\"consents\":[\"medication\",\"checkup\"],"))
            .on(
                "GET /v1/checks/" + CHECK + "/medications",
                200,
                """
                {"records":[{"date":"2026-10-03","facilityName":"見本","name":"薬５ｍｇ",
                 "ingredient":null,"quantity":1.5,"unit":"錠","days":28}]}\
                """)
            .on(
                "GET /v1/checks/" + CHECK + "/checkups",
                200,
                """
                {"records":[{"date":"2026-06-18","results":[{"name":"血圧","value":"130",
                 "unit":"mmHg","low":null,"high":129,"outOfRange":true},
                 {"name":"所見","value":"なし","outOfRange":false}]}]}\
                """));
    Seat seat = signIn();

    RecordsDesk.Records records =
        ((Told.Yes<RecordsDesk.Records>) desk.office().records().records(seat, CHECK)).what();

    assertThat(records.drugs().getFirst().ingredient()).isEqualTo("薬５ｍｇ");
    assertThat(records.drugs().getFirst().amount()).isEqualTo("1.5錠");
    assertThat(records.measures()).hasSize(2);
    assertThat(records.measures().getFirst().points().getFirst().outOfRange()).isTrue();
    assertThat(records.measures().getLast().points().getFirst().number()).isEmpty();
    assertThat(door().deeds(seat))
        .extracting(StaffDoor.Deed::what)
        .startsWith(StaffDoor.Doing.READ_CHECKUP, StaffDoor.Doing.READ_MEDICATION);
    assertThat(desk.office().records().records(seat, "../staff")).isInstanceOf(Told.No.class);
  }

  @Test
  void bookingsTellTheChangedTheEndedAndTheSoonEndingAndNotTheRest() throws Exception {
    String id = UUID.randomUUID().toString();
    open(
        online()
            .on("POST /v1/bulk-lookups", 202, job(id, "RUNNING"))
            .on("GET /v1/bulk-lookups/" + id, 200, "")
            .on(
                "GET /v1/bulk-lookups/" + id,
                asked ->
                    centre.count("GET /v1/bulk-lookups/" + id) == 1
                        ? new FakeCentre.Answer(200, job(id, "FINISHED"))
                        : new FakeCentre.Answer(
                            200,
                            """
                            {"line":1,"id":"A","validityCode":1,"qualification":{"name":"甲"}}
                            {"line":2,"id":"B","validityCode":3}
                            {"line":3,"id":"C","validityCode":2}
                            {"line":4,"id":"D","validityCode":1,"qualification":{"name":"丁","validTo":"2026-12-20"}}
                            {"line":5,"id":"E","validityCode":1,"qualification":{"name":"戊","validTo":"2027-12-20"}}
                            {"line":6,"id":"F","reason":"BAD_REQUEST"}
                            """)));
    Seat seat = signIn();
    String csv = "booking,insurer,symbol,number,branch,birth\n\"A, 1\",06139992,1,2,00,1980/1/2\n";

    assertThat(desk.office().front().askBookings(seat, csv)).isInstanceOf(Told.Yes.class);
    assertThat(centre.asked.getLast().body())
        .isEqualTo(
            """
            {"id":"A, 1","insurerNumber":"06139992","symbol":"1","number":"2","branchNumber":"00","birthDate":"1980-01-02"}
            """);
    FrontDesk.Bookings done =
        ((Told.Yes<FrontDesk.Bookings>) desk.office().front().bookings(seat, id)).what();

    assertThat(done.findings())
        .extracting(FrontDesk.Finding::booking)
        .containsExactly("B", "C", "D", "F");
    assertThat(done.findings())
        .extracting(FrontDesk.Finding::kind)
        .containsExactly(
            FrontDesk.Finding.Kind.CHANGED_INSURER,
            FrontDesk.Finding.Kind.EXPIRED,
            FrontDesk.Finding.Kind.EXPIRING,
            FrontDesk.Finding.Kind.UNREADABLE);
    assertThat(desk.office().front().askBookings(seat, "only,three,fields"))
        .isInstanceOf(Told.No.class);
  }

  @Test
  void chartsAreFoundByKanaHoweverItIsWrittenAndNoNameIsKept() throws Exception {
    ChartBook book = new ChartBook(Optional.of(folder), new SecureRandom());
    LocalDate birth = LocalDate.of(1980, 1, 2);
    book.takeIn(
        List.of(List.of("P1", "ｶｸｳ ﾊﾅｺ", "1980-01-02"), List.of("P2", "かくうはなこ", "19800102")));

    assertThat(book.find("カクウ　ハナコ", birth).suggested()).containsExactly("P1", "P2");
    assertThat(book.find("カクウ　ハナコ", birth.plusDays(1))).isEqualTo(Arrival.Chart.NONE);
    book.register("カクウ ハナコ", birth, "P2");

    ChartBook again = new ChartBook(Optional.of(folder), new SecureRandom());
    assertThat(again.find("カクウ ハナコ", birth).number()).contains("P2");
    assertThat(Files.readString(folder.resolve("charts.jsonl")))
        .doesNotContain("ハナコ", "ﾊﾅｺ", "はなこ", "1980");
    assertThat(again.takeIn(List.of(List.of("P3", "カナ", "no date")))).isEmpty();
  }

  // ---------------------------------------------------------------- the line is down

  @Test
  void onlyADeadLineStartsTheFailureMode() throws Exception {
    open(online());
    desk.failure().look();
    Seat seat = signIn();

    assertThat(desk.failure().start(seat)).isInstanceOf(Told.No.class);
    assertThat(desk.failure().challenge()).isEmpty();

    centre.on("GET /v1/reconciliations/key", 500, FakeCentre.problem("INTERNAL"));
    desk.failure().look();
    assertThat(desk.failure().start(seat))
        .as("a refusal is no dead line")
        .isInstanceOf(Told.No.class);

    goDark();
    desk.failure().look();
    assertThat(desk.failure().start(seat)).isInstanceOf(Told.Yes.class);
    assertThat(desk.failure().challenge()).isPresent();
  }

  @Test
  void whatWasRecordedIsJudgedWhenTheLineIsBackAndWhoIsNotCoveredStaysOnTheList() throws Exception {
    open(online());
    desk.failure().look();
    Seat seat = signIn();
    goDark();
    desk.failure().look();
    desk.failure().start(seat);
    for (int visit = 1; visit <= 2; visit++) {
      desk.failure().keep(new VisitId(new UUID(0, visit)), proof(desk.failure()));
    }
    assertThat(desk.failure().standing().waiting()).hasSize(2);
    for (int visit = 1; visit <= 2; visit++) {
      assertThat(desk.failure().record(seat, new UUID(0, visit).toString(), TYPED))
          .isInstanceOf(Told.Yes.class);
    }
    assertThat(desk.failure().standing().unsent()).isEqualTo(2);
    desk.close();
    centre.close();

    open(
        online()
            .on(
                "POST /v1/reconciliations",
                asked ->
                    new FakeCentre.Answer(
                        200,
                        asked.body().contains("\"number\":1,")
                            ? "{\"outcome\":\"ANSWERED\",\"checkId\":\"" + CHECK + "\"}"
                            : """
                            {"outcome":"REFUSED","reason":"CERTIFICATE_REVOKED",
                             "nextStep":{"ja":"次","en":"next"},
                             "typed":{"name":"架空 花子","birthDate":"1980-01-02"}}\
                            """))
            .on("GET /v1/checks/" + CHECK, 200, check("")));
    assertThat(desk.failure().standing().unsent()).as("kept over a restart").isEqualTo(2);
    desk.failure().look();

    FailureDesk.Standing after = desk.failure().standing();
    assertThat(after.unsent()).isZero();
    assertThat(after.lineDown()).isFalse();
    assertThat(after.notCovered())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.name()).isEqualTo("架空 花子");
          assertThat(one.reason()).isEqualTo("CERTIFICATE_REVOKED");
        });
    assertThat(desk.failure().settle(signIn(), after.judged().getFirst().number()))
        .isInstanceOf(Told.Yes.class);
    assertThat(desk.failure().standing().isQuiet()).isTrue();
  }

  @Test
  void recordsThatNobodyHasDealtWithAreOnTheSelfTestHereAndForWhoeverLooksFromOutside()
      throws Exception {
    open(online());
    desk.failure().look();
    Seat seat = signIn();
    assertThat(store(seat)).isEqualTo(FrontDesk.Light.State.GREEN);
    assertThat(StaffDesk.storeIn(Optional.of(folder))).isEqualTo(new SelfTest.Store.Ready(0));
    goDark();
    desk.failure().look();
    desk.failure().start(seat);
    desk.failure().keep(new VisitId(new UUID(0, 1)), proof(desk.failure()));
    desk.failure().record(seat, new UUID(0, 1).toString(), TYPED);

    assertThat(store(seat)).isEqualTo(FrontDesk.Light.State.YELLOW);
    assertThat(StaffDesk.storeIn(Optional.of(folder))).isEqualTo(new SelfTest.Store.Ready(1));
    assertThat(StaffDesk.storeIn(Optional.empty())).isEqualTo(new SelfTest.Store.None());
    assertThat(StaffDesk.storeIn(Optional.of(folder.resolve("none"))))
        .isEqualTo(new SelfTest.Store.Unusable());
  }

  private FrontDesk.Light.State store(Seat seat) {
    return desk.office().front().selfTest(seat).stream()
        .filter(light -> light.subject() == FrontDesk.Light.Subject.STORE)
        .findFirst()
        .orElseThrow()
        .state();
  }

  @Test
  void gapIsDeclaredOnceAndAFullCentreIsAskedAgainLater() throws Exception {
    open(online());
    desk.failure().look();
    Seat seat = signIn();
    goDark();
    desk.failure().look();
    desk.failure().start(seat);
    desk.failure().keep(new VisitId(new UUID(0, 1)), proof(desk.failure()));
    desk.failure().record(seat, new UUID(0, 1).toString(), TYPED);
    desk.close();
    centre.close();

    open(
        online()
            .on(
                "POST /v1/reconciliations",
                asked ->
                    asked.body().contains("\"afterGap\":true")
                        ? new FakeCentre.Answer(429, FakeCentre.problem("DEGRADED_TOO_MANY"))
                        : new FakeCentre.Answer(409, FakeCentre.problem("DEGRADED_CHAIN_GAP"))));
    desk.failure().look();

    assertThat(centre.count("POST /v1/reconciliations")).isEqualTo(2);
    assertThat(desk.failure().standing().unsent()).isEqualTo(1);
  }

  // ---------------------------------------------------------------- at hand

  private FakeCentre centre() {
    centre = new FakeCentre();
    return centre;
  }

  private FakeCentre online() {
    return centre()
        .on(
            "POST /v1/staff/sessions",
            201,
            """
            {"token":"t","expiresAt":"%s","staff":{"login":"isha","name":"医師","role":"MEDICAL_VIEWER"}}\
            """
                .formatted(real.plus(Duration.ofHours(8))))
        .on("GET /v1/reconciliations/key", 200, KEY);
  }

  private void open(FakeCentre fresh) throws IOException {
    open(fresh.line());
  }

  private void open(HttpLine line) throws IOException {
    desk =
        StaffDesk.open(
            new StaffDesk.Place("1312345670", "kiosk-1", Optional.of(folder), EQUIPMENT),
            new StaffDesk.Lines(
                Optional.of(new DeskLink(line)),
                new ReconciliationLink(line),
                new CallLink(line),
                new HttpGatewayLink(line)),
            new StaffDesk.Clocks(() -> Answers.NOW, () -> real, ticks::get),
            LocalReasons.load(),
            new SecureRandom(),
            kiosk,
            new FailureMode.Pace(Duration.ofHours(1), Duration.ofHours(1)));
  }

  /** From now on nobody answers. */
  private void goDark() {
    centre.close();
  }

  private StaffDoor door() {
    return desk.office().door();
  }

  private Seat signIn() {
    return ((Told.Yes<Seat>) door().signIn("isha", "secret")).what();
  }

  private static <T> Told<T> told(LocalReason reason) {
    return Telling.no(LocalReasons.load(), reason);
  }

  private static FrontDesk.Question question() {
    return new FrontDesk.Question(
        "06139992",
        "",
        "2045",
        "00",
        LocalDate.of(1980, 1, 2),
        Optional.empty(),
        "CONFIRMATION",
        Optional.empty(),
        Optional.empty());
  }

  private static FakeCentre.Answer session(String token) {
    return new FakeCentre.Answer(
        201,
        """
        {"token":"%s","expiresAt":"%s","staff":{"login":"isha","name":"医師","role":"CLERK"}}\
        """
            .formatted(token, Answers.NOW.plus(Duration.ofHours(8))));
  }

  private static String calls(long asOf, String... open) {
    return "{\"asOf\":%d,\"calls\":[%s]}".formatted(asOf, String.join(",", open));
  }

  private static String call(String terminal, String want) {
    return """
    {"call":"%s","terminal":"%s","want":"%s","state":"WAITING","secondsWaited":30,"secondsLeft":600}\
    """
        .formatted(CALL, terminal, want);
  }

  /** A call is taken; whoever follows it hears this. */
  private FakeCentre.Answer follow(FakeCentre.Asked asked, String state, String more) {
    return taken(asked, follows -> standing(state, more));
  }

  private FakeCentre.Answer slowly(FakeCentre.Asked asked, CountDownLatch late, String pass) {
    return taken(
        asked,
        follows -> {
          try {
            late.await();
          } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
          }
          return standing("ANSWERED", ",\"pass\":\"" + pass + "\"");
        });
  }

  private FakeCentre.Answer taken(
      FakeCentre.Asked asked, Function<FakeCentre.Asked, FakeCentre.Answer> followed) {
    String id = asked.body().replaceAll(".*\"call\":\"([^\"]*)\".*", "$1");
    centre.on("GET /v1/calls/" + id, followed);
    centre.on("DELETE /v1/calls/" + id, 200, "{\"state\":\"WITHDRAWN\"}");
    return standing("WAITING", "");
  }

  private static FakeCentre.Answer standing(String state, String more) {
    return new FakeCentre.Answer(200, "{\"state\":\"" + state + "\"" + more + "}");
  }

  private static String check(String more) {
    return """
    {"checkId":"%s","outcome":"ANSWERED",%s"qualification":{"validityCode":1,"name":"架空 花子",
     "printableName":"架空 花子","nameKana":"カクウ ハナコ","birthDate":"1980-01-02",
     "insurerName":"見本","contributionRatio":30},"notices":[]}\
    """
        .formatted(CHECK, more);
  }

  private static String event(int id, String kind) {
    return "id: %d\nevent: %s\ndata: {\"checkId\":\"%s\",\"terminal\":\"kiosk-2\"%s}\n\n"
        .formatted(
            id,
            kind,
            CHECK,
            kind.equals("check") ? ",\"method\":\"PIN\",\"at\":\"" + Answers.NOW + "\"" : "");
  }

  private static String job(String id, String state) {
    return "{\"id\":\"" + id + "\",\"state\":\"" + state + "\",\"lines\":6,\"answered\":6}";
  }

  private static Arrival nextLine(BlockingQueue<DeskBoard.Change> changes)
      throws InterruptedException {
    while (true) {
      if (changes.take() instanceof DeskBoard.Change.Line line) {
        return line.arrival();
      }
    }
  }

  private static List<StaffCall> nextCalls(BlockingQueue<DeskBoard.Change> changes)
      throws InterruptedException {
    while (true) {
      if (changes.take() instanceof DeskBoard.Change.Calls calls) {
        return calls.calls();
      }
    }
  }

  private static Proof proof(FailureMode failure) {
    Challenge challenge = failure.challenge().orElseThrow();
    return new Proof(
        SealedChallenge.ofTerminal(challenge),
        VerificationMethod.PIN,
        Answers.NOW,
        new UntrustedCertificate(new byte[] {1, 2, 3}),
        Octets.of(new byte[] {4, 5, 6}),
        Optional.empty(),
        Optional.empty());
  }

  private static void until(BooleanSupplier holds) {
    while (!holds.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  /** A kiosk that offers what it is told to. */
  private static final class KioskInHand implements Reception.Sight {
    private boolean offered;
    private int chosen;

    @Override
    public boolean isOffered() {
      return offered;
    }

    @Override
    public void choose() {
      chosen++;
    }
  }
}
