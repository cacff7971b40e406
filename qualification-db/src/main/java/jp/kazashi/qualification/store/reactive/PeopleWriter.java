package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.kazashi.qualification.coverage.MedicalTicket;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.holder.Registration;
import jp.kazashi.qualification.intake.FeedLine;
import jp.kazashi.qualification.intake.IntakeTally;
import jp.kazashi.qualification.intake.KnownPeople;
import jp.kazashi.qualification.intake.LineType;
import jp.kazashi.qualification.intake.LinkHolders;
import jp.kazashi.qualification.intake.PeopleChange;
import jp.kazashi.qualification.intake.PeopleRule;
import jp.kazashi.qualification.intake.RecordRule.Drafted;
import jp.kazashi.qualification.person.PersonCode;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.store.Delivery;
import jp.kazashi.qualification.store.reactive.CoverageInDatabase.KnownRow;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Writes qualifications, registrations and tickets. */
final class PeopleWriter implements PieceWriter {
  private static final int PIECE = 500;

  private final Ids ids;
  private final LinkHolders links;

  PeopleWriter(Ids ids, LinkHolders links) {
    this.ids = ids;
    this.links = links;
  }

  @Override
  public int lines() {
    return PIECE;
  }

  @Override
  public Uni<Void> prepare(List<Drafted> lines) {
    return Uni.createFrom().voidItem();
  }

  @Override
  public void forget() {}

  @Override
  public Uni<Void> write(
      StatelessSession session, OpenBatch batch, List<Drafted> lines, IntakeTally tally) {
    List<FeedLine> sent = lines.stream().map(Drafted::line).toList();
    Delivery delivery = batch.delivery();
    return waitForOthers(session)
        .chain(() -> known(session, sent))
        .chain(known ->
            write(
                session,
                PeopleRule.judge(
                    sent, tally, known, delivery.sender(), delivery.receivedAt(), ids::next, links),
                delivery.receivedAt()));
  }

  /** So that what a piece was judged by is still so when it is written. */
  private static Uni<Void> waitForOthers(StatelessSession session) {
    return Database.select(
            session, "select 1 from pg_advisory_xact_lock(hashtextextended('kazashi people', 0))")
        .replaceWithVoid();
  }

  private Uni<KnownPeople> known(StatelessSession session, List<FeedLine> lines) {
    Set<String> codes = codes(lines);
    Set<HolderLink> holders = PeopleRule.holders(lines, links);
    boolean anyTickets = lines.stream().anyMatch(line -> line.type() == LineType.TICKET);
    return coverages(session, codes)
        .chain(coverages ->
            registrations(session, holders)
                .chain(registrations ->
                    (anyTickets
                            ? tickets(session, codes)
                            : Uni.createFrom().item(Map.<PersonId, List<MedicalTicket>>of()))
                        .map(tickets -> new KnownPeople(coverages, registrations, tickets))));
  }

  /** What no line can rightly have is not asked for; the judge refuses it. */
  private static Set<String> codes(List<FeedLine> lines) {
    Set<String> codes = new LinkedHashSet<>(Set.of(""));
    for (FeedLine line : lines) {
      String code = line.personCode();
      if (code != null && code.length() <= 64 && code.indexOf('\0') < 0) {
        codes.add(code);
      }
    }
    return codes;
  }

  private static Uni<Map<PersonCode, PersonCoverage>> coverages(
      StatelessSession session, Set<String> codes) {
    return session
        .createSelectionQuery(
            """
            select p, q, null
            from PersonRow p left join QualificationRow q on q.personId = p.id
            where p.code in :codes
            """,
            Object[].class)
        .setParameter("codes", codes)
        .getResultList()
        .map(rows ->
            rows.stream()
                .map(row -> new KnownRow((PersonRow) row[0], (QualificationRow) row[1], null))
                .collect(Collectors.groupingBy(row -> row.person().id))
                .values()
                .stream()
                .map(CoverageInDatabase::coverage)
                .collect(Collectors.toMap(each -> each.person().code(), Function.identity())));
  }

  private static Uni<Map<HolderLink, Registration>> registrations(
      StatelessSession session, Set<HolderLink> holders) {
    if (holders.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return session
        .createSelectionQuery("from HolderLinkRow l where l.opaque in :links", HolderLinkRow.class)
        .setParameter("links", holders.stream().map(HolderLink::opaque).toList())
        .getResultList()
        .map(rows ->
            rows.stream()
                .map(HolderLinkRow::registration)
                .collect(Collectors.toMap(Registration::link, Function.identity())));
  }

  private static Uni<Map<PersonId, List<MedicalTicket>>> tickets(
      StatelessSession session, Set<String> codes) {
    return session
        .createSelectionQuery(
            """
            from TicketRow t
            where t.personId in (select p.id from PersonRow p where p.code in :codes)
            """,
            TicketRow.class)
        .setParameter("codes", codes)
        .getResultList()
        .map(rows ->
            rows.stream()
                .collect(
                    Collectors.groupingBy(
                        row -> new PersonId(row.personId),
                        Collectors.mapping(TicketRow::ticket, Collectors.toList()))));
  }

  /** Closings before additions: the database lets nothing overlap, not even for a moment. */
  private static Uni<Void> write(
      StatelessSession session, List<PeopleChange> changes, Instant recordedAt) {
    List<PersonRow> people = new ArrayList<>();
    List<QualificationRow> qualifications = new ArrayList<>();
    List<TicketRow> tickets = new ArrayList<>();
    List<HolderLinkRow> registrations = new ArrayList<>();
    List<Registration> again = new ArrayList<>();
    List<PeopleChange.Close> closings = new ArrayList<>();
    List<PeopleChange.CloseTicket> closedTickets = new ArrayList<>();
    for (PeopleChange change : changes) {
      switch (change) {
        case PeopleChange.NewPerson added -> people.add(PersonRow.of(added.person(), recordedAt));
        case PeopleChange.Add added ->
            qualifications.add(QualificationRow.of(added.person(), added.qualification()));
        case PeopleChange.AddTicket added ->
            tickets.add(TicketRow.of(added.person(), added.ticket()));
        case PeopleChange.Register register ->
            registrations.add(HolderLinkRow.of(register.registration()));
        case PeopleChange.RegisterAgain register -> again.add(register.registration());
        case PeopleChange.Close close -> closings.add(close);
        case PeopleChange.CloseTicket close -> closedTickets.add(close);
      }
    }
    return insertPeople(session, people)
        .chain(() ->
            close(
                session,
                "qualification",
                closings,
                PeopleChange.Close::qualification,
                PeopleChange.Close::at))
        .chain(() ->
            close(
                session,
                "medical_ticket",
                closedTickets,
                PeopleChange.CloseTicket::ticket,
                PeopleChange.CloseTicket::at))
        .chain(() -> QualificationColumns.insert(session, qualifications))
        .chain(() -> Database.insertAll(session, tickets))
        .chain(() -> insertRegistrations(session, registrations))
        .chain(() -> beginAgain(session, again));
  }

  private static Uni<Void> insertPeople(StatelessSession session, List<PersonRow> people) {
    return people.isEmpty()
        ? Uni.createFrom().voidItem()
        : Database.update(
                session,
                """
                insert into person (id, code, undisclosed, provision_barred, recorded_at)
                select id, code, false, false, $3 from unnest($1::uuid[], $2::text[]) as n (id, code)
                """,
                Columns.of(people, row -> row.id, UUID[]::new),
                Columns.of(people, row -> row.code, String[]::new),
                Database.time(people.getFirst().recordedAt))
            .replaceWithVoid();
  }

  private static Uni<Void> insertRegistrations(StatelessSession session, List<HolderLinkRow> rows) {
    return rows.isEmpty()
        ? Uni.createFrom().voidItem()
        : Database.update(
                session,
                """
                insert into holder_link (opaque, person_id, registered_at, predecessor)
                select * from unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::text[])
                """,
                Columns.of(rows, row -> row.opaque, String[]::new),
                Columns.of(rows, row -> row.personId, UUID[]::new),
                Columns.of(rows, row -> Database.time(row.registeredAt), OffsetDateTime[]::new),
                Columns.of(rows, row -> row.predecessor, String[]::new))
            .replaceWithVoid();
  }

  private static Uni<Void> beginAgain(StatelessSession session, List<Registration> again) {
    return again.isEmpty()
        ? Uni.createFrom().voidItem()
        : Database.update(
                session,
                """
                update holder_link set registered_at = begun.at, ended_at = null
                from unnest($1::text[], $2::timestamptz[]) as begun (opaque, at)
                where holder_link.opaque = begun.opaque
                """,
                Columns.of(again, each -> each.link().opaque(), String[]::new),
                Columns.of(
                    again, each -> Database.time(each.registeredAt()), OffsetDateTime[]::new))
            .replaceWithVoid();
  }

  private static <T> Uni<Void> close(
      StatelessSession session,
      String table,
      List<T> closings,
      Function<T, UUID> id,
      Function<T, Instant> at) {
    if (closings.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Database.update(
            session,
            """
            update %1$s set recorded_to = closed.at
            from unnest($1::uuid[], $2::timestamptz[]) as closed (id, at)
            where %1$s.id = closed.id and %1$s.recorded_to is null
            """
                .formatted(table),
            Columns.of(closings, id, UUID[]::new),
            Columns.of(closings, each -> Database.time(at.apply(each)), OffsetDateTime[]::new))
        .invoke(closed -> {
          if (closed != closings.size()) {
            throw new IllegalStateException("What was to be closed was closed by someone else");
          }
        })
        .replaceWithVoid();
  }
}
