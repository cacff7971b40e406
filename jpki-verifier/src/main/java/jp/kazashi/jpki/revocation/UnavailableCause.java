package jp.kazashi.jpki.revocation;

/** Why a status is unavailable. The names are stable ids. */
public enum UnavailableCause {
  /** Nothing was gathered. */
  NO_EVIDENCE,
  /** The source gave nothing: time-out, no line, an HTTP error, too large. */
  UNANSWERED,
  /** Not a well-formed answer. */
  MALFORMED,
  /** tryLater, internalError, unauthorized and the like (RFC 6960 §2.3). */
  NOT_SUCCESSFUL,
  /** Answers about another certificate (RFC 6960 §3.2 1). */
  OTHER_CERTIFICATE,
  /** The signature is not the responder's (RFC 6960 §3.2 2). */
  SIGNATURE_INVALID,
  /** Signed by one who may not answer for this issuer (RFC 6960 §3.2 3 and 4). */
  RESPONDER_NOT_AUTHORIZED,
  NONCE_MISSING,
  NONCE_DIFFERS,
  /** Older than accepted, or past its nextUpdate (RFC 6960 §3.2 5 and 6). */
  STALE,
  /** From further in the future than clocks may differ. */
  FROM_THE_FUTURE,
  /** Good about an expired certificate without saying that expired ones are kept (§4.4.4). */
  EXPIRED_NOT_COVERED,
  /** A revocation list that does not cover this kind of certificate or this distribution point. */
  OUT_OF_SCOPE,
  /** A revocation list of several issuers, where the rules take none. */
  INDIRECT_LIST,
  /** A delta without the complete list it changes (RFC 5280 §5.2.4). */
  DELTA_WITHOUT_BASE,
  /** A critical extension that is not known (RFC 5280 §5.2 and §5.3). */
  CRITICAL_EXTENSION_UNKNOWN,
  /** The lists leave some reasons for a revocation out (RFC 5280 §6.3.3). */
  REASONS_NOT_COVERED
}
