package jp.kazashi.reader.myna;

/** What came of reading the portrait. */
public sealed interface PortraitReading {

  /** JPEG 2000, as the card holds it. Whoever takes it wipes it after use. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Read(byte[] jpeg2000) implements PortraitReading {
    @Override
    public String toString() {
      return "Read (%d bytes)".formatted(jpeg2000.length);
    }
  }

  /** Nobody could say what is printed on the card. */
  record NotScanned() implements PortraitReading {}

  /** What was scanned is not what is on this card; one of its tries is spent. */
  record WrongNumber(int triesLeft) implements PortraitReading {}

  record Blocked() implements PortraitReading {}

  /** A phone, which carries no face of a card. */
  record NoPortrait() implements PortraitReading {}

  record CardGone() implements PortraitReading {}

  record Trouble(String what) implements PortraitReading {}
}
