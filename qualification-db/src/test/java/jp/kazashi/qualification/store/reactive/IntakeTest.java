package jp.kazashi.qualification.store.reactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kazashi.qualification.intake.FeedText.json;
import static jp.kazashi.qualification.store.reactive.Counter.INSURER;
import static jp.kazashi.qualification.store.reactive.Counter.NOON;
import static jp.kazashi.qualification.store.reactive.Counter.claims;
import static jp.kazashi.qualification.store.reactive.Counter.drug;
import static jp.kazashi.qualification.store.reactive.Counter.insured;
import static jp.kazashi.qualification.store.reactive.Counter.listOf;
import static jp.kazashi.qualification.store.reactive.Counter.people;
import static jp.kazashi.qualification.store.reactive.Counter.registered;
import static jp.kazashi.qualification.store.reactive.Counter.sentBy;
import static jp.kazashi.qualification.store.reactive.Counter.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.kazashi.qualification.intake.RejectedLine;
import jp.kazashi.qualification.intake.Sender;
import jp.kazashi.qualification.person.InsurerNumber;
import jp.kazashi.qualification.store.AnnouncePieces;
import jp.kazashi.qualification.store.IntakeProgress;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.qualification.store.reactive.RealDatabase.Running;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealDatabase.class)
class IntakeTest {
  private final Running database;

  IntakeTest(Running database) {
    this.database = database;
  }

  @Test
  void theSameDeliveryAgainChangesNothing() throws SQLException {
    String line = insured("1", "P-again", "2026-04-01", null);
    database.take(people("again"), line);

    IntakeReport report = database.take(people("again"), line);

    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(report.accepted()).isZero();
    assertThat(recorded("P-again")).hasSize(1);
  }

  @Test
  void aPieceThatCouldNotBeAnnouncedIsNotWritten() throws SQLException {
    byte[] line = insured("1", "P-unannounced", "2026-04-01", null).getBytes(UTF_8);

    assertThatThrownBy(() ->
            database
                .intake()
                .take(
                    people("unannounced"),
                    new ByteArrayInputStream(line),
                    piece -> Uni.createFrom().failure(new IllegalStateException("no audit")),
                    progress -> {}))
        .hasMessage("no audit");

    assertThat(recorded("P-unannounced")).isEmpty();
  }

  @Test
  void everyPieceIsAnnouncedBeforeItIsWritten() throws Exception {
    byte[] line = insured("1", "P-announced", "2026-04-01", null).getBytes(UTF_8);
    List<AnnouncePieces.Piece> announced = new ArrayList<>();
    List<Integer> writtenBefore = new ArrayList<>();

    database
        .intake()
        .take(
            people("announced"),
            new ByteArrayInputStream(line),
            piece -> {
              announced.add(piece);
              try {
                writtenBefore.add(recorded("P-announced").size());
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
              return Uni.createFrom().voidItem();
            },
            progress -> {});

    assertThat(announced).hasSize(1);
    assertThat(announced.getFirst().number()).isEqualTo(1);
    assertThat(announced.getFirst().lines()).isEqualTo(1);
    assertThat(writtenBefore).containsExactly(0);
    assertThat(recorded("P-announced")).hasSize(1);
  }

  @Test
  void theSameContentInANewDeliveryIsAcceptedAndChangesNothing() throws SQLException {
    database.take(people("content-1"), insured("1", "P-same", "2026-04-01", null));

    IntakeReport report =
        database.take(people("content-2"), insured("7", "P-same", "2026-04-01", null));

    assertThat(report.accepted()).isEqualTo(1);
    assertThat(recorded("P-same")).hasSize(1);
  }

  @Test
  void anotherContentUnderAKnownLineIdIsRejected() {
    database.take(people("line-id"), insured("1", "P-line", "2026-04-01", null));

    IntakeReport report =
        database.take(people("line-id"), insured("1", "P-line", "2026-05-01", null));

    assertThat(report.rejected())
        .containsExactly(
            new RejectedLine("1", "line", "Another content was taken in under this line id"));
  }

  @Test
  void aRejectedLineIsTakenInWhenItComesCorrectedUnderItsId() throws SQLException {
    assertThat(
            database
                .take(people("fixed"), insured("1", "P-fixed", "2026-04-31", null))
                .rejectedLines())
        .isEqualTo(1);

    IntakeReport report =
        database.take(people("fixed"), insured("1", "P-fixed", "2026-04-30", null));

    assertThat(report.accepted()).isEqualTo(1);
    assertThat(recorded("P-fixed")).hasSize(1);
  }

  @Test
  void aCorrectionKeepsWhatWasKnownBefore() throws SQLException {
    database.take(people("c-1"), insured("1", "P-corrected", "2026-04-01", null));
    database.take(
        people("c-2", NOON.plusSeconds(3600)),
        insured("1", "P-corrected", "2026-04-01", "2026-10-31"));

    assertThat(recorded("P-corrected"))
        .containsExactly(
            "2026-04-01..null 2026-11-20T03:00:00.123456Z..2026-11-20T04:00:00.123456Z",
            "2026-04-01..2026-10-31 2026-11-20T04:00:00.123456Z..null");
  }

  @Test
  void aCorrectionUnderAClockThatWasSetBackIsStillRecordedAfterwards() throws SQLException {
    database.take(people("b-1"), insured("1", "P-back", "2026-04-01", null));

    IntakeReport report =
        database.take(
            people("b-2", NOON.minus(Duration.ofDays(90))),
            insured("1", "P-back", "2026-04-01", "2026-10-31"));

    assertThat(report.rejected()).isEmpty();
    assertThat(recorded("P-back"))
        .containsExactly(
            "2026-04-01..null 2026-11-20T03:00:00.123456Z..2026-11-20T03:00:00.123457Z",
            "2026-04-01..2026-10-31 2026-11-20T03:00:00.123457Z..null");
  }

  @Test
  void aCorrectionThatComesOutOfOrderIsRejectedAndWhatIsKnownStays() throws SQLException {
    database.take(
        people("o-1"),
        json(
            "qualification",
            "personCode",
            "P-late",
            "number",
            "late",
            "statedAt",
            "2026-06-02T00:00:00Z"));

    IntakeReport report =
        database.take(
            people("o-2"),
            json(
                "qualification",
                "personCode",
                "P-late",
                "number",
                "late",
                "validTo",
                "2026-12-31",
                "statedAt",
                "2026-06-01T00:00:00Z"));

    assertThat(report.rejected())
        .containsExactly(
            new RejectedLine("1", "statedAt", "Was stated before what is already known"));
    assertThat(recorded("P-late")).hasSize(1);
  }

  @Test
  void anOverlapIsRejectedAndTheRestOfTheDeliveryUnharmed() throws SQLException {
    IntakeReport report =
        database.take(
            people("overlap"),
            insured("1", "P-overlap", "2026-04-01", null),
            insured("2", "P-overlap", "2026-09-01", null),
            insured("3", "P-beside", "2026-09-01", null));

    assertThat(report.accepted()).isEqualTo(2);
    assertThat(report.rejected())
        .containsExactly(
            new RejectedLine(
                "2",
                "validFrom",
                "Overlaps another qualification of the same kind of this person"));
    assertThat(recorded("P-overlap")).hasSize(1);
    assertThat(recorded("P-beside")).hasSize(1);
  }

  @Test
  void aDeliveryThatIsTakenWholeIsRefusedWholeForOneLine() throws SQLException {
    List<String> lines =
        new ArrayList<>(listOf(1200, at -> insured("L" + at, "P-whole-" + at, "2026-04-01", null)));
    lines.add(insured("bad", "P-whole-7", "2026-09-01", null));

    IntakeReport refused = database.take(whole(people("whole")), lines);

    assertThat(refused.wholeRefused()).isTrue();
    assertThat(refused.accepted()).isZero();
    assertThat(refused.rejected()).extracting(RejectedLine::line).containsExactly("bad");
    assertThat(count("select count(*) from person where code like 'P-whole-%'")).isZero();
    assertThat(
            count(
                "select count(*) from feed_piece p join feed_batch b on b.number = p.batch"
                    + " where b.batch = 'whole'"))
        .isZero();

    lines.removeLast();
    assertThat(database.take(whole(people("whole")), lines).accepted()).isEqualTo(1200);
  }

  @Test
  void aWholeDeliveryWithAnUnreadableLineIsRefusedBeforeAnythingIsWritten() throws SQLException {
    IntakeReport refused =
        database.take(
            whole(people("whole-2")),
            insured("1", "P-unread", "2026-04-01", null),
            "{\"type\":\"qualification\",");

    assertThat(refused.wholeRefused()).isTrue();
    assertThat(refused.rejected()).containsExactly(new RejectedLine("2", "line", "is not JSON"));
    assertThat(recorded("P-unread")).isEmpty();
  }

  @Test
  void anInsurerMaySpeakOfItsOwnMembersOnly() {
    database.take(people("own"), insured("1", "P-own", "2026-04-01", null));
    Sender stranger = new Sender.Payer(InsurerNumber.completing("3113001"));

    assertThat(
            database
                .take(
                    sentBy(stranger, people("stranger")), insured("1", "P-own", "2026-04-01", null))
                .rejected())
        .containsExactly(
            new RejectedLine("1", "insurerNumber", "The sender does not speak for this insurer"));
    assertThat(
            database
                .take(
                    sentBy(stranger, claims("stranger")),
                    drug("1", "P-own", "2026-09", "2026-09-03"),
                    json(
                        "medication",
                        "line",
                        "2",
                        "personCode",
                        null,
                        "insurerNumber",
                        INSURER.digits(),
                        "symbol",
                        "記号1",
                        "number",
                        "P-own-1",
                        "birthDate",
                        "1985-04-03"))
                .rejected())
        .containsExactly(
            new RejectedLine("1", "personCode", "No member of the sender is named by this"),
            new RejectedLine("2", "number", "No member of the sender is named by this"));
    assertThat(
            database
                .take(sentBy(stranger, people("stranger-2")), registered("1", "P-own", "link"))
                .rejected())
        .containsExactly(
            new RejectedLine("1", "personCode", "No member of the sender has this person code"));
  }

  @Test
  void theClearingHouseSpeaksForEveryone() {
    assertThat(
            database
                .take(
                    sentBy(new Sender.ClearingHouse("1000000001"), people("house")),
                    insured("1", "P-house", "2026-04-01", null))
                .accepted())
        .isEqualTo(1);
  }

  @Test
  void aHolderIsRegisteredForOnePerson() {
    IntakeReport report =
        database.take(
            people("holders"),
            insured("1", "P-holder-a", "2026-04-01", null),
            insured("2", "P-holder-b", "2026-04-01", null),
            registered("3", "P-holder-a", "holder of a"),
            registered("4", "P-holder-a", "holder of a"),
            registered("5", "P-holder-b", "holder of a"));

    assertThat(report.accepted()).isEqualTo(4);
    assertThat(report.rejected())
        .containsExactly(
            new RejectedLine("5", "personCode", "This holder is registered for another person"));
  }

  @Test
  void aRecordMayNameItsPersonByTheKeysOfAQualification() throws SQLException {
    database.take(
        people("k-p"),
        insured("1", "P-key-a", "KEY", "01", "2026-04-01", null, "東京都"),
        insured("2", "P-key-b", "KEY", "02", "2026-04-01", null, "東京都"));
    Object[] keys = {
      "personCode",
      null,
      "insurerNumber",
      INSURER.digits(),
      "symbol",
      "記号1",
      "number",
      "KEY",
      "birthDate",
      "1985-04-03"
    };

    IntakeReport report =
        database.take(
            claims("k"),
            json("medication", with(keys, "line", "1", "branchNumber", "02")),
            json("medication", with(keys, "line", "2")));

    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.rejected())
        .containsExactly(
            new RejectedLine("2", "number", "No member of the sender is named by this"));
    assertThat(medications("P-key-b")).isEqualTo(1);
  }

  @Test
  void recordsAreTakenInOnceHoweverOftenTheyAreSent() throws SQLException {
    database.take(people("m-p"), insured("1", "P-med", "2020-04-01", null));
    var lines = listOf(5200, at -> drug("L" + at, "P-med", "2026-09", "2026-09-03"));

    IntakeReport first = database.take(claims("m"), lines.subList(0, 2700));
    IntakeReport second = database.take(claims("m"), lines);

    assertThat(first.accepted()).isEqualTo(2700);
    assertThat(second.accepted()).isEqualTo(2500);
    assertThat(second.duplicates()).isEqualTo(2700);
    assertThat(medications("P-med")).isEqualTo(5200);
  }

  @Test
  void theSameDeliveryTwiceAtOnceIsTakenInOnce() throws Exception {
    List<String> lines = listOf(50, at -> insured("L" + at, "P-race-" + at, "2026-04-01", null));
    List<String> records =
        listOf(4100, at -> drug("L" + at, "P-race-" + at % 50, "2026-09", "2026-09-03"));

    assertThat(atOnce(() -> database.take(people("race"), lines)))
        .satisfies(reports -> {
          assertThat(reports.stream().mapToInt(IntakeReport::accepted).sum()).isEqualTo(50);
          assertThat(reports.stream().mapToInt(IntakeReport::duplicates).sum()).isEqualTo(150);
        });
    assertThat(atOnce(() -> database.take(claims("race"), records)))
        .satisfies(reports ->
            assertThat(reports.stream().mapToInt(IntakeReport::accepted).sum()).isEqualTo(4100));
    assertThat(count("select count(*) from person where code like 'P-race-%'")).isEqualTo(50);
    assertThat(
            count(
                "select count(*) from medication m join person p on p.id = m.person_id"
                    + " where p.code like 'P-race-%'"))
        .isEqualTo(4100);
  }

  private static List<IntakeReport> atOnce(Callable<IntakeReport> delivery) throws Exception {
    try (ExecutorService senders = Executors.newFixedThreadPool(4)) {
      List<IntakeReport> reports = new ArrayList<>();
      for (Future<IntakeReport> each : senders.invokeAll(listOf(4, ignored -> delivery))) {
        reports.add(each.get());
      }
      return reports;
    }
  }

  @Test
  void aDeliveryInAnyOrderOfLinesLeavesNothingHalf() throws SQLException {
    List<String> lines =
        new ArrayList<>(
            listOf(
                12,
                at ->
                    insured(
                        "L" + at,
                        "P-order",
                        "%d-04-01".formatted(2010 + at),
                        "%d-03-31".formatted(2011 + at))));
    Collections.reverse(lines);

    assertThat(database.take(people("order"), lines).accepted()).isEqualTo(12);
    assertThat(recorded("P-order")).hasSize(12);
  }

  @Test
  void aBatchTakenInByAnEarlierVersionIsStillKnown() throws SQLException {
    try (Connection connection = database.asApplication();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into intake_batch values ('%s', 'old-batch', now())".formatted(INSURER));
      statement.execute(
          "insert into intake_line values ('%s', 'old-batch', '1', decode('00', 'hex'), now())"
              .formatted(INSURER));
    }

    IntakeReport report =
        database.take(
            people("old-batch"),
            insured("1", "P-old-batch", "2026-04-01", null),
            insured("2", "P-new-line", "2026-04-01", null));

    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(report.accepted()).isEqualTo(1);
    assertThat(recorded("P-old-batch")).isEmpty();
  }

  @Test
  void progressIsToldAfterEveryPiece() throws IOException {
    database.take(people("p-p"), insured("1", "P-progress", "2020-04-01", null));
    String body =
        String.join(
            "\n", listOf(4500, at -> drug("L" + at, "P-progress", "2026-09", "2026-09-03")));
    List<IntakeProgress> told = new ArrayList<>();

    database.intake().take(claims("p"), new ByteArrayInputStream(body.getBytes(UTF_8)), told::add);

    assertThat(told).extracting(IntakeProgress::accepted).endsWith(2000, 4000, 4500);
  }

  private static Object[] with(Object[] some, Object... more) {
    Object[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  private int medications(String code) throws SQLException {
    return count(
        "select count(*) from medication m join person p on p.id = m.person_id where p.code = '%s'"
            .formatted(code));
  }

  private List<String> recorded(String code) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.asApplication();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select valid_from, valid_to, recorded_from, recorded_to
                from qualification q join person p on p.id = q.person_id
                where p.code = ? order by valid_from, recorded_from
                """)) {
      statement.setString(1, code);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(
              result.getString(1)
                  + ".."
                  + result.getString(2)
                  + " "
                  + instant(result, 3)
                  + ".."
                  + instant(result, 4));
        }
      }
    }
    return rows;
  }

  private static @Nullable Instant instant(ResultSet result, int column) throws SQLException {
    var at = result.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private int count(String sql) throws SQLException {
    try (Connection connection = database.asApplication();
        ResultSet result = connection.createStatement().executeQuery(sql)) {
      result.next();
      return result.getInt(1);
    }
  }
}
