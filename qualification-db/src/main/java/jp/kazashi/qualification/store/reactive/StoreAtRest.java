package jp.kazashi.qualification.store.reactive;

import java.net.URI;
import jp.kazashi.qualification.store.FindEvidence;
import jp.kazashi.qualification.store.KeepSeals;
import jp.kazashi.qualification.store.ReadAudit;
import org.hibernate.cfg.Configuration;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.provider.ReactiveServiceRegistryBuilder;

/** The store as an auditor opens it: by its address alone, with no gateway in between. */
public final class StoreAtRest implements AutoCloseable {
  private final Mutiny.SessionFactory sessions;

  private StoreAtRest(Mutiny.SessionFactory sessions) {
    this.sessions = sessions;
  }

  /**
   * Opens the store of an address.
   *
   * @param url {@code postgresql://user:password@host:port/database}
   */
  public static StoreAtRest at(URI url) {
    String[] user = (url.getUserInfo() == null ? "" : url.getUserInfo()).split(":", 2);
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    Configuration configuration =
        new Configuration()
            .setProperty(
                "hibernate.connection.url",
                "jdbc:postgresql://" + url.getHost() + port + url.getPath())
            .setProperty("hibernate.connection.username", user[0])
            .setProperty("hibernate.connection.password", user.length > 1 ? user[1] : "")
            .setProperty("hibernate.connection.pool_size", "2")
            .setProperty("hibernate.vertx.pool.connect_timeout", "5000")
            .addAnnotatedClass(AuditRow.class)
            .addAnnotatedClass(AuditEpochRow.class);
    return new StoreAtRest(
        configuration
            .buildSessionFactory(
                new ReactiveServiceRegistryBuilder()
                    .applySettings(configuration.getProperties())
                    .build())
            .unwrap(Mutiny.SessionFactory.class));
  }

  public ReadAudit audit() {
    return new AuditInDatabase(sessions);
  }

  public KeepSeals seals() {
    return new SealsInDatabase(sessions);
  }

  public FindEvidence evidence() {
    return new ChecksInDatabase(sessions);
  }

  @Override
  public void close() {
    sessions.close();
  }
}
