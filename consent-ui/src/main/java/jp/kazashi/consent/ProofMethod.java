package jp.kazashi.consent;

/** How a patient can show at the kiosk that the card is theirs. */
public enum ProofMethod {
  FACE,
  PIN,
  STAFF
}
