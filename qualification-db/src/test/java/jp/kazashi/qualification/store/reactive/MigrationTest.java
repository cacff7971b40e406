package jp.kazashi.qualification.store.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import jp.kazashi.simulator.world.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of an earlier version with data in it becomes one of this version. */
class MigrationTest {
  @Test
  void aDatabaseOfVersion1KeepsItsDataAndItsPartitions(@TempDir Path folder) throws SQLException {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder, 0)) {
      migratesFromVersion1(RealDatabase.Running.ownerJdbc(server));
    }
  }

  private static void migratesFromVersion1(String url) throws SQLException {
    migrate(url, "1");
    try (Connection owner = DriverManager.getConnection(url);
        Statement statement = owner.createStatement()) {
      statement.execute("set timezone = 'Asia/Tokyo'");
      statement.execute("select make_partition('medication', date '2025-05-01')");
      statement.execute("select make_partition('audit_entry', date '2026-05-01')");
      statement.execute(
          """
          insert into person values
            ('00000000-0000-4000-8000-000000000001', 'P-old', true, false, now());
          insert into qualification (id, person_id, kind, payer, payer_name, number, search_key,
            relationship, name, birth_date, sex, valid_from, recorded_from)
          values ('00000000-0000-4000-8000-000000000101', '00000000-0000-4000-8000-000000000001',
            'MEDICAL_AID', '12130015', 'x', '1234566', '/1234566', 'PERSON', '山田 花子',
            '1985-04-03', 'FEMALE', '2026-04-01', now());
          insert into holder_link values
            ('link', '00000000-0000-4000-8000-000000000001', now(), null);
          insert into medication (id, month, person_id, source, day, facility, facility_name, code,
            name, quantity, unit, days)
          values ('00000000-0000-4000-8000-000000000201', '2025-05-01',
            '00000000-0000-4000-8000-000000000001', 'RECEIPT', '2025-05-03', '1312345670', 'x',
            '610406079', 'x', 1, 'x', 1);
          """);
    }

    migrate(url, "latest");

    try (Connection owner = DriverManager.getConnection(url);
        Statement statement = owner.createStatement()) {
      assertThat(one(statement, "select card_class from qualification")).isEqualTo("MEDICAL_AID");
      assertThat(
              one(
                  statement,
                  "select first || ' ' || next from stored_partition where child ="
                      + " 'medication_202501'"))
          .isEqualTo("2025-01-01 2026-01-01");
      // An old year is there: the day has its partition; the next year has quarters.
      statement.execute("select make_partition('medication', date '2025-11-01')");
      statement.execute("select make_partition('medication', date '2026-01-01')");
      assertThat(
              one(
                  statement,
                  "select string_agg(child, ' ' order by child) from stored_partition"
                      + " where parent = 'medication'"))
          .isEqualTo("medication_202501 medication_202601");
      // A node of the version before writes on.
      statement.execute(
          """
          insert into medication (id, month, person_id, source, day, facility, facility_name, code,
            name, quantity, unit, days)
          values ('00000000-0000-4000-8000-000000000202', '2025-06-01',
            '00000000-0000-4000-8000-000000000001', 'RECEIPT', '2025-06-03', '1312345670', 'x',
            '610406079', 'x', 1, 'x', 1)
          """);
      assertThat(one(statement, "select count(*) from medication")).isEqualTo("2");
      assertThat(one(statement, "select undisclosed from person")).isEqualTo("t");
    }
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private static void migrate(String url, String target) {
    Flyway.configure().dataSource(url, null, null).target(target).load().migrate();
  }
}
