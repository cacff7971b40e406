package jp.kazashi.jpki;

import static jp.kazashi.jpki.RejectionReason.Kind.SECURITY;
import static jp.kazashi.jpki.RejectionReason.Kind.TECHNICAL;
import static jp.kazashi.jpki.RejectionReason.Severity.ALERT;
import static jp.kazashi.jpki.RejectionReason.Severity.NOTICE;
import static jp.kazashi.jpki.RejectionReason.Severity.WARNING;

/** Why a proof is rejected. The names are stable ids; each is told to the outside as its family. */
public enum RejectionReason {
  /** Not one well-formed DER certificate, or larger than any certificate of the profile. */
  CERTIFICATE_MALFORMED(Family.CERTIFICATE_UNACCEPTABLE, WARNING, TECHNICAL),
  /** Serial number not positive, or longer than 20 octets (RFC 5280 §4.1.2.2). */
  SERIAL_NUMBER_INVALID(Family.CERTIFICATE_UNACCEPTABLE, WARNING, TECHNICAL),
  /** Validity in the wrong time form or ending before it begins (RFC 5280 §4.1.2.5). */
  VALIDITY_MALFORMED(Family.CERTIFICATE_UNACCEPTABLE, WARNING, TECHNICAL),
  /** A critical extension the judge does not process (RFC 5280 §4.2). */
  CRITICAL_EXTENSION_UNKNOWN(Family.CERTIFICATE_UNACCEPTABLE, WARNING, TECHNICAL),
  /** Key or signature algorithm outside the profile's table. */
  ALGORITHM_NOT_ALLOWED(Family.CERTIFICATE_UNACCEPTABLE, ALERT, SECURITY),
  /** A certificate of an authority, or one without the basic form of a holder's. */
  NOT_A_HOLDER_CERTIFICATE(Family.CERTIFICATE_UNACCEPTABLE, ALERT, SECURITY),
  /** Key usage missing, not critical, or for another purpose. */
  KEY_USAGE_NOT_ACCEPTED(Family.CERTIFICATE_UNACCEPTABLE, ALERT, SECURITY),
  /** Extended key usage present and without client authentication. */
  EXTENDED_KEY_USAGE_NOT_ACCEPTED(Family.CERTIFICATE_UNACCEPTABLE, ALERT, SECURITY),
  /** No certificate policy of an accepted profile; a signature certificate ends here. */
  POLICY_NOT_ACCEPTED(Family.CERTIFICATE_UNACCEPTABLE, ALERT, SECURITY),
  /** No trust anchor has the issuer's name. */
  ISSUER_UNKNOWN(Family.CERTIFICATE_NOT_TRUSTED, ALERT, SECURITY),
  /** An anchor has the issuer's name, but none of the keys under it signed this. */
  ISSUER_SIGNATURE_INVALID(Family.CERTIFICATE_NOT_TRUSTED, ALERT, SECURITY),
  /** The anchor was not valid at the instant the path is judged for. */
  ISSUER_NOT_VALID(Family.CERTIFICATE_NOT_TRUSTED, ALERT, SECURITY),
  /** An authority of the path may not issue what it issued (RFC 5280 §6.1.4 (k) to (o)). */
  ISSUER_NOT_ALLOWED(Family.CERTIFICATE_NOT_TRUSTED, ALERT, SECURITY),
  /** An authority of the path is itself revoked. */
  ISSUER_REVOKED(Family.CERTIFICATE_NOT_TRUSTED, ALERT, SECURITY),
  /** A name outside what an authority of the path may certify (RFC 5280 §6.1.3 (b) and (c)). */
  NAME_NOT_PERMITTED(Family.CERTIFICATE_NOT_TRUSTED, ALERT, SECURITY),
  /** No policy asked for is valid along the whole path (RFC 5280 §6.1.5). */
  PATH_POLICY_NOT_ACCEPTED(Family.CERTIFICATE_NOT_TRUSTED, ALERT, SECURITY),
  /** The certificate begins later. */
  CERTIFICATE_NOT_YET_VALID(Family.CERTIFICATE_NOT_TRUSTED, WARNING, TECHNICAL),
  /** The issuer's own responder never heard of the serial: a certificate it did not issue. */
  CERTIFICATE_UNKNOWN_TO_ISSUER(Family.CERTIFICATE_NOT_TRUSTED, ALERT, SECURITY),
  /** Past its end and past grace. */
  CERTIFICATE_ENDED(Family.CERTIFICATE_ENDED, NOTICE, TECHNICAL),
  /** Revoked or on hold; grace never applies. */
  CERTIFICATE_REVOKED(Family.CERTIFICATE_REVOKED, NOTICE, SECURITY),
  /** The signature is not the certificate's over exactly this statement. */
  SIGNATURE_INVALID(Family.SIGNATURE_INVALID, ALERT, SECURITY);

  private final Family family;
  private final Severity severity;
  private final Kind kind;

  RejectionReason(Family family, Severity severity, Kind kind) {
    this.family = family;
    this.severity = severity;
    this.kind = kind;
  }

  public String id() {
    return name();
  }

  public Family family() {
    return family;
  }

  public Severity severity() {
    return severity;
  }

  public Kind kind() {
    return kind;
  }

  /** What a counter needs to tell apart; the wire carries this, the audit carries the reason. */
  public enum Family {
    CERTIFICATE_REVOKED,
    CERTIFICATE_ENDED,
    CERTIFICATE_NOT_TRUSTED,
    CERTIFICATE_UNACCEPTABLE,
    SIGNATURE_INVALID
  }

  /** NOTICE happens every day at a counter; WARNING is odd; ALERT does not happen by accident. */
  public enum Severity {
    NOTICE,
    WARNING,
    ALERT
  }

  public enum Kind {
    TECHNICAL,
    SECURITY
  }
}
