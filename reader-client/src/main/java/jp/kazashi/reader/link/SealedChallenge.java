package jp.kazashi.reader.link;

import java.time.Duration;
import java.time.Instant;
import jp.kazashi.jpki.statement.Challenge;

/**
 * A challenge the gateway sealed for this terminal.
 *
 * @param sealed what goes back to the gateway; only the gateway can open it
 */
public record SealedChallenge(String sealed, Challenge challenge, Instant expiresAt) {

  public SealedChallenge {
    if (sealed.isBlank()) {
      throw new IllegalArgumentException("A challenge is sealed");
    }
  }

  /** How long it lives from its issue. */
  public Duration life() {
    return Duration.between(challenge.issuedAt(), expiresAt);
  }
}
