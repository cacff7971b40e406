package jp.kazashi.qualification.medical;

/** How a checkup value is written (HL7 data types). */
public enum ValueType {
  /** A number with a unit. */
  PQ,
  /** One of the coded values of the item. */
  CD,
  /** One of the coded values of the item, in an order. */
  CO,
  /** A text. */
  ST
}
