package jp.kazashi.simulator.world;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says about a world.
 *
 * @param faces a folder of real portraits and photographs; with it faces are really compared
 * @param terminals one or two
 */
public record WorldSettings(
    Path root,
    WorldHome home,
    Ports ports,
    Optional<String> databaseUrl,
    Optional<String> databaseOwnerUrl,
    Optional<String> redisUrl,
    Optional<Path> faces,
    int terminals) {

  static final String FACES = "KAZASHI_DECK_FACES";
  static final String TERMINALS = "KAZASHI_TERMINALS";

  static WorldSettings of(Map<String, String> environment) {
    Path root = Path.of(set(environment, "KAZASHI_ROOT").orElse("")).toAbsolutePath().normalize();
    return new WorldSettings(
        root,
        new WorldHome(
            set(environment, "KAZASHI_HOME").map(Path::of).orElse(root.resolve(".kazashi"))),
        set(environment, "KAZASHI_PORT").map(Ports::parse).orElse(new Ports(Ports.DEFAULT_BASE)),
        set(environment, "KAZASHI_DB_URL"),
        set(environment, "KAZASHI_DB_OWNER_URL"),
        set(environment, "KAZASHI_REDIS_URL"),
        set(environment, FACES).map(folder -> Path.of(folder).toAbsolutePath().normalize()),
        set(environment, TERMINALS).orElse("1").equals("2") ? 2 : 1);
  }

  boolean hasSecondTerminal() {
    return terminals == 2;
  }

  /** Refuses external servers nobody could connect to, before anything is started. */
  void requireServers() {
    databaseUrl.ifPresent(url -> ServerAddress.requirePostgres("KAZASHI_DB_URL", url));
    databaseOwnerUrl.ifPresent(url -> ServerAddress.requirePostgres("KAZASHI_DB_OWNER_URL", url));
    redisUrl.ifPresent(url -> ServerAddress.requireRedis("KAZASHI_REDIS_URL", url));
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
