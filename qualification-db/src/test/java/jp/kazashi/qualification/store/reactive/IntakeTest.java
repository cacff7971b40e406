package jp.kazashi.qualification.store.reactive;

import static jp.kazashi.qualification.store.reactive.Counter.NOON;
import static jp.kazashi.qualification.store.reactive.Counter.batch;
import static jp.kazashi.qualification.store.reactive.Counter.drug;
import static jp.kazashi.qualification.store.reactive.Counter.insured;
import static jp.kazashi.qualification.store.reactive.Counter.listOf;
import static jp.kazashi.qualification.store.reactive.Counter.registered;
import static jp.kazashi.qualification.store.reactive.RealDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jp.kazashi.qualification.intake.QualificationLine;
import jp.kazashi.qualification.intake.RejectedLine;
import jp.kazashi.qualification.intake.Sender;
import jp.kazashi.qualification.person.InsurerNumber;
import jp.kazashi.qualification.store.IntakeBatch;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.qualification.store.reactive.RealDatabase.Running;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealDatabase.class)
class IntakeTest {
  private final Running database;
  private final QualificationIntake qualifications;
  private final RegistrationIntake registrations;
  private final MedicationIntake medications;

  IntakeTest(Running database) {
    this.database = database;
    this.qualifications = new QualificationIntake(database.sessions(), new SecureRandom());
    this.registrations = new RegistrationIntake(database.sessions());
    this.medications = new MedicationIntake(database.sessions(), new SecureRandom());
  }

  @Test
  void theSameDeliveryAgainChangesNothing() throws SQLException {
    List<QualificationLine> lines = List.of(insured("1", "P-again", "2026-04-01", null));
    await(qualifications.take(batch("again"), lines));

    IntakeReport report = await(qualifications.take(batch("again"), lines));

    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(report.accepted()).isZero();
    assertThat(recorded("P-again")).hasSize(1);
  }

  @Test
  void theSameContentInANewDeliveryIsAcceptedAndChangesNothing() throws SQLException {
    await(
        qualifications.take(
            batch("content-1"), List.of(insured("1", "P-same", "2026-04-01", null))));

    IntakeReport report =
        await(
            qualifications.take(
                batch("content-2"), List.of(insured("7", "P-same", "2026-04-01", null))));

    assertThat(report.accepted()).isEqualTo(1);
    assertThat(recorded("P-same")).hasSize(1);
  }

  @Test
  void anotherContentUnderAKnownLineIdIsRejected() {
    await(
        qualifications.take(batch("line-id"), List.of(insured("1", "P-line", "2026-04-01", null))));

    IntakeReport report =
        await(
            qualifications.take(
                batch("line-id"), List.of(insured("1", "P-line", "2026-05-01", null))));

    assertThat(report.rejected())
        .containsExactly(
            new RejectedLine("1", "line", "Another content was taken in under this line id"));
  }

  @Test
  void aCorrectionKeepsWhatWasKnownBefore() throws SQLException {
    await(
        qualifications.take(
            batch("c-1"), List.of(insured("1", "P-corrected", "2026-04-01", null))));

    await(
        qualifications.take(
            batch("c-2", NOON.plusSeconds(3600)),
            List.of(insured("1", "P-corrected", "2026-04-01", "2026-10-31"))));

    assertThat(recorded("P-corrected"))
        .containsExactly(
            "2026-04-01..null 2026-11-20T03:00:00.123456Z..2026-11-20T04:00:00.123456Z",
            "2026-04-01..2026-10-31 2026-11-20T04:00:00.123456Z..null");
  }

  @Test
  void aCorrectionUnderAClockThatWasSetBackIsStillRecordedAfterwards() throws SQLException {
    await(qualifications.take(batch("b-1"), List.of(insured("1", "P-back", "2026-04-01", null))));

    IntakeReport report =
        await(
            qualifications.take(
                batch("b-2", NOON.minus(Duration.ofDays(90))),
                List.of(insured("1", "P-back", "2026-04-01", "2026-10-31"))));

    assertThat(report.rejected()).isEmpty();
    assertThat(recorded("P-back"))
        .containsExactly(
            "2026-04-01..null 2026-11-20T03:00:00.123456Z..2026-11-20T03:00:00.123457Z",
            "2026-04-01..2026-10-31 2026-11-20T03:00:00.123457Z..null");
  }

  @Test
  void anOverlapIsRejectedAndTheRestOfTheDeliveryUnharmed() throws SQLException {
    IntakeReport report =
        await(
            qualifications.take(
                batch("overlap"),
                List.of(
                    insured("1", "P-overlap", "2026-04-01", null),
                    insured("2", "P-overlap", "2026-09-01", null),
                    insured("3", "P-beside", "2026-09-01", null))));

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
  void anInsurerMaySpeakOfItsOwnMembersOnly() {
    await(qualifications.take(batch("own"), List.of(insured("1", "P-own", "2026-04-01", null))));
    IntakeBatch stranger =
        new IntakeBatch(
            batch("stranger").id(), new Sender.Payer(InsurerNumber.completing("3113001")), NOON);

    assertThat(
            await(qualifications.take(stranger, List.of(insured("1", "P-own", "2026-04-01", null))))
                .rejected())
        .containsExactly(
            new RejectedLine("1", "insurerNumber", "The sender does not speak for this insurer"));
    RejectedLine nobody =
        new RejectedLine("1", "personCode", "No member of the sender has this person code");
    assertThat(
            await(medications.take(stranger, List.of(drug("1", "P-own", "2026-09", "2026-09-03"))))
                .rejected())
        .containsExactly(nobody);
    assertThat(
            await(registrations.take(stranger, List.of(registered("1", "P-own", "link"))))
                .rejected())
        .containsExactly(nobody);
  }

  @Test
  void theClearingHouseSpeaksForEveryone() {
    IntakeBatch house =
        new IntakeBatch(batch("house").id(), new Sender.ClearingHouse("1000000001"), NOON);

    assertThat(
            await(qualifications.take(house, List.of(insured("1", "P-house", "2026-04-01", null))))
                .accepted())
        .isEqualTo(1);
  }

  @Test
  void aHolderIsRegisteredForOnePerson() {
    await(
        qualifications.take(
            batch("holders"),
            List.of(
                insured("1", "P-holder-a", "2026-04-01", null),
                insured("2", "P-holder-b", "2026-04-01", null))));

    IntakeReport report =
        await(
            registrations.take(
                batch("holders-r"),
                List.of(
                    registered("1", "P-holder-a", "holder of a"),
                    registered("2", "P-holder-a", "holder of a"),
                    registered("3", "P-holder-b", "holder of a"))));

    assertThat(report.accepted()).isEqualTo(2);
    assertThat(report.rejected())
        .containsExactly(
            new RejectedLine("3", "personCode", "This holder is registered for another person"));
  }

  @Test
  void medicationsAreTakenInOnceHoweverOftenTheyAreSent() throws SQLException {
    await(qualifications.take(batch("m-p"), List.of(insured("1", "P-med", "2020-04-01", null))));
    var lines = listOf(1200, at -> drug("L" + at, "P-med", "2026-09", "2026-09-03"));

    IntakeReport first = await(medications.take(batch("m"), lines.subList(0, 700)));
    IntakeReport second = await(medications.take(batch("m"), lines));

    assertThat(first.accepted()).isEqualTo(700);
    assertThat(second.accepted()).isEqualTo(500);
    assertThat(second.duplicates()).isEqualTo(700);
    assertThat(
            count(
                "select count(*) from medication m join person p on p.id = m.person_id"
                    + " where p.code = 'P-med'"))
        .isEqualTo(1200);
  }

  @Test
  void theSameDeliveryTwiceAtOnceIsTakenInOnce() throws SQLException {
    List<QualificationLine> lines =
        listOf(50, at -> insured("L" + at, "P-race-" + at, "2026-04-01", null));

    List<IntakeReport> reports =
        await(
            Uni.join()
                .all(listOf(4, ignored -> qualifications.take(batch("race"), lines)))
                .andFailFast());

    assertThat(reports.stream().mapToInt(IntakeReport::accepted).sum()).isEqualTo(50);
    assertThat(reports.stream().mapToInt(IntakeReport::duplicates).sum()).isEqualTo(150);
    assertThat(count("select count(*) from person where code like 'P-race-%'")).isEqualTo(50);
  }

  @Test
  void aDeliveryInAnyOrderOfLinesLeavesNothingHalf() throws SQLException {
    List<QualificationLine> lines =
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

    assertThat(await(qualifications.take(batch("order"), lines)).accepted()).isEqualTo(12);
    assertThat(recorded("P-order")).hasSize(12);
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
