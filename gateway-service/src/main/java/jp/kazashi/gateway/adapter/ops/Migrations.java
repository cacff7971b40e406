package jp.kazashi.gateway.adapter.ops;

import java.net.URI;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/** Brings the schema up to date, as its owner, before anything is served. */
public final class Migrations {
  private static final Logger LOG = Logger.getLogger(Migrations.class);

  private Migrations() {}

  /** Says which version the schema then has. */
  public static String run(String ownerUrl) {
    URI owner = URI.create(ownerUrl);
    String[] user = owner.getUserInfo().split(":", 2);
    String query = owner.getQuery() == null ? "" : "?" + owner.getQuery();
    String jdbc = "jdbc:postgresql://" + owner.getAuthority().replaceFirst("^.*@", "");
    var result =
        Flyway.configure()
            .dataSource(jdbc + owner.getPath() + query, user[0], user.length > 1 ? user[1] : "")
            .locations("classpath:db/migration")
            .load()
            .migrate();
    LOG.infof(
        "event=schema-ready version=%s applied=%d",
        result.targetSchemaVersion, result.migrationsExecuted);
    return result.targetSchemaVersion == null
        ? result.initialSchemaVersion
        : result.targetSchemaVersion;
  }
}
