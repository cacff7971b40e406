package jp.kazashi.reader.myna;

/** What the card on the reader turned out to be. */
public sealed interface Recognition {

  record Recognised(MynaCard card) implements Recognition {}

  /** Another card, or a predecessor (住民基本台帳カード) that cannot be used. */
  record NotAMyNumberCard() implements Recognition {}

  record CardGone() implements Recognition {}

  record Trouble(String what) implements Recognition {}
}
