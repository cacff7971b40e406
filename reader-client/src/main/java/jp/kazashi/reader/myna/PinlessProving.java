package jp.kazashi.reader.myna;

/** What came of letting the card sign without a PIN. */
public sealed interface PinlessProving {

  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Signed(byte[] signature) implements PinlessProving {
    @Override
    public String toString() {
      return "Signed (%d bytes)".formatted(signature.length);
    }
  }

  /** Not with this card at this terminal; the PIN is the way. */
  record NotAvailable() implements PinlessProving {}

  record CardGone() implements PinlessProving {}

  record Trouble(String what) implements PinlessProving {}
}
