package jp.kazashi.reader.myna;

/** What came of reading the four attributes. */
public sealed interface AttributesReading {

  record Read(Attributes attributes) implements AttributesReading {}

  /** One try is spent; at least one is left. */
  record WrongPin(int triesLeft) implements AttributesReading {}

  record PinBlocked() implements AttributesReading {}

  /** A phone, which carries no attributes that can be read like this. */
  record NoAttributes() implements AttributesReading {}

  record CardGone() implements AttributesReading {}

  record Trouble(String what) implements AttributesReading {}
}
