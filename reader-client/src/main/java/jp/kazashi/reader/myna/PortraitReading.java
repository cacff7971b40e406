package jp.kazashi.reader.myna;

/** What came of reading the portrait. */
public sealed interface PortraitReading {

  /** JPEG 2000, as the card holds it. Whoever takes it wipes it after use. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Read(byte[] jpeg2000, Origin origin) implements PortraitReading {
    @Override
    public String toString() {
      return "Read (%d bytes)".formatted(jpeg2000.length);
    }
  }

  /** Whose word a portrait is. */
  enum Origin {
    /** An issuer whom this terminal knows signed it together with what is printed beside it. */
    SIGNED,
    /** This terminal knows no issuer of cards: it is the word of whatever lies on the reader. */
    NOT_VERIFIED
  }

  /** It is not what an issuer signed. It was wiped, and nobody decoded it. */
  record Distrusted(Doubt doubt) implements PortraitReading {}

  /** Why a portrait is not taken by a terminal that knows issuers. */
  enum Doubt {
    /** The card offers no signature; to leave it out must not be the way around it. */
    UNSIGNED,
    /** Nobody whom this terminal knows vouches for whoever signed. */
    ISSUER_UNKNOWN,
    /** Something was changed since, or is not there. */
    SIGNATURE_BROKEN
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
