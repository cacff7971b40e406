package jp.kazashi.qualification.store;

import java.util.List;
import jp.kazashi.qualification.intake.BatchId;
import jp.kazashi.qualification.intake.RejectedLine;

/**
 * What became of the lines of a delivery.
 *
 * @param rejected the first of the rejected lines, at most {@link #MOST_LISTED}
 * @param rejectedLines how many were rejected
 * @param wholeRefused nothing of this delivery was taken in
 */
public record IntakeReport(
    BatchId batch,
    int accepted,
    int duplicates,
    List<RejectedLine> rejected,
    int rejectedLines,
    boolean wholeRefused) {
  public static final int MOST_LISTED = 1000;

  public IntakeReport {
    rejected = List.copyOf(rejected);
    if (rejected.size() > MOST_LISTED || rejected.size() > rejectedLines) {
      throw new IllegalArgumentException("Rejected lines are counted, and the first are listed");
    }
    if (wholeRefused && accepted > 0) {
      throw new IllegalArgumentException("What is refused whole has no accepted line");
    }
  }
}
