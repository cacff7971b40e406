package jp.kazashi.consent;

/** What a patient came with: a card lies on the reader to the end, a phone leaves after the tap. */
public enum Carrier {
  CARD,
  PHONE
}
