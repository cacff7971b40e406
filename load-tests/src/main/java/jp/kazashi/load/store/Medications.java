package jp.kazashi.load.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import jp.kazashi.load.Latencies;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.consent.ConsentDecision;
import jp.kazashi.qualification.consent.ConsentGrant;
import jp.kazashi.qualification.consent.ConsentLedger;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.store.ReadMedications;
import jp.kazashi.qualification.store.reactive.RecordsInDatabase;

/** Five years of the medications of people drawn at random, under a grant. */
final class Medications {
  private final BenchDatabase database;
  private final ReadMedications store;
  private final LocalDate today;
  private final UUID[] people;
  private final SplittableRandom random;
  private long records;

  Medications(BenchDatabase database, LocalDate today, int people, long seed) throws SQLException {
    this.database = database;
    this.store = new RecordsInDatabase(database.sessions());
    this.today = today;
    this.people = database.people(people);
    this.random = new SplittableRandom(seed);
  }

  /** Returns reads a second. */
  double read(int lines, double seconds, Latencies latencies) {
    records = 0;
    return ClosedLoop.run(
        database.vertx(),
        lines,
        seconds,
        latencies,
        () ->
            store
                .of(
                    grant(people[random.nextInt(people.length)]),
                    YearMonth.from(today.minusYears(5)),
                    YearMonth.from(today),
                    today.minusYears(5))
                .map(all -> {
                  records += all.size();
                  return all.size();
                })
                .convert()
                .toCompletionStage());
  }

  /** Of the last measurement, together. */
  long records() {
    return records;
  }

  private ConsentGrant grant(UUID person) {
    Instant now = today.atStartOfDay().toInstant(ZoneOffset.UTC);
    CheckId check = new CheckId(new UUID(1, 1));
    ConsentDecision decision =
        ConsentDecision.made(
            check,
            new PersonId(person),
            new InstitutionCode("1312345670"),
            Set.of(MedicalCategory.MEDICATION),
            now,
            now.plusSeconds(86_400));
    return new ConsentLedger(List.of(decision))
        .live(check, MedicalCategory.MEDICATION, now)
        .orElseThrow();
  }
}
