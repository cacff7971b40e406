package jp.kazashi.consent;

/** How a patient shows that the card is theirs. */
public enum ProofMethod {
  FACE,
  PIN,
  STAFF,
  /** The phone that carries the certificate confirms its holder itself. */
  PHONE
}
