package jp.kazashi.consent;

import java.util.Optional;

/** One key of the PIN pad. It never prints itself: it may be a digit of a PIN. */
public final class PadKey implements PatientInput {

  private static final byte RUB_OUT = 0x08;
  private static final byte SEND = 0x0d;
  private static final byte CLEAR = 0x18;

  private final byte code;

  private PadKey(byte code) {
    this.code = code;
  }

  /** A digit in ASCII, or one of the control characters BS, CR (enter) and CAN (clear). */
  public static Optional<PadKey> of(byte code) {
    return isDigit(code) || code == RUB_OUT || code == SEND || code == CLEAR
        ? Optional.of(new PadKey(code))
        : Optional.empty();
  }

  boolean isDigit() {
    return isDigit(code);
  }

  boolean sends() {
    return code == SEND;
  }

  boolean clears() {
    return code == CLEAR;
  }

  byte code() {
    return code;
  }

  private static boolean isDigit(byte code) {
    return code >= '0' && code <= '9';
  }

  @Override
  public String toString() {
    return "PadKey[*]";
  }
}
