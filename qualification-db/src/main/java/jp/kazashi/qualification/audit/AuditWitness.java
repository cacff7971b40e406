package jp.kazashi.qualification.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The head of a chain as it was seen before it was sealed: it must be found there for ever. */
public record AuditWitness(AuditReceipt head, Instant seenAt) {
  public AuditWitness {
    seenAt = seenAt.truncatedTo(ChronoUnit.MICROS);
  }
}
