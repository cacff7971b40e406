package jp.kazashi.qualification.check;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The replay key: a challenge is spent once, whatever becomes of the check. */
public record ChallengeKey(Instant issuedAt, UUID id) {
  public ChallengeKey {
    // The database keeps microseconds; a key that changes on its way would not meet itself.
    issuedAt = issuedAt.truncatedTo(ChronoUnit.MICROS);
  }
}
