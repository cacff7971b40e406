package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.staff.StaffAccount;
import jp.kazashi.qualification.staff.StaffId;
import jp.kazashi.qualification.staff.StaffSession;

public interface KeepStaffSessions {
  Uni<Void> open(StaffSession session);

  /** The session of a token's digest with its account, alive or not. */
  Uni<Optional<SignedIn>> byToken(Digest token);

  Uni<Void> end(Digest token, Instant at);

  /** All of an account, for a lost password or a closed account. */
  Uni<Void> endAll(StaffId staff, Instant at);

  record SignedIn(StaffSession session, StaffAccount account) {}
}
