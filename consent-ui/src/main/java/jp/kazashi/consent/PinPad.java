package jp.kazashi.consent;

import java.util.Arrays;

/** The digits typed so far. They are here and nowhere else until the PIN is whole. */
final class PinPad {

  private final byte[] digits = new byte[PatientInput.Pin.LENGTH];
  private int typed;

  int typed() {
    return typed;
  }

  boolean full() {
    return typed == digits.length;
  }

  /** What a key other than the one that sends does; a digit too many does nothing. */
  void press(PadKey key) {
    if (key.clears()) {
      wipe();
    } else if (!key.isDigit()) {
      rubOut();
    } else if (!full()) {
      digits[typed++] = key.code();
    }
  }

  /** Hands the whole PIN over and keeps nothing of it. */
  PatientInput.Pin take() {
    PatientInput.Pin pin = new PatientInput.Pin(digits);
    wipe();
    return pin;
  }

  void wipe() {
    Arrays.fill(digits, (byte) 0);
    typed = 0;
  }

  private void rubOut() {
    if (typed > 0) {
      digits[--typed] = 0;
    }
  }
}
