package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import jp.kazashi.qualification.audit.AuditEpoch;
import jp.kazashi.qualification.feed.CodeNames;
import jp.kazashi.qualification.store.CommitLimits;
import jp.kazashi.qualification.store.Delivery;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.simulator.world.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.hibernate.cfg.Configuration;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.provider.ReactiveServiceRegistryBuilder;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A real PostgreSQL with the migrations applied, one for all tests of the module. */
public final class RealDatabase implements ParameterResolver {
  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(RealDatabase.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Running.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .computeIfAbsent(Running.class, none -> Running.start(), Running.class);
  }

  /** The server, its URLs, and the sessions the application would have. */
  public record Running(
      Path folder, EmbeddedPostgres server, Vertx vertx, Mutiny.SessionFactory sessions)
      implements AutoCloseable {

    static Running start() {
      try {
        Path folder = Files.createTempDirectory("kazashi-records");
        EmbeddedPostgres server = EmbeddedPostgres.start(folder, 0);
        Flyway.configure()
            .dataSource(jdbc(server.ownerUrl()), user(server.ownerUrl()), word(server.ownerUrl()))
            .load()
            .migrate();
        return new Running(folder, server, Vertx.vertx(), sessions(server.appUrl()));
      } catch (IOException failed) {
        throw new IllegalStateException(failed);
      }
    }

    GroupCommitter committer(AuditEpoch epoch) {
      return committer(epoch, new CommitLimits(Duration.ofSeconds(20), 4096));
    }

    GroupCommitter committer(AuditEpoch epoch, CommitLimits limits) {
      return new GroupCommitter(sessions, epoch, vertx.getOrCreateContext(), limits);
    }

    IntakeInDatabase intake() {
      return new IntakeInDatabase(
          sessions,
          new SecureRandom(),
          (issuer, serial) -> Counter.link(serial),
          CodeNames.small());
    }

    /** Takes in lines, as one delivery. */
    IntakeReport take(Delivery delivery, String... lines) {
      byte[] body = String.join("\n", lines).getBytes(delivery.encoding().charset());
      try {
        return intake().take(delivery, new ByteArrayInputStream(body), progress -> {});
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    IntakeReport take(Delivery delivery, List<String> lines) {
      return take(delivery, lines.toArray(String[]::new));
    }

    /** One statement as the application's role, over JDBC. */
    public Connection asApplication() throws SQLException {
      return connect(server.appUrl());
    }

    public Connection asOwner() throws SQLException {
      return connect(server.ownerUrl());
    }

    @Override
    public void close() throws IOException {
      sessions.close();
      vertx.close();
      server.close();
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }

    /** A schema of an earlier time, in a server of its own, as its owner sees it. */
    static String ownerJdbc(EmbeddedPostgres server) {
      String url = server.ownerUrl();
      return jdbc(url) + "?user=" + user(url) + "&password=" + word(url);
    }

    static Mutiny.SessionFactory sessions(String url) {
      Configuration configuration =
          new Configuration()
              .setProperty("hibernate.connection.url", jdbc(url))
              .setProperty("hibernate.connection.username", user(url))
              .setProperty("hibernate.connection.password", word(url))
              .setProperty("hibernate.connection.pool_size", "8")
              .setProperty("hibernate.vertx.pool.connect_timeout", "5000")
              .addAnnotatedClass(PersonRow.class)
              .addAnnotatedClass(QualificationRow.class)
              .addAnnotatedClass(HolderLinkRow.class)
              .addAnnotatedClass(CheckRow.class)
              .addAnnotatedClass(ConsentRow.class)
              .addAnnotatedClass(AuditRow.class)
              .addAnnotatedClass(AuditEpochRow.class)
              .addAnnotatedClass(TicketRow.class);
      return configuration
          .buildSessionFactory(
              new ReactiveServiceRegistryBuilder()
                  .applySettings(configuration.getProperties())
                  .build())
          .unwrap(Mutiny.SessionFactory.class);
    }

    private static Connection connect(String url) throws SQLException {
      return DriverManager.getConnection(jdbc(url), user(url), word(url));
    }

    private static String jdbc(String url) {
      URI uri = URI.create(url);
      return "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath();
    }

    private static String user(String url) {
      return URI.create(url).getUserInfo().split(":", 2)[0];
    }

    private static String word(String url) {
      return URI.create(url).getUserInfo().split(":", 2)[1];
    }
  }

  static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(30));
  }
}
