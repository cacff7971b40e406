package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.kazashi.gateway.adapter.ops.Migrations;
import jp.kazashi.simulator.world.EmbeddedPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backup and restore as docs/operations.md tells it, word by word. */
@SuppressWarnings("NullAway.Init") // the set-up sets the fields
class RestoreTest {
  private Path folder;
  private Path backup;

  @BeforeEach
  void makeRoom() throws IOException {
    folder = Files.createTempDirectory("kazashi-restore");
    backup = Files.createDirectories(folder.resolve("backup"));
    Path wal = Files.createDirectories(backup.resolve("wal"));
    // Whoever PostgreSQL runs as here writes into it.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(wal, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterEach
  void cleanUp() throws IOException {
    delete(folder);
  }

  @Test
  void whatWasCommittedBeforeDuringAndAfterTheBackupIsThereAgain() throws Exception {
    Path first = folder.resolve("first");
    archiveTheLog(first);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(first, 0)) {
      insert(postgres, "before");
      String label = backUp(first, postgres);
      Files.writeString(backup.resolve("backup_label"), label);
      insert(postgres, "after");
      awaitArchived(first, postgres);
    }
    Path second = folder.resolve("second");
    Files.createDirectories(second);
    Files.copy(first.resolve("passwords.properties"), second.resolve("passwords.properties"));
    delete(first);

    restore(second);

    try (EmbeddedPostgres restored = EmbeddedPostgres.start(second, 0)) {
      awaitOpen(second, restored);
      assertThat(codes(restored)).containsExactlyInAnyOrder("before", "during", "after");
      insert(restored, "and on");
      assertThat(codes(restored)).contains("and on");
      // Rights come back as they were: nobody edits the audit.
      assertThatThrownBy(() -> asApplication(restored, "DELETE FROM audit_entry"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
  }

  /** A schema of ours, on a server that archives: the setting needs a new start. */
  private void archiveTheLog(Path home) throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home, 0)) {
      Migrations.run(postgres.ownerUrl());
      try (Connection administrator = administrator(home, postgres)) {
        for (String setting : block("archive").lines().toList()) {
          administrator.createStatement().execute("ALTER SYSTEM SET " + setting);
        }
      }
    }
  }

  private String backUp(Path home, EmbeddedPostgres postgres) throws Exception {
    try (Connection session = administrator(home, postgres)) {
      session.createStatement().execute(block("begin"));
      insert(postgres, "during");
      ProcessBuilder copying = new ProcessBuilder("bash", "-c", block("copy")).inheritIO();
      copying.environment().put("PGDATA", home.resolve("data").toString());
      assertThat(copying.start().waitFor()).isLessThanOrEqualTo(1);
      try (ResultSet label = session.createStatement().executeQuery(block("end"))) {
        label.next();
        return label.getString(1);
      }
    }
  }

  private void awaitArchived(Path home, EmbeddedPostgres postgres) throws SQLException {
    try (Connection session = administrator(home, postgres)) {
      String last;
      try (ResultSet current =
          session.createStatement().executeQuery("SELECT pg_walfile_name(pg_current_wal_lsn())")) {
        current.next();
        last = current.getString(1);
      }
      session.createStatement().execute("SELECT pg_switch_wal()");
      Management.await("archived", () -> Files.exists(backup.resolve("wal").resolve(last)));
    }
  }

  /** While it replays the log it can be read already, but is not open yet. */
  private static void awaitOpen(Path home, EmbeddedPostgres postgres) {
    Management.await(
        "open",
        () -> {
          try (Connection session = administrator(home, postgres);
              ResultSet recovering =
                  session.createStatement().executeQuery("SELECT pg_is_in_recovery()")) {
            return recovering.next() && !recovering.getBoolean(1);
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
        });
  }

  private void restore(Path home) throws Exception {
    Path data = Files.createDirectories(home.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    Process unpacking =
        new ProcessBuilder(
                "tar", "-xf", backup.resolve("base.tar").toString(), "-C", data.toString())
            .inheritIO()
            .start();
    assertThat(unpacking.waitFor()).isZero();
    Files.copy(
        backup.resolve("backup_label"),
        data.resolve("backup_label"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.createFile(data.resolve("recovery.signal"));
    Files.writeString(
        data.resolve("postgresql.auto.conf"), block("restore") + "\n", StandardOpenOption.APPEND);
    // As the owner PostgreSQL will run as: what was just made here is still ours.
    Object owner = Files.getAttribute(data.resolve("PG_VERSION"), "unix:uid");
    run(List.of("chown", "-R", String.valueOf(owner), data.toString()));
  }

  private static void run(List<String> command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static void insert(EmbeddedPostgres postgres, String code) throws SQLException {
    try (Connection owner = connect(postgres.ownerUrl());
        var insert =
            owner.prepareStatement(
                "INSERT INTO person (id, code, recorded_at) VALUES (gen_random_uuid(), ?,"
                    + " timestamptz '2026-11-27 00:00Z')")) {
      insert.setString(1, code);
      insert.execute();
    }
  }

  private static List<String> codes(EmbeddedPostgres postgres) throws SQLException {
    try (Connection owner = connect(postgres.ownerUrl());
        ResultSet found =
            owner.createStatement().executeQuery("SELECT string_agg(code, ',') FROM person")) {
      found.next();
      return List.of(found.getString(1).split(",", -1));
    }
  }

  private static void asApplication(EmbeddedPostgres postgres, String statement)
      throws SQLException {
    try (Connection application = connect(postgres.appUrl())) {
      application.createStatement().execute(statement);
    }
  }

  private static Connection connect(String url) throws SQLException {
    URI address = URI.create(url);
    String[] user = address.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + address.getPort() + address.getPath(), user[0], user[1]);
  }

  private static Connection administrator(Path home, EmbeddedPostgres postgres)
      throws SQLException {
    Properties passwords = new Properties();
    try (var reader = Files.newBufferedReader(home.resolve("passwords.properties"))) {
      passwords.load(reader);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres",
        "postgres",
        passwords.getProperty("administrator"));
  }

  /** The one code block of the document under this name, for this test's folder. */
  private String block(String name) throws IOException {
    String document =
        Files.readString(Path.of(System.getProperty("kazashi.root"), "docs", "operations.md"));
    Matcher found =
        Pattern.compile(
                "<!-- %s -->\n```[a-z]+\n(.*?)\n```\n<!-- /%s -->".formatted(name, name),
                Pattern.DOTALL)
            .matcher(document);
    assertThat(found.find()).as(name).isTrue();
    return found.group(1).replace("/backup/", backup + "/");
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
