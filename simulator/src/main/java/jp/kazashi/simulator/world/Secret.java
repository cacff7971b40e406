package jp.kazashi.simulator.world;

import java.security.SecureRandom;
import java.util.Base64;

/** Words nobody can guess. */
final class Secret {
  private Secret() {}

  /** Safe in a URL, a properties file and a configuration file. */
  static String word() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(24));
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
