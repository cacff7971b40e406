package jp.kazashi.qualification.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import jp.kazashi.qualification.intake.BatchId;
import jp.kazashi.qualification.intake.FeedEncoding;
import jp.kazashi.qualification.intake.FeedForm;
import jp.kazashi.qualification.intake.IntakeKind;
import jp.kazashi.qualification.intake.Sender;

/**
 * One request of a feed. The same batch id again is the same batch, continued.
 *
 * @param whole all of it or nothing
 */
public record Delivery(
    BatchId batch,
    IntakeKind intake,
    Sender sender,
    Instant receivedAt,
    boolean whole,
    FeedForm form,
    FeedEncoding encoding) {
  public Delivery {
    receivedAt = receivedAt.truncatedTo(ChronoUnit.MICROS);
    if (form == FeedForm.RECEIPT && intake != IntakeKind.CLAIMS) {
      throw new IllegalArgumentException("Only claims come in the receipt layout");
    }
    if (form == FeedForm.NDJSON && encoding != FeedEncoding.UTF_8) {
      throw new IllegalArgumentException("JSON is UTF-8");
    }
  }

  /** Line by line, as JSON. */
  public static Delivery ndjson(
      BatchId batch, IntakeKind intake, Sender sender, Instant receivedAt) {
    return new Delivery(
        batch, intake, sender, receivedAt, false, FeedForm.NDJSON, FeedEncoding.UTF_8);
  }
}
