package jp.kazashi.gateway.adapter.rest;

import java.util.List;
import jp.kazashi.qualification.intake.RejectedLine;
import jp.kazashi.qualification.store.IntakeReport;

/** What became of each line of a feed. */
public record IntakeReportDocument(
    String batch,
    int accepted,
    int duplicates,
    List<RejectedLine> rejected,
    int rejectedLines,
    boolean wholeRefused) {
  static IntakeReportDocument of(IntakeReport report) {
    return new IntakeReportDocument(
        report.batch().value(),
        report.accepted(),
        report.duplicates(),
        report.rejected(),
        report.rejectedLines(),
        report.wholeRefused());
  }
}
