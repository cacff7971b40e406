package jp.kazashi.qualification.intake;

/** How a delivery is written. */
public enum FeedForm {
  NDJSON,
  CSV,
  /** The national receipt layout, for claims. */
  RECEIPT
}
