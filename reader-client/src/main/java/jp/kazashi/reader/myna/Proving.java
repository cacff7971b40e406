package jp.kazashi.reader.myna;

/** What came of one attempt to let the card sign. */
public sealed interface Proving {

  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Signed(byte[] signature) implements Proving {
    @Override
    public String toString() {
      return "Signed (%d bytes)".formatted(signature.length);
    }
  }

  /** One try is spent; at least one is left. */
  record WrongPin(int triesLeft) implements Proving {}

  /** The PIN was blocked before, or this was its last try. */
  record PinBlocked() implements Proving {}

  record CardGone() implements Proving {}

  record Trouble(String what) implements Proving {}
}
