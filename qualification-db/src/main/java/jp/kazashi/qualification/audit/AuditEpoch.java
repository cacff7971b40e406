package jp.kazashi.qualification.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The right of one start of one node to write its chain, and where the chain begins. */
public record AuditEpoch(ChainId chain, Instant openedAt, AuditReceipt opening) {
  public AuditEpoch {
    openedAt = openedAt.truncatedTo(ChronoUnit.MICROS);
    if (!opening.chain().equals(chain) || opening.number() != 1) {
      throw new IllegalArgumentException("A chain begins with its opening entry");
    }
  }
}
