package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.kazashi.qualification.coverage.CoverageHistory;
import jp.kazashi.qualification.coverage.CoverageKeys;
import jp.kazashi.qualification.coverage.MedicalTicket;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.coverage.Qualification;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.person.PersonCode;
import jp.kazashi.qualification.store.FindCoverage;
import jp.kazashi.qualification.store.HolderCoverage;
import jp.kazashi.qualification.store.LookUpCoverage;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

public final class CoverageInDatabase implements FindCoverage, LookUpCoverage {
  /** One person, with the qualifications known now and their tickets: a row for each ticket. */
  private static final String COLUMNS =
      PersonRow.COLUMNS + ", " + QualificationRow.COLUMNS + ", " + TicketRow.COLUMNS;

  private static final int QUALIFICATION = PersonRow.WIDTH;
  private static final int TICKET = QUALIFICATION + QualificationRow.WIDTH;

  private static final String TICKETS =
      """
      left join medical_ticket t on q.kind = 'MEDICAL_AID'
        and t.person_id = q.person_id and t.payer = q.payer and t.recipient = q.number
        and t.recorded_to is null
      """;

  private static final String BY_HOLDER =
      "select l.registered_at, l.ended_at, "
          + COLUMNS
          + """
          from holder_link l
          join person p on p.id = l.person_id
          left join qualification q on q.person_id = l.person_id and q.recorded_to is null
          """
          + TICKETS
          + "where l.opaque = $1";

  private static final String BY_KEYS =
      "select "
          + COLUMNS
          + """
          from person p
          join qualification q on q.person_id = p.id and q.recorded_to is null
          """
          + TICKETS
          + """
          where p.id in (
            select named.person_id
            from qualification named
            where named.payer = $1 and named.search_key = $2
              and named.birth_date = $3 and named.recorded_to is null)
          """;

  private static final String BY_CODE =
      "select "
          + COLUMNS
          + """
          from person p
          left join qualification q on q.person_id = p.id and q.recorded_to is null
          """
          + TICKETS
          + "where p.code = $1";

  private final Database database;

  public CoverageInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<HolderCoverage> byHolder(HolderLink link) {
    return database
        .rows(LinkedRow::read, BY_HOLDER, link.opaque())
        .map(CoverageInDatabase::holderCoverage);
  }

  @Override
  public Uni<List<PersonCoverage>> byKeys(CoverageKeys keys) {
    return database
        .rows(
            KnownRow::read,
            BY_KEYS,
            keys.payer().digits(),
            keys.symbolAndNumber().searchKey(),
            keys.birthDate())
        .map(CoverageInDatabase::people);
  }

  @Override
  public Uni<Optional<PersonCoverage>> byCode(PersonCode code) {
    return database
        .rows(KnownRow::read, BY_CODE, code.value())
        .map(rows -> people(rows).stream().findFirst());
  }

  private record LinkedRow(Instant registeredAt, @Nullable Instant endedAt, KnownRow known) {
    static LinkedRow read(Cells cells) {
      return new LinkedRow(cells.instant(0), cells.instantOrNull(1), KnownRow.read(cells.from(2)));
    }
  }

  record KnownRow(
      PersonRow person, @Nullable QualificationRow qualification, @Nullable TicketRow ticket) {
    static KnownRow read(Cells cells) {
      return new KnownRow(
          PersonRow.read(cells),
          cells.isEmpty(QUALIFICATION) ? null : QualificationRow.read(cells.from(QUALIFICATION)),
          cells.isEmpty(TICKET) ? null : TicketRow.read(cells.from(TICKET)));
    }
  }

  private static HolderCoverage holderCoverage(List<LinkedRow> rows) {
    if (rows.isEmpty()) {
      return new HolderCoverage.NotLinked();
    }
    LinkedRow link = rows.getFirst();
    if (link.endedAt != null) {
      return new HolderCoverage.LinkEnded(link.endedAt);
    }
    PersonCoverage coverage = coverage(rows.stream().map(LinkedRow::known).toList());
    return new HolderCoverage.Linked(coverage.person(), link.registeredAt, coverage.history());
  }

  private static List<PersonCoverage> people(List<KnownRow> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(row -> row.person.id, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(CoverageInDatabase::coverage)
        .toList();
  }

  /** Out of the rows of one person: a qualification comes once for each of its tickets. */
  static PersonCoverage coverage(List<KnownRow> rows) {
    Map<UUID, QualificationRow> qualifications = new LinkedHashMap<>();
    Map<UUID, List<MedicalTicket>> tickets = new HashMap<>();
    for (KnownRow row : rows) {
      QualificationRow qualification = row.qualification;
      if (qualification != null) {
        qualifications.putIfAbsent(qualification.id, qualification);
        if (row.ticket != null) {
          tickets
              .computeIfAbsent(qualification.id, first -> new ArrayList<>())
              .add(row.ticket.ticket());
        }
      }
    }
    List<Qualification> all = new ArrayList<>(qualifications.size());
    qualifications.forEach(
        (id, row) -> all.add(row.qualification(tickets.getOrDefault(id, List.of()))));
    CoverageHistory history = new CoverageHistory(all);
    return new PersonCoverage(rows.getFirst().person.person(history.known()), history);
  }
}
