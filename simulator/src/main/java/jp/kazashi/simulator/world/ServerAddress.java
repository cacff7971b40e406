package jp.kazashi.simulator.world;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Where a server listens, of an address that may leave its usual port out. */
record ServerAddress(String host, int port) {
  private static final Set<String> POSTGRES = Set.of("postgresql", "postgres");
  private static final Set<String> REDIS = Set.of("redis", "rediss");
  private static final int POSTGRES_PORT = 5432;
  private static final int REDIS_PORT = 6379;

  static Optional<ServerAddress> of(String url) {
    return uri(url)
        .filter(address -> address.getHost() != null)
        .map(address -> new ServerAddress(address.getHost(), port(address)));
  }

  /** Says what is wrong with a database's address, without showing its password. */
  static void requirePostgres(String variable, String url) {
    require(
        uri(url).filter(address -> isOf(POSTGRES, address)).filter(ServerAddress::namesAUser),
        variable,
        "postgresql://user:password@host:port/database");
  }

  static void requireRedis(String variable, String url) {
    require(
        uri(url).filter(address -> isOf(REDIS, address)), variable, "redis://:password@host:port");
  }

  private static void require(Optional<URI> address, String variable, String form) {
    if (address.isEmpty()) {
      throw new WorldTrouble(
          "%s cannot be used: write it %s, signs such as @ : / # in it as %%40 %%3A %%2F %%23."
              .formatted(variable, form));
    }
  }

  private static boolean isOf(Set<String> schemes, URI address) {
    return schemes.contains(String.valueOf(address.getScheme())) && address.getHost() != null;
  }

  // Before the host or among the parameters, as PostgreSQL's own clients take it.
  private static boolean namesAUser(URI address) {
    Predicate<String> named = text -> !text.isEmpty() && !text.startsWith(":");
    String parameters = Optional.ofNullable(address.getRawQuery()).orElse("");
    return Optional.ofNullable(address.getRawUserInfo()).filter(named).isPresent()
        || Arrays.stream(parameters.split("&")).anyMatch(one -> one.matches("user=.+"));
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return REDIS.contains(String.valueOf(address.getScheme())) ? REDIS_PORT : POSTGRES_PORT;
  }

  private static Optional<URI> uri(String url) {
    try {
      return Optional.of(new URI(url));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
