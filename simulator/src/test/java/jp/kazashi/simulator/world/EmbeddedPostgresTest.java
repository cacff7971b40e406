package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddedPostgresTest {
  @TempDir static Path sharedFolder;
  private static EmbeddedPostgres shared;

  @TempDir Path folder;

  @BeforeAll
  static void startTheShared() {
    shared = EmbeddedPostgres.start(sharedFolder, 0);
  }

  @AfterAll
  static void stopTheShared() {
    shared.close();
  }

  @Test
  void whatWasCommittedIsDurableBySettingNotByHope() throws Exception {
    try (Connection owner = connect(shared.ownerUrl())) {
      assertThat(value(owner, "SHOW fsync")).isEqualTo("on");
      assertThat(value(owner, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(value(owner, "SHOW full_page_writes")).isEqualTo("on");
      assertThat(value(owner, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(value(owner, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(value(owner, "SHOW server_version")).startsWith("18.");
    }
  }

  @Test
  void theDataAndThePasswordsSurviveARestart() throws Exception {
    String password;
    try (var postgres = EmbeddedPostgres.start(folder, 0)) {
      password = URI.create(postgres.ownerUrl()).getUserInfo();
      try (Connection owner = connect(postgres.ownerUrl())) {
        run(owner, "CREATE TABLE kept (word text)");
        run(owner, "INSERT INTO kept VALUES ('かざし')");
      }
    }
    try (var postgres = EmbeddedPostgres.start(folder, 0);
        Connection owner = connect(postgres.ownerUrl())) {
      assertThat(value(owner, "SELECT word FROM kept")).isEqualTo("かざし");
      assertThat(URI.create(postgres.ownerUrl()).getUserInfo()).isEqualTo(password);
    }
  }

  @Test
  void theDataSurvivesASuddenEndOfTheServer() throws Exception {
    try (var postgres = EmbeddedPostgres.start(folder, 0)) {
      try (Connection owner = connect(postgres.ownerUrl())) {
        run(owner, "CREATE TABLE kept (word text)");
        run(owner, "INSERT INTO kept VALUES ('committed')");
      }
      ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
      postgres.ended().get(30, TimeUnit.SECONDS);
    }
    try (var postgres = EmbeddedPostgres.start(folder, 0);
        Connection owner = connect(postgres.ownerUrl())) {
      assertThat(value(owner, "SELECT word FROM kept")).isEqualTo("committed");
    }
  }

  @Test
  void theApplicationOwnsNothingAndIsInTheGroupThatIsGranted() throws Exception {
    try (Connection owner = connect(shared.ownerUrl());
        Connection app = connect(shared.appUrl())) {
      run(owner, "CREATE TABLE audit (entry text)");
      run(owner, "GRANT SELECT, INSERT ON audit TO kazashi_app");

      run(app, "INSERT INTO audit VALUES ('written')");

      assertThat(value(app, "SELECT current_user")).isEqualTo("kazashi_gateway");
      assertThat(value(app, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
          .isEqualTo("f");
      assertThatThrownBy(() -> run(app, "DELETE FROM audit")).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> run(app, "CREATE TABLE mine (x int)"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aStrangerWithoutThePasswordIsRefused() {
    String guess = "postgresql://kazashi:kazashi@127.0.0.1:" + shared.port() + "/kazashi";
    assertThatThrownBy(() -> connect(guess).close())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void halfAnInitialisationIsDoneAgain() throws Exception {
    Files.createDirectories(folder.resolve("data.part"));
    Files.writeString(folder.resolve("data.part/PG_VERSION"), "18");
    try (var postgres = EmbeddedPostgres.start(folder, 0);
        Connection owner = connect(postgres.ownerUrl())) {
      assertThat(value(owner, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void closingLeavesNoProcessAndOnlyPrivateFiles() throws Exception {
    long pid;
    try (var postgres = EmbeddedPostgres.start(folder, 0)) {
      pid = postgres.pid();
      assertThat(ProcessHandle.of(pid)).isPresent();
    }
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(Files.getPosixFilePermissions(folder.resolve("passwords.properties")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @ParameterizedTest
  @EnumSource(PostgresUser.class)
  void asRootItRunsAsSomebodyElseEvenUnderAClosedFolder(PostgresUser user) throws Exception {
    boolean root = Tether.run("id", "-u").strip().equals("0");
    assumeThat(user != PostgresUser.ITSELF).isEqualTo(root);
    // Where a closed home keeps another user out, only the one with reach can work.
    Files.setPosixFilePermissions(
        folder,
        PosixFilePermissions.fromString(user == PostgresUser.NOBODY ? "rwxr-xr-x" : "rwx------"));
    Path unpacked = EmbeddedPrograms.besides(folder).postgres();
    Path below = Files.createDirectory(folder.resolve("programs"));
    Tether.run("cp", "-a", unpacked.toString(), below.toString());
    Tether tether = Tether.ofThisMachine();
    try (tether;
        var postgres =
            EmbeddedPostgres.start(
                new EmbeddedPrograms(below),
                folder.resolve("postgres"),
                0,
                EmbeddedPostgres.Size.SMALL,
                folder.resolve("postgres.log"),
                tether,
                (programs, data) -> user.owning(data));
        Connection owner = connect(postgres.ownerUrl())) {
      assertThat(value(owner, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void anErrorOfTheApplicationLeavesNoValueInTheLog() throws Exception {
    try (Connection owner = connect(shared.ownerUrl())) {
      run(owner, "CREATE TABLE person (name text PRIMARY KEY)");
      run(owner, "INSERT INTO person VALUES ('山田花子')");
      assertThatThrownBy(() -> run(owner, "INSERT INTO person VALUES ('山田花子')"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(sharedFolder.resolve("server.log")).content().doesNotContain("山田");
  }

  private static Connection connect(String url) throws SQLException {
    URI uri = URI.create(url);
    String[] login = uri.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d%s".formatted(uri.getHost(), uri.getPort(), uri.getPath()),
        login[0],
        login[1]);
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  @Test
  void aCopyOfARunningServerHasWhatWasCommittedByThen(@TempDir Path folder) throws Exception {
    Path second = folder.resolve("second");
    try (var postgres = EmbeddedPostgres.start(folder.resolve("first"), 0);
        Connection owner = connect(postgres.ownerUrl())) {
      owner.createStatement().execute("CREATE TABLE kept AS SELECT generate_series(1, 50000) n");
      Files.createDirectories(second);
      Files.copy(
          folder.resolve("first/passwords.properties"), second.resolve("passwords.properties"));
      postgres.backUp(second.resolve("data"));
      owner.createStatement().execute("INSERT INTO kept VALUES (0)");
    }
    try (var postgres = EmbeddedPostgres.start(second, 0);
        Connection owner = connect(postgres.ownerUrl())) {
      assertThat(value(owner, "SELECT count(*) || ' ' || min(n) FROM kept")).isEqualTo("50000 1");
    }
  }
}
