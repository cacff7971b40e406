package jp.kazashi.qualification.institution;

/** What is counted of an institution each day (J1, J2). */
public enum UsageKind {
  /** Checks with a card or phone. */
  CARD_CHECK,
  /** Look-ups by the keys of an insured person. */
  KEY_CHECK,
  MEDICATION_READ,
  CHECKUP_READ,
  CARE_READ,
  SURGERY_READ
}
