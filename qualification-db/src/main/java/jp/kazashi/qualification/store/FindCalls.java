package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.staff.StaffCall;

public interface FindCalls {
  /** The calls of an institution that are open then, the oldest first. */
  Uni<List<StaffCall>> open(InstitutionCode institution, Instant at);

  /** The call of that id, open or not, while no other of its terminal has taken its place. */
  Uni<Optional<KeptCall>> byId(InstitutionCode institution, UUID id);

  /**
   * A call and what became of it.
   *
   * @param pass the visual pass it was answered with
   */
  record KeptCall(StaffCall call, Optional<StaffCall.Ending> ending, Optional<UUID> pass) {
    public boolean isOpen(Instant at) {
      return ending.isEmpty() && at.isBefore(call.endsAt());
    }
  }
}
