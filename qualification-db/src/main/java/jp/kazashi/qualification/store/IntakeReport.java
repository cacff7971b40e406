package jp.kazashi.qualification.store;

import java.util.ArrayList;
import java.util.List;
import jp.kazashi.qualification.intake.BatchId;
import jp.kazashi.qualification.intake.RejectedLine;

public record IntakeReport(
    BatchId batch, int accepted, int duplicates, List<RejectedLine> rejected) {
  public IntakeReport {
    rejected = List.copyOf(rejected);
  }

  public static IntakeReport nothing(BatchId batch) {
    return new IntakeReport(batch, 0, 0, List.of());
  }

  /** The report of both parts of one batch. */
  public IntakeReport and(IntakeReport more) {
    if (!more.batch.equals(batch)) {
      throw new IllegalArgumentException("Two batches have two reports");
    }
    List<RejectedLine> both = new ArrayList<>(rejected);
    both.addAll(more.rejected);
    return new IntakeReport(batch, accepted + more.accepted, duplicates + more.duplicates, both);
  }
}
