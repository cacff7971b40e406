package jp.kazashi.qualification.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import jp.kazashi.qualification.intake.BatchId;
import jp.kazashi.qualification.intake.Sender;

/** One delivery of a feed. The same id again is the same delivery, continued. */
public record IntakeBatch(BatchId id, Sender sender, Instant receivedAt) {
  public IntakeBatch {
    receivedAt = receivedAt.truncatedTo(ChronoUnit.MICROS);
  }
}
