package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import jp.kazashi.qualification.intake.RegistrationLine;

/** Links holders to people already known (利用登録). */
public interface TakeInRegistrations {
  Uni<IntakeReport> take(IntakeBatch batch, List<RegistrationLine> lines);
}
