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

  private static final String NEVER_SENT = "-";

  public SealedChallenge {
    if (sealed.isBlank()) {
      throw new IllegalArgumentException("A challenge is sealed");
    }
  }

  /**
   * One that this terminal made itself, because the line is down: what is signed with it is
   * recorded, and never sent as a check.
   */
  public static SealedChallenge ofTerminal(Challenge challenge) {
    return new SealedChallenge(
        NEVER_SENT, challenge, challenge.issuedAt().plus(Duration.ofMinutes(5)));
  }

  public boolean isOfTerminal() {
    return sealed.equals(NEVER_SENT);
  }

  /** How long it lives from its issue. */
  public Duration life() {
    return Duration.between(challenge.issuedAt(), expiresAt);
  }
}
