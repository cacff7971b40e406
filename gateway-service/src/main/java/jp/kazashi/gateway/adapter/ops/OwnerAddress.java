package jp.kazashi.gateway.adapter.ops;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A database's address as the reactive client takes it, told to JDBC: user and password stand
 * before the host or among the parameters.
 */
public record OwnerAddress(String jdbc, String user, String password) {
  private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");

  public static OwnerAddress of(String url) {
    URI address = uri(url);
    String scheme = Optional.ofNullable(address.getScheme()).orElse("");
    if (!SCHEMES.contains(scheme) || address.getHost() == null) {
      throw unreadable();
    }
    Optional<String> user = Optional.empty();
    Optional<String> password = Optional.empty();
    if (address.getRawUserInfo() != null) {
      String[] parts = address.getRawUserInfo().split(":", 2);
      user = Optional.of(decoded(parts[0]));
      password = parts.length > 1 ? Optional.of(decoded(parts[1])) : Optional.empty();
    }
    List<String> others = new ArrayList<>();
    for (String parameter : Optional.ofNullable(address.getRawQuery()).orElse("").split("&", -1)) {
      if (parameter.startsWith("user=")) {
        user = Optional.of(decoded(parameter.substring("user=".length())));
      } else if (parameter.startsWith("password=")) {
        password = Optional.of(decoded(parameter.substring("password=".length())));
      } else if (!parameter.isEmpty()) {
        others.add(parameter);
      }
    }
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    String query = others.isEmpty() ? "" : "?" + String.join("&", others);
    return new OwnerAddress(
        "jdbc:postgresql://" + address.getHost() + port + address.getRawPath() + query,
        user.filter(name -> !name.isEmpty()).orElseThrow(OwnerAddress::unreadable),
        password.orElse(""));
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      // Its message would show the password.
      throw unreadable();
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException unreadable() {
    return new IllegalArgumentException(
        "KAZASHI_DB_URL and KAZASHI_DB_OWNER_URL are written"
            + " postgresql://user:password@host:port/database, signs such as @ : / # as %40 %3A %2F"
            + " %23");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return jdbc + " as " + user;
  }
}
