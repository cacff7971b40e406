package jp.kazashi.jpki.statement;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The gateway's question to one terminal of one institution. Instants have milliseconds. */
public record Challenge(
    ChallengeId id, Instant issuedAt, InstitutionCode institution, TerminalId terminal) {
  public Challenge {
    requireNonNull(id, "id");
    requireNonNull(institution, "institution");
    requireNonNull(terminal, "terminal");
    issuedAt = issuedAt.truncatedTo(ChronoUnit.MILLIS);
  }
}
