package jp.kazashi.simulator.world;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jp.kazashi.simulator.pki.PrivateFile;

/**
 * A real PostgreSQL of our own: durable, on loopback only, with random passwords, ended with this
 * process. The database {@code kazashi} belongs to the role {@code kazashi}, which runs the
 * migrations; the application logs in as {@code kazashi_gateway}, which owns nothing and has what
 * the group {@code kazashi_app} was granted.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final String DATABASE = "kazashi";
  private static final long READY_WITHIN_MILLIS = 60_000;

  private final Path data;
  private final int port;
  private final Passwords passwords;
  private final Tether.Tied server;
  private final Optional<Tether> ownTether;

  private EmbeddedPostgres(
      Path data, int port, Passwords passwords, Tether.Tied server, Optional<Tether> ownTether) {
    this.data = data;
    this.port = port;
    this.passwords = passwords;
    this.server = server;
    this.ownTether = ownTether;
  }

  /** What it is to hold: for a large population it gets more memory and fewer checkpoints. */
  public enum Size {
    SMALL("shared_buffers=128MB"),
    LARGE(
        "shared_buffers=1GB max_wal_size=6GB checkpoint_timeout=15min maintenance_work_mem=256MB"),
    /** Everybody's link, person and qualifications fit into memory: a check reads nothing else. */
    HUGE("shared_buffers=3GB max_wal_size=6GB checkpoint_timeout=15min maintenance_work_mem=256MB");

    private final String settings;

    Size(String settings) {
      this.settings = settings;
    }

    public static Size of(int people) {
      return people < 50_000 ? SMALL : people < 500_000 ? LARGE : HUGE;
    }
  }

  /** For tests: starts on a folder, which keeps the data; port 0 takes a free one. */
  public static EmbeddedPostgres start(Path folder, int port) {
    return start(folder, port, Size.SMALL);
  }

  public static EmbeddedPostgres start(Path folder, int port, Size size) {
    Tether tether = Tether.ofThisMachine();
    try {
      EmbeddedPostgres started =
          start(
              EmbeddedPrograms.besides(folder),
              folder,
              port,
              size,
              folder.resolve("server.log"),
              tether,
              PostgresUser::choose);
      return new EmbeddedPostgres(
          started.data, started.port, started.passwords, started.server, Optional.of(tether));
    } catch (RuntimeException failed) {
      tether.close();
      throw failed;
    }
  }

  /** Starts and returns when connections are accepted. */
  public static EmbeddedPostgres start(
      EmbeddedPrograms programs, Path folder, int port, Size size, Path log, Tether tether) {
    return start(programs, folder, port, size, log, tether, PostgresUser::choose);
  }

  /** As whom these programs are to run on this data. */
  interface ChooseUser {
    PostgresUser user(Path programs, Path data);
  }

  static EmbeddedPostgres start(
      EmbeddedPrograms programs,
      Path folder,
      int port,
      Size size,
      Path log,
      Tether tether,
      ChooseUser choose) {
    Path home = folder.toAbsolutePath();
    Path program = programs.postgres();
    Path data = home.resolve("data");
    try {
      PrivateFile.createFolder(home);
      // Another user may pass through to the data, which will be its own, and see nothing else.
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
      Passwords passwords = Passwords.of(home.resolve("passwords.properties"), data);
      if (!Files.exists(data)) {
        initialise(program, home, data, passwords, choose, log);
      }
      waitForPredecessor(data);
      PostgresUser user = choose.user(program, data);
      int listening = port == 0 ? freePort() : port;
      Tether.Tied server =
          tether.start(
              new Tether.Start(
                  user.prefix(),
                  serverCommand(program, data, listening, size),
                  Map.of("TZ", "UTC", "LC_ALL", "C"),
                  home,
                  log,
                  Tether.LastSignal.QUIT,
                  Tether.Input.NOTHING));
      waitUntilReady(server, data, log);
      return new EmbeddedPostgres(data, listening, passwords, server, Optional.empty());
    } catch (IOException failed) {
      throw new WorldTrouble("Cannot start PostgreSQL in " + home + ": " + failed, failed);
    }
  }

  /** As the role that owns the tables: for migrations. */
  public String ownerUrl() {
    return url("kazashi", passwords.owner());
  }

  /** As the application: owns nothing. */
  public String appUrl() {
    return url("kazashi_gateway", passwords.app());
  }

  public int port() {
    return port;
  }

  /** The postmaster's own process id. */
  public long pid() {
    return server.pid();
  }

  /** Completes when the server has ended, for whatever reason. */
  public CompletableFuture<Integer> ended() {
    return server.ended();
  }

  /** Fast shutdown: sessions are ended, everything committed is kept. */
  @Override
  public void close() {
    server.stop("INT", 20_000);
    ownTether.ifPresent(Tether::close);
  }

  /**
   * Copies the running server's data, so that a server started on the copy has everything that was
   * committed by now (PostgreSQL 18, 25.3.3: base backup by the low-level API).
   */
  void backUp(Path target) throws IOException, SQLException {
    try (Connection administrator =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port),
                "postgres",
                passwords.administrator());
        Statement statement = administrator.createStatement()) {
      // Holds the log since now: a checkpoint would recycle what the copy has to replay.
      statement.execute("SELECT pg_create_physical_replication_slot('kazashi_image', true, true)");
      statement.execute("SELECT pg_backup_start('kazashi image', true)");
      FolderCopy.copy(data, target, EmbeddedPostgres::belongsToCopy);
      try (ResultSet label =
          statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
        label.next();
        Files.writeString(target.resolve("backup_label"), label.getString(1));
      }
      FolderCopy.copy(data.resolve("pg_wal"), target.resolve("pg_wal"), any -> true);
    }
  }

  /** Not what belongs to the running server alone; of some folders only the folder. */
  private static boolean belongsToCopy(Path inData) {
    String first = inData.getName(0).toString();
    return switch (first) {
      case "postmaster.pid", "postmaster.opts" -> false;
      case "pg_wal",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans" ->
          inData.getNameCount() == 1;
      default -> true;
    };
  }

  private String url(String role, String password) {
    return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(role, password, port, DATABASE);
  }

  private static List<String> serverCommand(Path program, Path data, int port, Size size) {
    List<String> command =
        new ArrayList<>(List.of(program.resolve("bin/postgres").toString(), "-D", data.toString()));
    for (String setting :
        List.of(
            "port=" + port,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            // Durable, and said so: what was answered must survive a power cut.
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "max_connections=100",
            "timezone=UTC",
            "log_timezone=UTC",
            "logging_collector=off",
            // No statement, key or parameter value of a person may reach the log.
            "log_statement=none",
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
            "log_parameter_max_length=0",
            "log_parameter_max_length_on_error=0")) {
      command.add("-c");
      command.add(setting);
    }
    for (String setting : size.settings.split(" ", -1)) {
      command.add("-c");
      command.add(setting);
    }
    return command;
  }

  /** Makes the cluster aside; it appears under its name only when complete with its roles. */
  private static void initialise(
      Path program, Path home, Path data, Passwords passwords, ChooseUser choose, Path log)
      throws IOException {
    Path aside = home.resolve("data.part");
    EmbeddedPrograms.delete(aside);
    PrivateFile.createFolder(aside);
    PostgresUser user = choose.user(program, aside);
    // The folder must be empty for initdb and the file readable by whoever runs it.
    Path passwordFolder = home.resolve("password.part");
    EmbeddedPrograms.delete(passwordFolder);
    PrivateFile.createFolder(passwordFolder);
    Path passwordFile = passwordFolder.resolve("password");
    Files.writeString(passwordFile, passwords.administrator() + "\n");
    user.own(passwordFolder);
    try {
      run(
          user.run(
              List.of(
                  program.resolve("bin/initdb").toString(),
                  "-D",
                  aside.toString(),
                  "--username=postgres",
                  "--pwfile=" + passwordFile,
                  "--auth=scram-sha-256",
                  "--encoding=UTF8",
                  "--locale-provider=builtin",
                  "--locale=C.UTF-8")),
          "",
          home,
          log);
    } finally {
      EmbeddedPrograms.delete(passwordFolder);
    }
    run(
        user.run(
            List.of(
                program.resolve("bin/postgres").toString(),
                "--single",
                "-D",
                aside.toString(),
                "-c",
                "log_min_error_statement=panic",
                "postgres")),
        rolesAndDatabase(passwords),
        home,
        log);
    Files.move(aside, data, StandardCopyOption.ATOMIC_MOVE);
  }

  /** One statement a line, as the single-user server reads them. */
  private static String rolesAndDatabase(Passwords passwords) {
    return """
    CREATE ROLE kazashi_app NOLOGIN
    CREATE ROLE kazashi LOGIN PASSWORD '%s'
    CREATE ROLE kazashi_gateway LOGIN PASSWORD '%s' IN ROLE kazashi_app
    CREATE DATABASE kazashi OWNER kazashi
    REVOKE ALL ON DATABASE kazashi FROM PUBLIC
    GRANT CONNECT ON DATABASE kazashi TO kazashi_app
    GRANT kazashi_app TO kazashi
    """
        .formatted(passwords.owner(), passwords.app());
  }

  private static void run(List<String> command, String input, Path folder, Path log)
      throws IOException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
      stdin.write(input);
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Files.writeString(log, said, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    try {
      int code = process.waitFor();
      // The single-user server goes on after an error and ends with 0.
      if (code != 0 || said.contains("ERROR:") || said.contains("FATAL:")) {
        throw new WorldTrouble("PostgreSQL cannot be prepared in " + folder + "; see " + log + ".");
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new WorldTrouble("Interrupted while preparing PostgreSQL.", stopped);
    }
  }

  /** A server of an earlier world may still be leaving this folder. */
  private static void waitForPredecessor(Path data) throws IOException {
    Optional<ProcessHandle> predecessor = postmaster(data).flatMap(ProcessHandle::of);
    if (predecessor.isEmpty() || !isPostgresOn(predecessor.get(), data)) {
      return;
    }
    if (!Tether.endsWithin(predecessor.get(), 10_000)) {
      throw new WorldTrouble(
          "Another PostgreSQL, process %d, still runs on %s. End it with: kill %d"
              .formatted(predecessor.get().pid(), data, predecessor.get().pid()));
    }
  }

  private static Optional<Long> postmaster(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String first = Files.readString(file).lines().findFirst().orElse("").strip();
    return first.matches("\\d{1,10}") ? Optional.of(Long.parseLong(first)) : Optional.empty();
  }

  private static boolean isPostgresOn(ProcessHandle process, Path data) {
    Path commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    if (!Files.isReadable(commandLine)) {
      return process.isAlive()
          && process.info().command().map(name -> name.endsWith("postgres")).orElse(false);
    }
    try {
      return Files.readString(commandLine, StandardCharsets.ISO_8859_1)
          .contains(
              new String(
                  data.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    } catch (IOException gone) {
      return false;
    }
  }

  /** PostgreSQL writes "ready" into the eighth line of its pid file. */
  private static void waitUntilReady(Tether.Tied server, Path data, Path log) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_WITHIN_MILLIS);
    while (!isReady(data, server.pid())) {
      try {
        if (server.process().waitFor(10, TimeUnit.MILLISECONDS)) {
          throw new WorldTrouble("PostgreSQL ended while starting; see " + log + ".");
        }
      } catch (InterruptedException stopped) {
        server.process().destroy();
        Thread.currentThread().interrupt();
        throw new WorldTrouble("Interrupted while starting PostgreSQL.", stopped);
      }
      if (System.nanoTime() > deadline) {
        server.stop("QUIT", 5_000);
        throw new WorldTrouble("PostgreSQL was not ready within a minute; see " + log + ".");
      }
    }
  }

  private static boolean isReady(Path data, long pid) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return false;
    }
    List<String> lines = Files.readString(file).lines().map(String::strip).toList();
    return lines.size() >= 8
        && lines.getFirst().equals(Long.toString(pid))
        && lines.get(7).equals("ready");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** Made once, kept beside the data, readable by the owner only. */
  private record Passwords(String administrator, String owner, String app) {
    static Passwords of(Path file, Path data) throws IOException {
      if (Files.exists(file)) {
        Properties kept = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
          kept.load(reader);
        }
        return new Passwords(
            known(kept, "administrator", file),
            known(kept, "owner", file),
            known(kept, "app", file));
      }
      if (Files.exists(data)) {
        throw new WorldTrouble(
            "The passwords of the database are missing ("
                + file
                + "): restore that file, or start"
                + " anew with ./kazashi up --fresh.");
      }
      Passwords made = new Passwords(Secret.word(), Secret.word(), Secret.word());
      PrivateFile.write(
          file,
          "administrator=%s\nowner=%s\napp=%s\n"
              .formatted(made.administrator, made.owner, made.app));
      return made;
    }

    private static String known(Properties kept, String key, Path file) {
      String value = kept.getProperty(key);
      if (value == null) {
        throw new WorldTrouble(
            file + " has no " + key + ": restore it, or start anew with ./kazashi up --fresh.");
      }
      return value;
    }
  }
}
