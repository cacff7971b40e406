package jp.kazashi.gateway.check;

import java.time.Instant;
import java.time.InstantSource;
import jp.kazashi.jpki.statement.Challenge;

/** Opens a check: a challenge that only this terminal can use, and nothing to remember. */
public final class OpenCheck {
  private final ChallengeSeal seal;
  private final InstantSource clock;

  public OpenCheck(ChallengeSeal seal, InstantSource clock) {
    this.seal = seal;
    this.clock = clock;
  }

  /** A challenge, open and sealed. */
  public record Opened(Challenge challenge, String sealed) {
    public Instant expiresAt() {
      return challenge.issuedAt().plus(ChallengeSeal.LIFE);
    }
  }

  public Opened open(Caller caller) {
    Challenge challenge =
        seal.make(caller.statedInstitution(), caller.statedTerminal(), clock.instant());
    return new Opened(challenge, seal.seal(challenge));
  }
}
