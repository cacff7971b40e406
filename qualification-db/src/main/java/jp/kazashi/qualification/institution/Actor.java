package jp.kazashi.qualification.institution;

import jp.kazashi.qualification.audit.Digest;

/**
 * Who stood behind the client certificate: the organisation's digits, its role, the system or
 * terminal, and the certificate's own digest, so that an entry of the audit names one key and not
 * only a name.
 */
public record Actor(String organisation, String role, String system, Digest certificate) {
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
}
