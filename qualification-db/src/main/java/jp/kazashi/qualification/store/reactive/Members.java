package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.kazashi.qualification.intake.KnownMembers;
import jp.kazashi.qualification.intake.PersonKey;
import jp.kazashi.qualification.intake.RecordDraft;
import jp.kazashi.qualification.intake.RecordRule.Drafted;
import jp.kazashi.qualification.intake.Sender;
import jp.kazashi.qualification.person.PersonCode;
import jp.kazashi.qualification.person.PersonId;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The members of a sender whom the lines of one piece name. */
final class Members implements KnownMembers {
  private static final String BY_CODE =
      """
      select p.code, p.id from person p
      where p.code = any($1::text[])
        and ($2::text is null or exists (
          select from qualification q
          where q.person_id = p.id and q.recorded_to is null and q.payer = $2))
      """;

  private static final String BY_KEYS =
      """
      select asked.place, count(distinct q.person_id), min(q.person_id::text)
      from unnest($1::text[], $2::text[], $3::date[], $4::text[])
        with ordinality as asked (payer, search_key, birth_date, branch, place)
      join qualification q
        on q.payer = asked.payer and q.search_key = asked.search_key
          and q.birth_date = asked.birth_date and q.recorded_to is null
          and (asked.branch is null or q.branch = asked.branch)
      group by asked.place
      """;

  private static final String WITHDRAWALS =
      """
      select person_id, category, month, facility, source, max(stated_at)
      from withdrawal
      where person_id = any($1::uuid[]) and stated_at is not null
      group by person_id, category, month, facility, source
      """;

  private final Map<PersonKey, PersonId> members;
  private final Map<Withdrawn, Instant> withdrawals;

  private Members(Map<PersonKey, PersonId> members, Map<Withdrawn, Instant> withdrawals) {
    this.members = members;
    this.withdrawals = withdrawals;
  }

  @Override
  public Optional<PersonId> member(PersonKey key) {
    return Optional.ofNullable(members.get(key));
  }

  @Override
  public Optional<Instant> withdrawnAt(RecordDraft.Withdrawal withdrawal, PersonId person) {
    return Optional.ofNullable(
        withdrawals.get(
            new Withdrawn(
                person.value(),
                withdrawal.category().word(),
                withdrawal.month().atDay(1),
                withdrawal.facility().digits(),
                withdrawal.source() == null ? null : withdrawal.source().name())));
  }

  private record Withdrawn(
      UUID person, String category, LocalDate month, String facility, @Nullable String source) {}

  static Uni<Members> find(StatelessSession session, Sender sender, List<Drafted> lines) {
    Set<PersonKey.ByCode> codes = new LinkedHashSet<>();
    Set<PersonKey.ByKeys> keys = new LinkedHashSet<>();
    Set<PersonKey> withdrawn = new LinkedHashSet<>();
    for (Drafted line : lines) {
      RecordDraft draft = line.draft();
      if (draft != null) {
        switch (draft.person()) {
          case PersonKey.ByCode code -> codes.add(code);
          case PersonKey.ByKeys key -> {
            if (sender.speaksFor(key.keys().payer())) {
              keys.add(key);
            }
          }
        }
        if (draft instanceof RecordDraft.Withdrawal withdrawal) {
          withdrawn.add(withdrawal.person());
        }
      }
    }
    Map<PersonKey, PersonId> members = new HashMap<>();
    return byCode(session, sender, List.copyOf(codes), members)
        .chain(() -> byKeys(session, List.copyOf(keys), members))
        .chain(() -> withdrawals(session, withdrawn, members))
        .map(withdrawals -> new Members(members, withdrawals));
  }

  private static Uni<Void> byCode(
      StatelessSession session,
      Sender sender,
      List<PersonKey.ByCode> codes,
      Map<PersonKey, PersonId> members) {
    if (codes.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Database.select(
            session,
            BY_CODE,
            Columns.of(codes, each -> each.code().value(), String[]::new),
            switch (sender) {
              case Sender.Payer payer -> payer.number().digits();
              case Sender.ClearingHouse house -> null;
            })
        .invoke(result ->
            Cells.map(
                    result,
                    row ->
                        Map.entry(
                            new PersonKey.ByCode(new PersonCode(row.text(0))),
                            new PersonId(row.uuid(1))))
                .forEach(each -> members.put(each.getKey(), each.getValue())))
        .replaceWithVoid();
  }

  /** Keys that fit several people name nobody. */
  private static Uni<Void> byKeys(
      StatelessSession session, List<PersonKey.ByKeys> keys, Map<PersonKey, PersonId> members) {
    if (keys.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Database.select(
            session,
            BY_KEYS,
            Columns.of(keys, each -> each.keys().payer().digits(), String[]::new),
            Columns.of(keys, each -> each.keys().symbolAndNumber().searchKey(), String[]::new),
            Columns.of(keys, each -> each.keys().birthDate(), LocalDate[]::new),
            Columns.of(
                keys,
                each -> each.keys().branch() == null ? null : each.keys().branch().digits(),
                String[]::new))
        .invoke(result -> {
          while (result.hasNext()) {
            Object[] row = result.next();
            if (((Number) row[1]).intValue() == 1) {
              members.put(
                  keys.get(((Number) row[0]).intValue() - 1),
                  new PersonId(UUID.fromString((String) row[2])));
            }
          }
        })
        .replaceWithVoid();
  }

  private static Uni<Map<Withdrawn, Instant>> withdrawals(
      StatelessSession session, Set<PersonKey> withdrawn, Map<PersonKey, PersonId> members) {
    List<UUID> people =
        withdrawn.stream()
            .map(members::get)
            .filter(Objects::nonNull)
            .map(PersonId::value)
            .distinct()
            .toList();
    if (people.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return Database.select(session, WITHDRAWALS, (Object) people.toArray(UUID[]::new))
        .map(result -> {
          Map<Withdrawn, Instant> newest = new HashMap<>();
          Cells.map(
                  result,
                  row ->
                      Map.entry(
                          new Withdrawn(
                              row.uuid(0),
                              row.text(1),
                              row.date(2),
                              row.text(3),
                              row.textOrNull(4)),
                          row.instant(5)))
              .forEach(each -> newest.put(each.getKey(), each.getValue()));
          return newest;
        });
  }
}
