package jp.kazashi.qualification.store.reactive;

import static jp.kazashi.qualification.store.reactive.Counter.NOON;
import static jp.kazashi.qualification.store.reactive.Counter.answered;
import static jp.kazashi.qualification.store.reactive.Counter.challenge;
import static jp.kazashi.qualification.store.reactive.Counter.somebody;
import static jp.kazashi.qualification.store.reactive.RealDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.audit.NodeId;
import jp.kazashi.qualification.institution.Actor;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.staff.StaffId;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.ReadLooks;
import jp.kazashi.qualification.store.ReadLooks.Asked;
import jp.kazashi.qualification.store.Station;
import jp.kazashi.qualification.store.Station.DeskStation;
import jp.kazashi.qualification.store.reactive.RealDatabase.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealDatabase.class)
class LooksTest {
  private static final InstitutionCode CLINIC = new InstitutionCode("1398765430");
  private static final StaffId DOCTOR = new StaffId(new UUID(7, 1));
  private static final Asked ALL =
      new Asked(
          NOON.minusSeconds(60),
          NOON.plusSeconds(3600),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final Running database;

  LooksTest(Running database) {
    this.database = database;
  }

  @Test
  void looksOfOneInstantOnSeveralNodesAreToldPageByPageEachOnce() {
    List<GroupCommitter> nodes = List.of(node(), node(), node());
    List<AuditReceipt> written = new ArrayList<>();
    for (int round = 0; round < 4; round++) {
      for (GroupCommitter node : nodes) {
        written.add(look(node, CLINIC, AuditKind.LOOK_UP, NOON.plusSeconds(round / 2)));
      }
    }
    look(nodes.getFirst(), new InstitutionCode("1398765449"), AuditKind.LOOK_UP, NOON);
    await(nodes.getFirst().commit(answered(challenge(), somebody())));
    look(nodes.getFirst(), CLINIC, AuditKind.STAFF, NOON);

    List<ReadLooks.Look> told = new ArrayList<>();
    Optional<ReadLooks.Place> place = Optional.empty();
    List<ReadLooks.Look> page;
    do {
      page = looks(new Asked(ALL.from(), ALL.before(), ALL.staff(), ALL.kind(), place), 5);
      told.addAll(page);
      place = page.isEmpty() ? place : Optional.of(page.getLast().place());
    } while (!page.isEmpty());

    assertThat(told.stream().map(each -> each.entry().entry().receipt()))
        .containsExactlyInAnyOrderElementsOf(written);
    assertThat(told.stream().map(each -> each.place().at()).toList())
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  private List<ReadLooks.Look> looks(Asked asked, int limit) {
    return await(new AuditInDatabase(database.sessions()).of(CLINIC, asked, limit));
  }

  private GroupCommitter node() {
    return database.committer(
        await(new EpochsInDatabase(database.sessions()).of(Counter.freshNode(), NOON)));
  }

  private static AuditReceipt look(
      GroupCommitter node, InstitutionCode by, AuditKind kind, Instant at) {
    Station station =
        new DeskStation(
            AuditEvent.of(
                at,
                kind,
                new Actor(by.digits(), "VIEWER", "desk-1", Digest.of(new byte[] {1}), DOCTOR),
                null,
                null,
                "VALID",
                Map.of()));
    return ((Committed.Done) await(node.commit(station))).receipt();
  }

  /**
   * Beside a hundred thousand entries of others, and of a year in which the institution itself
   * looked four thousand times, nothing is read but the page.
   */
  @Test
  void aPageIsFoundByTheIndexAloneHoweverMuchThereIs() throws SQLException {
    try (Connection owner = database.asOwner();
        Statement statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      statement.execute("select make_partition('audit_entry', date '2019-01-01')");
      statement.execute(
          """
          insert into audit_entry
          select timestamptz '2019-01-01 00:00:00Z', 'plan', 1, n, '\\x00', '\\x00',
            timestamptz '2019-01-01 00:00:00Z' + n * interval '5 minutes',
            case n %% 4 when 0 then 'READ' when 1 then 'CHECK_READ' else 'CHECK' end,
            case when n %% 25 = 0 then '%s' else lpad((n %% 200)::text, 10, '1') end,
            'VIEWER', 'desk-1', '\\x00', null, null, 'SHOWN',
            '{"staff":"' || case n %% 3 when 0 then '%s' else 'x' end || '"}'
          from generate_series(1, 100000) n
          """
              .formatted(CLINIC, DOCTOR));
      statement.execute("analyze audit_entry");
      Instant from = Instant.parse("2019-01-01T00:00:00Z");
      Instant before = Instant.parse("2020-01-01T00:00:00Z");
      Optional<ReadLooks.Place> older =
          Optional.of(
              new ReadLooks.Place(
                  Instant.parse("2019-06-01T00:00:00Z"),
                  new ChainId(new NodeId("plan"), 1),
                  1_000_000));

      for (Asked asked :
          List.of(
              new Asked(from, before, Optional.empty(), Optional.empty(), Optional.empty()),
              new Asked(from, before, Optional.empty(), Optional.empty(), older),
              new Asked(from, before, Optional.of(DOCTOR), Optional.empty(), older),
              new Asked(
                  from,
                  before,
                  Optional.of(DOCTOR),
                  Optional.of(AuditKind.READ),
                  Optional.empty()))) {
        List<String> plan = plan(statement, asked);
        // Of a few entries all are read sooner than an index.
        assertThat(plan.stream().filter(line -> line.contains(" on audit_entry_2019")))
            .as(String.join("\n", plan))
            .singleElement()
            .satisfies(read -> {
              assertThat(read).contains("Index Scan");
              assertThat(plan.get(plan.indexOf(read) + 1))
                  .contains("Index Cond: ((organisation = ");
              assertThat(rowsOf(read)).isBetween(50L, 110L);
            });
      }
      owner.rollback();
    }
  }

  private static long rowsOf(String line) {
    return (long) Double.parseDouble(line.replaceAll(".*actual rows=([0-9.]+).*", "$1"));
  }

  /** With the product's own statement. */
  private static List<String> plan(Statement statement, Asked asked) throws SQLException {
    List<Object> parameters = new ArrayList<>();
    parameters.add(CLINIC.digits());
    parameters.add(Database.time(asked.from()));
    parameters.add(Database.time(asked.before()));
    parameters.add(50);
    String sql = AuditInDatabase.looks(asked, parameters);
    statement.execute("prepare looks as " + sql);
    try (ResultSet rows =
        statement.executeQuery(
            "explain (analyze, costs off, timing off, summary off, buffers off) execute looks("
                + parameters.stream()
                    .map(each -> each instanceof Number ? each.toString() : "'" + each + "'")
                    .collect(Collectors.joining(", "))
                + ")")) {
      List<String> plan = new ArrayList<>();
      while (rows.next()) {
        plan.add(rows.getString(1));
      }
      return plan;
    } finally {
      statement.execute("deallocate looks");
    }
  }
}
