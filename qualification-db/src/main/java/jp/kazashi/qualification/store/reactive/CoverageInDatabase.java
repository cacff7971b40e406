package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.kazashi.qualification.coverage.CoverageHistory;
import jp.kazashi.qualification.coverage.CoverageKeys;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.coverage.Qualification;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.store.FindCoverage;
import jp.kazashi.qualification.store.HolderCoverage;
import jp.kazashi.qualification.store.LookUpCoverage;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

public final class CoverageInDatabase implements FindCoverage, LookUpCoverage {
  private static final String BY_HOLDER =
      """
      select l, p, q
      from HolderLinkRow l
      join PersonRow p on p.id = l.personId
      left join QualificationRow q on q.personId = l.personId and q.recordedTo is null
      where l.opaque = :opaque
      """;

  private static final String BY_KEYS =
      """
      select p, q
      from PersonRow p
      join QualificationRow q on q.personId = p.id and q.recordedTo is null
      where p.id in (
        select named.personId
        from QualificationRow named
        where named.payer = :payer and named.searchKey = :searchKey
          and named.birthDate = :birthDate and named.recordedTo is null)
      """;

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
                .createSelectionQuery(BY_KEYS, PersonAndQualification.class)
                .setParameter("payer", keys.payer().digits())
                .setParameter("searchKey", keys.symbolAndNumber().searchKey())
                .setParameter("birthDate", keys.birthDate())
                .getResultList())
        .map(CoverageInDatabase::people);
  }

  record LinkedRow(
      HolderLinkRow link, PersonRow person, @Nullable QualificationRow qualification) {}

  record PersonAndQualification(PersonRow person, QualificationRow qualification) {}

  private static HolderCoverage holderCoverage(List<LinkedRow> rows) {
    if (rows.isEmpty()) {
      return new HolderCoverage.NotLinked();
    }
    LinkedRow first = rows.getFirst();
    if (first.link.endedAt != null) {
      return new HolderCoverage.LinkEnded(first.link.endedAt);
    }
    List<Qualification> qualifications =
        rows.stream()
            .map(LinkedRow::qualification)
            .filter(Objects::nonNull)
            .map(QualificationRow::qualification)
            .toList();
    return new HolderCoverage.Linked(
        first.person.person(), first.link.registeredAt, new CoverageHistory(qualifications));
  }

  private static List<PersonCoverage> people(List<PersonAndQualification> rows) {
    Map<UUID, List<PersonAndQualification>> byPerson =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.person.id, LinkedHashMap::new, Collectors.toList()));
    return byPerson.values().stream()
        .map(each ->
            new PersonCoverage(
                each.getFirst().person.person(),
                new CoverageHistory(
                    each.stream().map(row -> row.qualification.qualification()).toList())))
        .toList();
  }
}
