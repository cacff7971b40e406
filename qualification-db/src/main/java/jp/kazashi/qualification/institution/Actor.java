package jp.kazashi.qualification.institution;

import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.staff.StaffId;
import org.jspecify.annotations.Nullable;

/**
 * Who stood behind the client certificate: the organisation's digits, its role, the system or
 * terminal, and the certificate's own digest, so that an entry of the audit names one key and not
 * only a name.
 *
 * @param staff who was signed in there, if anybody; the entry has it among its details
 */
public record Actor(
    String organisation, String role, String system, Digest certificate, @Nullable StaffId staff) {
  public Actor {
    if (!organisation.matches("[0-9]{6,10}")) {
      throw new IllegalArgumentException("An organisation is written in 6 to 10 digits");
    }
    if (!role.matches("[A-Z]{2,20}")) {
      throw new IllegalArgumentException("A role is one word in capitals");
    }
    if (system.isBlank() || system.length() > 64) {
      throw new IllegalArgumentException("A system has a name of at most 64 characters");
    }
  }

  /** A system that acts by itself. */
  public Actor(String organisation, String role, String system, Digest certificate) {
    this(organisation, role, system, certificate, null);
  }

  public Actor with(StaffId signedIn) {
    return new Actor(organisation, role, system, certificate, signedIn);
  }
}
