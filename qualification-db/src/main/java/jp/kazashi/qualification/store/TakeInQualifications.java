package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import jp.kazashi.qualification.intake.QualificationLine;

/** Idempotent by sender, batch and line; every line is taken whole or rejected with its field. */
public interface TakeInQualifications {
  Uni<IntakeReport> take(IntakeBatch batch, List<QualificationLine> lines);
}
