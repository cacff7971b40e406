package jp.kazashi.jpki.revocation;

import static jp.kazashi.jpki.RejectionReason.Kind.SECURITY;
import static jp.kazashi.jpki.RejectionReason.Kind.TECHNICAL;
import static jp.kazashi.jpki.RejectionReason.Severity.ALERT;
import static jp.kazashi.jpki.RejectionReason.Severity.WARNING;

import jp.kazashi.jpki.RejectionReason.Kind;
import jp.kazashi.jpki.RejectionReason.Severity;

/** Why a status is unavailable. The names are stable ids. */
public enum UnavailableCause {
  /** Nothing was gathered. */
  NO_EVIDENCE(WARNING, TECHNICAL),
  /** The source gave nothing: time-out, no line, an HTTP error, too large. */
  UNANSWERED(WARNING, TECHNICAL),
  /** Not a well-formed answer. */
  MALFORMED(ALERT, TECHNICAL),
  /** tryLater, internalError, unauthorized and the like (RFC 6960 §2.3). */
  NOT_SUCCESSFUL(WARNING, TECHNICAL),
  /** Answers about another certificate (RFC 6960 §3.2 1). */
  OTHER_CERTIFICATE(ALERT, SECURITY),
  /** The signature is not the responder's (RFC 6960 §3.2 2). */
  SIGNATURE_INVALID(ALERT, SECURITY),
  /** Signed by one who may not answer for this issuer (RFC 6960 §3.2 3 and 4). */
  RESPONDER_NOT_AUTHORIZED(ALERT, SECURITY),
  NONCE_MISSING(ALERT, SECURITY),
  NONCE_DIFFERS(ALERT, SECURITY),
  /** Older than accepted, or past its nextUpdate (RFC 6960 §3.2 5 and 6). */
  STALE(WARNING, SECURITY),
  /** From further in the future than clocks may differ. */
  FROM_THE_FUTURE(WARNING, TECHNICAL),
  /** Good about an expired certificate without saying that expired ones are kept (§4.4.4). */
  EXPIRED_NOT_COVERED(WARNING, TECHNICAL),
  /** A revocation list that does not cover this kind of certificate or this distribution point. */
  OUT_OF_SCOPE(WARNING, TECHNICAL),
  /** A revocation list of several issuers, where the rules take none. */
  INDIRECT_LIST(ALERT, SECURITY),
  /** A delta without the complete list it changes (RFC 5280 §5.2.4). */
  DELTA_WITHOUT_BASE(WARNING, TECHNICAL),
  /** A critical extension that is not known (RFC 5280 §5.2 and §5.3). */
  CRITICAL_EXTENSION_UNKNOWN(WARNING, TECHNICAL),
  /** The lists leave some reasons for a revocation out (RFC 5280 §6.3.3). */
  REASONS_NOT_COVERED(WARNING, TECHNICAL);

  private final Severity severity;
  private final Kind kind;

  UnavailableCause(Severity severity, Kind kind) {
    this.severity = severity;
    this.kind = kind;
  }

  public Severity severity() {
    return severity;
  }

  public Kind kind() {
    return kind;
  }
}
