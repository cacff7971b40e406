package jp.kazashi.jpki.holder;

/** Where the holder's key lives. A phone's certificate never gets grace. */
public enum Carrier {
  CARD,
  PHONE
}
