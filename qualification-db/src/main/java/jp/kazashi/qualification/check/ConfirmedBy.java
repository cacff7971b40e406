package jp.kazashi.qualification.check;

/** How the holder was confirmed at the counter. */
public enum ConfirmedBy {
  FACE,
  PIN,
  STAFF,
  PHONE
}
