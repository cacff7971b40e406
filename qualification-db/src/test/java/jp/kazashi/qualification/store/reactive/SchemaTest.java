package jp.kazashi.qualification.store.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import jp.kazashi.qualification.store.reactive.RealDatabase.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RealDatabase.class)
class SchemaTest {
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String EXCLUDED = "23P01";

  private final Running database;

  SchemaTest(Running database) {
    this.database = database;
  }

  @ParameterizedTest
  @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
  void whatIsCommittedSurvivesAPowerCut(String setting) throws SQLException {
    assertThat(asked("show " + setting)).containsExactly("on");
  }

  @Test
  void theApplicationOwnsNothing() throws SQLException {
    assertThat(
            asked(
                """
                select c.relname from pg_class c
                where c.relowner in (select oid from pg_roles where pg_has_role(current_user, oid, 'usage'))
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "audit_entry, outcome",
    "audit_epoch, closed_number",
    "consent_ledger, granted",
    "evidence, content",
    "check_evidence, kind",
    "eligibility_check, reason",
    "spent_challenge, check_id",
    "intake_line, digest",
    "medication, name",
    "qualification, name",
    "medical_ticket, issue_number",
    "care, name",
    "surgery, name",
    "checkup, items",
    "withdrawal, category",
    "feed_batch, batch",
    "feed_piece, digests",
    "audit_seal, root",
    "audit_witness, hash",
    "spent_pass, check_id",
    "reconciliation, outcome",
    "stored_partition, child"
  })
  void theApplicationCannotRewriteWhatWasWritten(String table, String column) {
    refused("update " + table + " set " + column + " = " + column);
    refused("delete from " + table);
    refused("truncate " + table);
    refused("drop table " + table);
    refused("alter table " + table + " add column more text");
  }

  @Test
  void theApplicationCannotRewriteAPartitionOfTheAuditEither() throws SQLException {
    try (Connection connection = database.asApplication();
        Statement statement = connection.createStatement()) {
      statement.execute("select make_partition('audit_entry', date '2031-05-01')");
    }
    refused("update audit_entry_203101 set outcome = ''");
    refused("delete from audit_entry_203101");
  }

  @Test
  void theApplicationCannotGiveItselfMore() throws SQLException {
    try (Connection connection = database.asApplication();
        Statement statement = connection.createStatement()) {
      // PostgreSQL only warns, and grants nothing.
      statement.execute("grant update on audit_entry to kazashi_app");
    }
    refused("update audit_entry set outcome = outcome");
    refused("create table own (id integer)");
    refused("set role kazashi");
  }

  @Test
  void aPartitionIsMadeOnceAndOnlyOfWhatIsPartitioned() throws SQLException {
    try (Connection connection = database.asApplication();
        Statement statement = connection.createStatement()) {
      statement.execute("select make_partition('medication', date '2019-12-31')");
      statement.execute("select make_partition('medication', date '2019-10-01')");
      assertThatThrownBy(() -> statement.execute("select make_partition('person', now()::date)"))
          .hasMessageContaining("No partitions are kept of person");
    }
    assertThat(
            asked(
                """
                select pg_get_expr(relpartbound, oid) from pg_class
                where relname = 'medication_201910'
                """))
        .containsExactly("FOR VALUES FROM ('2019-10-01') TO ('2020-01-01')");
  }

  @Test
  void nobodyIsCoveredTwiceByOneKindOnOneDay() throws SQLException {
    try (Connection connection = database.asApplication();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "insert into person values"
              + " ('00000000-0000-4000-8000-000000000001', 'P-schema', false, false, now())");
      statement.execute(qualification("1", "2026-01-01", "'2026-03-31'", "2026-01-01", "null"));
      statement.execute(qualification("2", "2026-04-01", "null", "2026-01-01", "null"));
      // What is no longer believed may overlap what is.
      statement.execute(
          qualification("3", "2026-03-01", "null", "2025-12-01", "'2026-01-01T00:00:00Z'"));
      assertThatThrownBy(() ->
              statement.execute(
                  qualification("4", "2026-03-31", "'2026-03-31'", "2026-02-01", "null")))
          .isInstanceOfSatisfying(
              SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo(EXCLUDED));
      connection.rollback();
    }
  }

  private static String qualification(
      String id, String from, String to, String recordedFrom, String recordedTo) {
    return """
    insert into qualification (id, person_id, kind, payer, payer_name, number, search_key,
      relationship, name, birth_date, sex, valid_from, valid_to, recorded_from, recorded_to)
    values ('00000000-0000-4000-8000-00000000010%s', '00000000-0000-4000-8000-000000000001',
      'MEDICAL_INSURANCE', '06130012', 'x', '1', '/1', 'PERSON', 'x', '1985-04-03', 'FEMALE',
      '%s', %s, '%sT00:00:00Z', %s)
    """
        .formatted(id, from, to, recordedFrom, recordedTo);
  }

  private List<String> asked(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.asApplication();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  private void refused(String sql) {
    assertThatThrownBy(
            () -> {
              try (Connection connection = database.asApplication();
                  Statement statement = connection.createStatement()) {
                statement.execute(sql);
              }
            })
        .as(sql)
        .isInstanceOfSatisfying(
            SQLException.class,
            refused -> assertThat(refused.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
  }
}
