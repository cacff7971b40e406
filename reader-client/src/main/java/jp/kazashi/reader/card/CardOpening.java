package jp.kazashi.reader.card;

/** What came of opening the card on a reader. */
public sealed interface CardOpening {

  /** The session must be closed. */
  record Opened(CardSession session) implements CardOpening {}

  record NoCard() implements CardOpening {}

  /** The reader or its service cannot be used; {@code what} is for the log and the desk. */
  record ReaderTrouble(String what) implements CardOpening {}
}
