package jp.kazashi.qualification.store;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.institution.ReferenceNumber;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.staff.Lockout;
import jp.kazashi.qualification.staff.StaffAccount;
import jp.kazashi.qualification.staff.StaffCall;
import jp.kazashi.qualification.staff.StaffId;
import jp.kazashi.qualification.staff.StaffSession;
import jp.kazashi.qualification.staff.VisualPass;

/** One change that somebody at a desk makes, written together with the entry that says who. */
public sealed interface Deed {
  /** Changes nothing when the log-in is taken at that institution. */
  record AddStaff(StaffAccount account) implements Deed {}

  /** Everything but id, institution, log-in and lockout. */
  record ChangeStaff(StaffAccount account) implements Deed {}

  /** Changes nothing when another attempt came between. */
  record MoveLockout(StaffId staff, Lockout before, Lockout after) implements Deed {}

  record OpenSession(StaffSession session) implements Deed {}

  record EndSession(Digest token, Instant at) implements Deed {}

  /** All of an account. */
  record EndSessions(StaffId staff, Instant at) implements Deed {}

  record IssuePass(VisualPass pass) implements Deed {}

  /**
   * Takes the place of the terminal's earlier call of that kind. Changes nothing when this one was
   * made before and has not run out, or another terminal's has its id.
   */
  record Call(StaffCall call) implements Deed {}

  /** Changes nothing when that call is not open any more. */
  record EndCall(
      InstitutionCode institution,
      UUID call,
      StaffCall.Ending ending,
      Optional<UUID> pass,
      Instant at)
      implements Deed {}

  /** A number names one person at one institution; told again it names the newer. */
  record PutReference(
      InstitutionCode institution, ReferenceNumber number, PersonId person, Instant at)
      implements Deed {}

  /** Whether the deed must change something for its station to be written at all. */
  default boolean mustChange() {
    return switch (this) {
      case AddStaff _, ChangeStaff _, MoveLockout _, Call _, EndCall _ -> true;
      case OpenSession _, EndSession _, EndSessions _, IssuePass _, PutReference _ -> false;
    };
  }
}
