package jp.kazashi.qualification.store.reactive;

import java.util.List;
import jp.kazashi.qualification.intake.LineDigest;
import jp.kazashi.qualification.intake.RejectedLine;

/** What became of the lines of one piece. */
record PieceOutcome(List<LineDigest> taken, int duplicates, List<RejectedLine> rejected) {}
