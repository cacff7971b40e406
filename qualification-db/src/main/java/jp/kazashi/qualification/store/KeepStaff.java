package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.staff.Lockout;
import jp.kazashi.qualification.staff.StaffAccount;
import jp.kazashi.qualification.staff.StaffId;

public interface KeepStaff {
  /** False, and nothing is changed, when the log-in is taken at that institution. */
  Uni<Boolean> add(StaffAccount account);

  Uni<Optional<StaffAccount>> byLogin(InstitutionCode institution, String login);

  Uni<Optional<StaffAccount>> byId(StaffId id);

  Uni<List<StaffAccount>> of(InstitutionCode institution);

  /** Everything but id, institution, log-in and lockout. */
  Uni<Void> change(StaffAccount account);

  /**
   * Moves the lockout from what was read to what was judged; false when another attempt came
   * between, which has to be judged anew.
   */
  Uni<Boolean> lockout(StaffId id, Lockout before, Lockout after);
}
