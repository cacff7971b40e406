package jp.kazashi.load.store;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.persistence.Entity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import jp.kazashi.qualification.store.reactive.CoverageInDatabase;
import jp.kazashi.simulator.world.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.jdbc.internal.Formatter;
import org.hibernate.engine.jdbc.spi.SqlExceptionHelper;
import org.hibernate.engine.jdbc.spi.SqlStatementLogger;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.pool.ReactiveConnectionPool;
import org.hibernate.reactive.pool.impl.ExternalSqlClientPool;
import org.hibernate.reactive.provider.ReactiveServiceRegistryBuilder;
import org.hibernate.reactive.vertx.VertxInstance;
import org.hibernate.reactive.vertx.impl.ProvidedVertxInstance;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL with the migrations applied, one reactive pool, and Hibernate Reactive on that same
 * pool; the last SQL it sent can be asked for.
 */
final class BenchDatabase implements AutoCloseable {
  static final int CONNECTIONS = 8;

  private final EmbeddedPostgres server;
  private final Vertx vertx;
  private final Pool pool;
  private final Mutiny.SessionFactory sessions;
  private final AtomicReference<@Nullable String> lastSql;

  private BenchDatabase(
      EmbeddedPostgres server,
      Vertx vertx,
      Pool pool,
      Mutiny.SessionFactory sessions,
      AtomicReference<@Nullable String> lastSql) {
    this.server = server;
    this.vertx = vertx;
    this.pool = pool;
    this.sessions = sessions;
    this.lastSql = lastSql;
  }

  static BenchDatabase start(Path folder, int people) {
    EmbeddedPostgres server = EmbeddedPostgres.start(folder, 0, EmbeddedPostgres.Size.of(people));
    URI owner = URI.create(server.ownerUrl());
    Flyway.configure().dataSource(jdbc(owner), user(owner), word(owner)).load().migrate();
    Vertx vertx = Vertx.vertx();
    URI app = URI.create(server.appUrl());
    Pool pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(CONNECTIONS))
            .connectingTo(
                new PgConnectOptions()
                    .setHost(app.getHost())
                    .setPort(app.getPort())
                    .setDatabase("kazashi")
                    .setUser(user(app))
                    .setPassword(word(app))
                    .setCachePreparedStatements(true)
                    .setPipeliningLimit(1))
            .using(vertx)
            .build();
    AtomicReference<@Nullable String> lastSql = new AtomicReference<>();
    return new BenchDatabase(server, vertx, pool, sessions(vertx, pool, lastSql), lastSql);
  }

  Pool pool() {
    return pool;
  }

  Vertx vertx() {
    return vertx;
  }

  Mutiny.SessionFactory sessions() {
    return sessions;
  }

  String lastSql() {
    String sql = lastSql.get();
    if (sql == null) {
      throw new IllegalStateException("Nothing was asked yet");
    }
    return sql;
  }

  Connection asApplication() throws SQLException {
    return connect(server.appUrl());
  }

  Connection asOwner() throws SQLException {
    return connect(server.ownerUrl());
  }

  /** What the planner and visibility know after a load; a server would do it by and by. */
  void settle() throws SQLException {
    try (Connection owner = asOwner();
        Statement statement = owner.createStatement()) {
      statement.execute("VACUUM ANALYZE");
      statement.execute("CHECKPOINT");
    } catch (SQLException notAllowed) {
      if (!"42501".equals(notAllowed.getSQLState())) {
        throw notAllowed;
      }
    }
  }

  /** Links a holder to everyone who has none yet, as if all had registered. */
  void linkEverybody() throws SQLException {
    try (Connection application = asApplication();
        Statement statement = application.createStatement()) {
      statement.execute(
          """
          INSERT INTO holder_link (opaque, person_id, registered_at)
          SELECT 'bench-' || substr(code, 2)::integer, id, recorded_at FROM person
          ON CONFLICT DO NOTHING
          """);
    }
  }

  /** As after a day's work: whatever a check reads of anybody was read before. */
  void readEverybodyOnce() throws SQLException {
    try (Connection owner = asOwner();
        Statement statement = owner.createStatement()) {
      statement.execute(
          """
          SET enable_seqscan = off;
          SET enable_hashjoin = off;
          SET enable_mergejoin = off;
          SELECT sum(length(p.code)), sum(length(q.number))
          FROM holder_link l
          JOIN person p ON p.id = l.person_id
          LEFT JOIN qualification q ON q.person_id = l.person_id AND q.recorded_to IS NULL
          WHERE l.opaque > ' '
          """);
    }
  }

  static String holder(int person) {
    return "bench-" + person;
  }

  /** The store's own keys of the people, by their index. */
  UUID[] people(int count) throws SQLException {
    UUID[] ids = new UUID[count];
    try (Connection owner = asOwner();
        Statement statement = owner.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT substr(code, 2)::integer, id FROM person")) {
      while (result.next()) {
        if (result.getInt(1) < count) {
          ids[result.getInt(1)] = result.getObject(2, UUID.class);
        }
      }
    }
    return ids;
  }

  long number(String sql) throws SQLException {
    try (Connection owner = asOwner();
        Statement statement = owner.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  @Override
  public void close() {
    sessions.close();
    pool.close();
    vertx.close();
    server.close();
  }

  private static Mutiny.SessionFactory sessions(
      Vertx vertx, Pool pool, AtomicReference<@Nullable String> lastSql) {
    Configuration configuration =
        new Configuration()
            .setProperty("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect")
            .setProperty("hibernate.boot.allow_jdbc_metadata_access", "false");
    entities().forEach(configuration::addAnnotatedClass);
    return configuration
        .buildSessionFactory(
            new ReactiveServiceRegistryBuilder()
                .applySettings(configuration.getProperties())
                // Its own event loops would hand every answer over to another thread.
                .addService(VertxInstance.class, new ProvidedVertxInstance(vertx))
                .addService(
                    ReactiveConnectionPool.class,
                    new ExternalSqlClientPool(
                        pool, new Listening(lastSql), new SqlExceptionHelper(false)))
                .build())
        .unwrap(Mutiny.SessionFactory.class);
  }

  /** Hears each statement as it is sent, in PostgreSQL's own form. */
  private static final class Listening extends SqlStatementLogger {
    private final AtomicReference<@Nullable String> last;

    Listening(AtomicReference<@Nullable String> last) {
      super(false, false);
      this.last = last;
    }

    @Override
    public void logStatement(String statement, Formatter formatter) {
      last.set(statement);
    }
  }

  /** The store's rows are its own business: whatever is an entity there. */
  private static List<Class<?>> entities() {
    String inside = CoverageInDatabase.class.getPackageName().replace('.', '/');
    try {
      Path code =
          Path.of(
              CoverageInDatabase.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(code)) {
        return entitiesIn(code.resolve(inside));
      }
      try (FileSystem jar = FileSystems.newFileSystem(code)) {
        return entitiesIn(jar.getPath(inside));
      }
    } catch (IOException | java.net.URISyntaxException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static List<Class<?>> entitiesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Row.class") && !name.contains("$"))
          .sorted()
          .<Class<?>>map(name -> named(name.substring(0, name.length() - 6)))
          .filter(type -> type.isAnnotationPresent(Entity.class))
          .toList();
    }
  }

  private static Class<?> named(String simple) {
    try {
      return Class.forName(CoverageInDatabase.class.getPackageName() + "." + simple);
    } catch (ClassNotFoundException gone) {
      throw new IllegalStateException(gone);
    }
  }

  private static Connection connect(String url) throws SQLException {
    URI uri = URI.create(url);
    return DriverManager.getConnection(jdbc(uri), user(uri), word(uri));
  }

  private static String jdbc(URI uri) {
    return "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath();
  }

  private static String user(URI uri) {
    return uri.getUserInfo().split(":", 2)[0];
  }

  private static String word(URI uri) {
    return uri.getUserInfo().split(":", 2)[1];
  }
}
