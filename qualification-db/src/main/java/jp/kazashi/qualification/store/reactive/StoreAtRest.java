package jp.kazashi.qualification.store.reactive;

import jp.kazashi.qualification.store.FindEvidence;
import jp.kazashi.qualification.store.KeepEvidence;
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

  public static StoreAtRest open(String jdbc, String user, String password) {
    Configuration configuration =
        new Configuration()
            .setProperty("hibernate.connection.url", jdbc)
            .setProperty("hibernate.connection.username", user)
            .setProperty("hibernate.connection.password", password)
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

  /** What many checks rest on. */
  public KeepEvidence sharedEvidence() {
    return new EvidenceInDatabase(sessions);
  }

  @Override
  public void close() {
    sessions.close();
  }
}
