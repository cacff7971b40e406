package jp.kazashi.gateway.config;

import java.util.Base64;

/** Refuses to start a node whose settings would make its promises worthless. */
public final class StartupGuard {
  private static final int SECRET_BYTES = 32;

  private StartupGuard() {}

  /** The challenge secret, if it is one. */
  public static byte[] challengeSecret(GatewaySettings settings) {
    byte[] secret = decode(settings.challengeSecret());
    if (secret.length != SECRET_BYTES) {
      throw new Refusal("KAZASHI_CHALLENGE_SECRET must be 32 random bytes in base64");
    }
    for (byte each : secret) {
      if (each != secret[0]) {
        return secret;
      }
    }
    throw new Refusal("KAZASHI_CHALLENGE_SECRET is not random");
  }

  /** A clock that can be moved belongs to a simulated world only. */
  public static void clock(GatewaySettings settings) {
    boolean movable = !settings.worldOffset().isZero() || settings.controlToken().isPresent();
    if (movable && !settings.simulated()) {
      throw new Refusal(
          "KAZASHI_WORLD_OFFSET_MILLIS and KAZASHI_CONTROL_TOKEN are for a simulated world only");
    }
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** Why this node does not start. */
  public static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message, null, false, false);
    }
  }
}
