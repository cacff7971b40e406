package jp.kazashi.consent.desk;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.Sentence;

/** An imagined office, for the pages alone: everybody is let in, and nothing is real. */
public final class DemoOffice implements StaffDoor, FrontDesk, RecordsDesk, FailureDesk {

  private static final Instant MORNING = Instant.parse("2026-12-01T00:12:00Z");
  private static final YearMonth NOW = YearMonth.of(2026, 12);
  private static final Standing LINE_IS_UP =
      new Standing(false, false, Optional.empty(), List.of(), 0, Optional.empty(), List.of());
  private static final Sentence DONE = new Sentence("記録しました。", "Recorded.");
  private static final Sentence WRONG =
      new Sentence(
          "ログイン名とパスワードを確かめて、もう一度入力してください。", "Check log-in name and password and try again.");

  private static final Sentence AWAY =
      new Sentence(
          "資格確認システムにつながりません。回線を確かめてください。", "The gateway cannot be reached. Check the line.");

  private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
  private static final Optional<LookBook.Who> DOCTOR =
      Optional.of(new LookBook.Who("isha", "医師　一郎"));

  private static final List<LookBook.Look> NEWER_LOOKS =
      List.of(
          look(
              41,
              DOCTOR,
              LookBook.What.RECORDS,
              Optional.of(MedicalCategory.MEDICATION),
              LookBook.Ground.CONSENT,
              false,
              true),
          look(
              40,
              DOCTOR,
              LookBook.What.RECORDS,
              Optional.of(MedicalCategory.SURGERY),
              LookBook.Ground.CONSENT,
              false,
              false),
          look(
              32,
              Optional.empty(),
              LookBook.What.CHECK,
              Optional.empty(),
              LookBook.Ground.CHECK,
              false,
              true),
          look(
              31,
              DOCTOR,
              LookBook.What.SIGHT,
              Optional.empty(),
              LookBook.Ground.PRESENCE,
              false,
              true),
          look(
              20,
              Optional.empty(),
              LookBook.What.CONSENTS,
              Optional.empty(),
              LookBook.Ground.NUMBERS,
              false,
              true));

  private static final List<LookBook.Look> OLDER_LOOKS =
      List.of(
          look(
              2,
              DOCTOR,
              LookBook.What.LOOK_UP,
              Optional.empty(),
              LookBook.Ground.CONFIRMATION,
              false,
              true),
          look(
              1,
              DOCTOR,
              LookBook.What.LOOK_UP,
              Optional.empty(),
              LookBook.Ground.UNSTATED,
              true,
              true));

  private final List<Seat> seats = new CopyOnWriteArrayList<>();
  private final Consumer<String> attended;
  private final Supplier<Standing> line;

  /** Of a place where nobody calls. */
  public DemoOffice() {
    this(terminal -> {});
  }

  /**
   * @param attended is told to which kiosk somebody goes
   */
  public DemoOffice(Consumer<String> attended) {
    this(attended, () -> LINE_IS_UP);
  }

  /**
   * @param line how it is with the line
   */
  public DemoOffice(Consumer<String> attended, Supplier<Standing> line) {
    this.attended = attended;
    this.line = line;
  }

  /** As the pages take it. */
  public DeskOffice office() {
    return new DeskOffice(this, this, this, this);
  }

  @Override
  public Told<Seat> signIn(String login, String password) {
    if (password.equals("wrong")) {
      return new Told.No<>("STAFF_SIGN_IN_REFUSED", WRONG);
    }
    Seat seat =
        new Seat(
            "demo-" + seats.size(),
            login,
            "管理　みどり",
            login.equals("uketsuke") ? Seat.Right.CLERK : Seat.Right.ADMINISTRATOR,
            login.equals("kaisen"));
    seats.add(seat);
    return new Told.Yes<>(seat);
  }

  @Override
  public Optional<Seat> seat(String key) {
    return seats.stream().filter(seat -> seat.key().equals(key)).findFirst();
  }

  @Override
  public boolean isSeated(String key) {
    return seat(key).isPresent();
  }

  @Override
  public boolean isLetIn(Seat seat) {
    return isSeated(seat.key());
  }

  @Override
  public void signOut(Seat seat) {
    seats.remove(seat);
  }

  @Override
  public Told<List<Account>> accounts(Seat seat) {
    return new Told.Yes<>(
        List.of(
            new Account("1", "uketsuke", "受付　さくら", Seat.Right.CLERK, true),
            new Account("2", "isha", "医師　一郎", Seat.Right.MEDICAL_VIEWER, true),
            new Account("3", "moto", "退職　三郎", Seat.Right.CLERK, false)));
  }

  @Override
  public Told<Account> add(
      Seat seat, String login, String name, Seat.Right right, String password) {
    return new Told.Yes<>(new Account("4", login, name, right, true));
  }

  @Override
  public Told<Account> change(Seat seat, String account, Change change) {
    return new Told.Yes<>(new Account(account, "isha", "医師　一郎", Seat.Right.CLERK, true));
  }

  @Override
  public Told<LookBook> looks(Seat seat, LookBook.Asked asked) {
    if (line.get().lineDown()) {
      return new Told.No<>("GATEWAY_UNREACHABLE", AWAY);
    }
    LocalDate to = asked.to().orElse(TODAY);
    LocalDate from = asked.from().orElse(to.minusDays(6));
    if (from.isAfter(to)) {
      return new Told.No<>("BAD_REQUEST", WRONG);
    }
    boolean first = asked.page().isEmpty();
    List<LookBook.Look> looks =
        (first ? NEWER_LOOKS : OLDER_LOOKS)
            .stream()
                .filter(look -> asked.what().filter(what -> what != look.what()).isEmpty())
                .filter(look ->
                    asked.staff().isEmpty()
                        || (asked.staff().equals(Optional.of("2")) && look.who().equals(DOCTOR)))
                .toList();
    return new Told.Yes<>(
        new LookBook(from, to, looks, first ? Optional.of("demo~2") : Optional.empty()));
  }

  private static LookBook.Look look(
      int minute,
      Optional<LookBook.Who> who,
      LookBook.What what,
      Optional<MedicalCategory> category,
      LookBook.Ground ground,
      boolean list,
      boolean shown) {
    return new LookBook.Look(
        MORNING.plusSeconds(60L * minute),
        who,
        who.isPresent() ? "kiosk-1" : "receipt-1",
        what,
        category,
        ground,
        list,
        shown,
        shown && what != LookBook.What.SIGHT ? List.of("P0001234") : List.of(),
        what == LookBook.What.LOOK_UP ? "" : "0193a0b0-0000-7000-8000-0000000000aa",
        "node-1:7/" + (1800 + minute));
  }

  @Override
  public List<Deed> deeds(Seat seat) {
    return List.of(
        new Deed(MORNING.plusSeconds(90), "isha", Doing.READ_MEDICATION, "demo-4", "node-1:7/1841"),
        new Deed(MORNING, "isha", Doing.SIGNED_IN, "", "node-1:7/1830"));
  }

  @Override
  public Told<Sentence> attend(Seat seat, String terminal) {
    attended.accept(terminal);
    return new Told.Yes<>(DONE);
  }

  @Override
  public Told<Sentence> confirmBySight(Seat seat, String terminal) {
    return new Told.Yes<>(
        new Sentence("目視で確認しました。この受付だけに使われます。", "Confirmed by sight, for this visit only."));
  }

  @Override
  public Told<String> registerChart(Seat seat, String arrival, String number) {
    return new Told.Yes<>(number);
  }

  @Override
  public Told<Integer> takeInCharts(Seat seat, String lines) {
    return new Told.Yes<>((int) lines.lines().count());
  }

  @Override
  public Told<Found> lookUp(Seat seat, Question question) {
    if (question.number().equals("0")) {
      return new Told.No<>(
          "BAD_REQUEST", new Sentence("番号を確かめて、もう一度入力してください。", "Check the number and try again."));
    }
    return new Told.Yes<>(
        new Found(
            Arrival.Validity.SUPERSEDED,
            Optional.of(new Arrival.Person("𠮷田 八重", "●田 八重", "ヨシダ ヤエ", question.birthDate())),
            "見本健康保険組合",
            Optional.of(30),
            List.of("P0001234"),
            Optional.of(LocalDate.of(2024, 4, 1)),
            Optional.of(LocalDate.of(2026, 11, 30)),
            Optional.of(
                new Sentence(
                    "新しい保険の資格確認書をお持ちか確かめてください。", "Ask for the document of the newer insurance."))));
  }

  @Override
  public Told<Bookings> askBookings(Seat seat, String lines) {
    return new Told.Yes<>(new Bookings("demo", (int) lines.lines().count(), 0, false, List.of()));
  }

  @Override
  public Told<Bookings> bookings(Seat seat, String id) {
    return new Told.Yes<>(
        new Bookings(
            id,
            3,
            3,
            true,
            List.of(
                new Finding(
                    Finding.Kind.CHANGED_INSURER,
                    2,
                    "09:15 九太",
                    "九太",
                    "見本健康保険組合",
                    Optional.of(LocalDate.of(2026, 10, 31)),
                    Optional.of(
                        new Sentence("新しい資格を確かめてください。", "Check the newer qualification."))))));
  }

  @Override
  public Told<Usage> usage(Seat seat, Optional<YearMonth> month) {
    List<Usage.Bar> bars = new ArrayList<>();
    for (int ago = 5; ago >= 0; ago--) {
      bars.add(new Usage.Bar(NOW.minusMonths(ago), 300 - 20L * ago, 500 + 30L * ago));
    }
    Usage.Row row = new Usage.Row("医科診療所", 800, 300, 500, "37.5", 40, 120, 96);
    return new Told.Yes<>(new Usage(month.orElse(NOW), List.of(row), row, bars));
  }

  @Override
  public List<Light> selfTest(Seat seat) {
    return List.of(
        Light.green(Light.Subject.LINE, new Sentence("つながっています。", "It is up.")),
        Light.yellow(
            Light.Subject.CERTIFICATES,
            new Sentence("READER の証明書はあと 20 日です。", "The certificate of READER ends in 20 days."),
            new Sentence("更新を申し込んでください。", "Have it renewed before it ends.")),
        Light.red(
            Light.Subject.READER,
            new Sentence("つながっていません。", "None is connected."),
            new Sentence("USB を挿し直してください。", "Plug it in again.")));
  }

  @Override
  public Told<Records> records(Seat seat, String check) {
    if (check.equals("empty")) {
      return new Told.Yes<>(
          new Records(check, List.of(MedicalCategory.MEDICATION), List.of(), List.of(), List.of()));
    }
    List<Drug> drugs = new ArrayList<>();
    for (int ago = 0; ago < 60; ago++) {
      drugs.add(drug(NOW.minusMonths(ago).atDay(3), "アムロジピン錠５ｍｇ", "アムロジピンベシル酸塩", "朝食後"));
      if (ago % 3 == 0) {
        drugs.add(drug(NOW.minusMonths(ago).atDay(17), "ロスバスタチン錠２．５ｍｇ", "ロスバスタチンカルシウム", "夕食後"));
      }
    }
    List<Point> pressures = new ArrayList<>();
    for (int year = 2022; year <= 2026; year++) {
      int value = 118 + 4 * (year - 2022);
      pressures.add(
          new Point(
              LocalDate.of(year, 6, 18),
              String.valueOf(value),
              Optional.of(BigDecimal.valueOf(value)),
              Optional.empty(),
              Optional.of(BigDecimal.valueOf(129)),
              value > 129));
    }
    return new Told.Yes<>(
        new Records(
            check,
            List.of(MedicalCategory.values()),
            drugs,
            List.of(new Measure("収縮期血圧", "mmHg", pressures)),
            List.of(
                new Event(
                    LocalDate.of(2026, 10, 3),
                    MedicalCategory.CARE,
                    Optional.of(CareKind.DIALYSIS),
                    "人工腎臓",
                    "見本クリニック"),
                new Event(
                    LocalDate.of(2025, 2, 11),
                    MedicalCategory.SURGERY,
                    Optional.empty(),
                    "水晶体再建術",
                    "見本病院"))));
  }

  private static Drug drug(LocalDate date, String name, String ingredient, String usage) {
    return new Drug(date, "見本クリニック", name, ingredient, "1錠", usage, 28);
  }

  @Override
  public Told<byte[]> paper(Seat seat, String check, MedicalCategory category) {
    return new Told.No<>("CONSENT_MISSING", new Sentence("同意がありません。", "There is no consent."));
  }

  @Override
  public Standing standing() {
    return line.get();
  }

  @Override
  public Told<Sentence> start(Seat seat) {
    return new Told.No<>("LINE_IS_UP", new Sentence("回線はつながっています。", "The line is up."));
  }

  @Override
  public Told<Sentence> end(Seat seat) {
    return new Told.Yes<>(DONE);
  }

  @Override
  public Told<Sentence> record(Seat seat, String visit, Typed typed) {
    return new Told.Yes<>(DONE);
  }

  @Override
  public Told<Sentence> discard(Seat seat, String visit) {
    return new Told.Yes<>(DONE);
  }

  @Override
  public Told<Sentence> settle(Seat seat, long number) {
    return new Told.Yes<>(DONE);
  }
}
