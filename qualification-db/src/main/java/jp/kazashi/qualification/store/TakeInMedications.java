package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import jp.kazashi.qualification.intake.MedicationLine;

public interface TakeInMedications {
  Uni<IntakeReport> take(IntakeBatch batch, List<MedicationLine> lines);
}
