package jp.kazashi.gateway.adapter.ops;

import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/** Brings the schema up to date, as its owner, before anything is served. */
public final class Migrations {
  private static final Logger LOG = Logger.getLogger(Migrations.class);

  private Migrations() {}

  /** Says which version the schema then has. */
  public static String run(String ownerUrl) {
    OwnerAddress owner = OwnerAddress.of(ownerUrl);
    var result =
        Flyway.configure()
            .dataSource(owner.jdbc(), owner.user(), owner.password())
            .locations("classpath:db/migration")
            .load()
            .migrate();
    int built = PartitionIndexes.build(owner);
    LOG.infof(
        "event=schema-ready version=%s applied=%d indexes=%d",
        result.targetSchemaVersion, result.migrationsExecuted, built);
    return result.targetSchemaVersion == null
        ? result.initialSchemaVersion
        : result.targetSchemaVersion;
  }
}
