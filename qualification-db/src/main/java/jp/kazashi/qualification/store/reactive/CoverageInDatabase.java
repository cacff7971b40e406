package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private static final String TICKETS =
      """
      left join TicketRow t on q.kind = jp.kazashi.qualification.coverage.QualificationKind.MEDICAL_AID
        and t.personId = q.personId and t.payer = q.payer and t.recipient = q.number
        and t.recordedTo is null
      """;

  private static final String BY_HOLDER =
      """
      select l, p, q, t
      from HolderLinkRow l
      join PersonRow p on p.id = l.personId
      left join QualificationRow q on q.personId = l.personId and q.recordedTo is null
      """
          + TICKETS
          + "where l.opaque = :opaque";

  private static final String BY_KEYS =
      """
      select p, q, t
      from PersonRow p
      join QualificationRow q on q.personId = p.id and q.recordedTo is null
      """
          + TICKETS
          + """
          where p.id in (
            select named.personId
            from QualificationRow named
            where named.payer = :payer and named.searchKey = :searchKey
              and named.birthDate = :birthDate and named.recordedTo is null)
          """;

  private static final String BY_CODE =
      """
      select p, q, t
      from PersonRow p
      left join QualificationRow q on q.personId = p.id and q.recordedTo is null
      """
          + TICKETS
          + "where p.code = :code";

  private final Database database;

  public CoverageInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<HolderCoverage> byHolder(HolderLink link) {
    return database
        .reading(session ->
            session
                .createSelectionQuery(BY_HOLDER, LinkedRow.class)
                .setParameter("opaque", link.opaque())
                .getResultList())
        .map(CoverageInDatabase::holderCoverage);
  }

  @Override
  public Uni<List<PersonCoverage>> byKeys(CoverageKeys keys) {
    return database
        .reading(session ->
            session
                .createSelectionQuery(BY_KEYS, KnownRow.class)
                .setParameter("payer", keys.payer().digits())
                .setParameter("searchKey", keys.symbolAndNumber().searchKey())
                .setParameter("birthDate", keys.birthDate())
                .getResultList())
        .map(CoverageInDatabase::people);
  }

  @Override
  public Uni<Optional<PersonCoverage>> byCode(PersonCode code) {
    return database
        .reading(session ->
            session
                .createSelectionQuery(BY_CODE, KnownRow.class)
                .setParameter("code", code.value())
                .getResultList())
        .map(rows -> people(rows).stream().findFirst());
  }

  record LinkedRow(
      HolderLinkRow link,
      PersonRow person,
      @Nullable QualificationRow qualification,
      @Nullable TicketRow ticket) {
    KnownRow known() {
      return new KnownRow(person, qualification, ticket);
    }
  }

  record KnownRow(
      PersonRow person, @Nullable QualificationRow qualification, @Nullable TicketRow ticket) {}

  private static HolderCoverage holderCoverage(List<LinkedRow> rows) {
    if (rows.isEmpty()) {
      return new HolderCoverage.NotLinked();
    }
    HolderLinkRow link = rows.getFirst().link;
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
    Map<UUID, List<KnownRow>> byQualification =
        rows.stream()
            .filter(row -> row.qualification != null)
            .collect(
                Collectors.groupingBy(
                    row -> Objects.requireNonNull(row.qualification).id,
                    LinkedHashMap::new,
                    Collectors.toList()));
    CoverageHistory history =
        new CoverageHistory(
            byQualification.values().stream().map(CoverageInDatabase::qualification).toList());
    return new PersonCoverage(rows.getFirst().person.person(history.known()), history);
  }

  private static Qualification qualification(List<KnownRow> rows) {
    List<MedicalTicket> tickets =
        rows.stream()
            .map(KnownRow::ticket)
            .filter(Objects::nonNull)
            .map(TicketRow::ticket)
            .toList();
    return Objects.requireNonNull(rows.getFirst().qualification).qualification(tickets);
  }
}
