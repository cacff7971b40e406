package jp.kazashi.reader.myna;

import java.util.Arrays;
import java.util.function.Function;

/** Digits that someone typed or a scanner read: bytes until they are wiped, never a String. */
final class Digits {

  private final byte[] digits;
  private boolean wiped;

  private Digits(byte[] digits) {
    this.digits = digits;
  }

  static boolean areAll(byte[] digits, int length) {
    if (digits.length != length) {
      return false;
    }
    for (byte digit : digits) {
      if (digit < '0' || digit > '9') {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes them over: the array given is wiped, whatever happens.
   *
   * @throws IllegalArgumentException with that sentence, if they are not so many digits
   */
  static Digits taking(byte[] digits, int length, String otherwise) {
    try {
      if (!areAll(digits, length)) {
        throw new IllegalArgumentException(otherwise);
      }
      return new Digits(digits.clone());
    } finally {
      Arrays.fill(digits, (byte) 0);
    }
  }

  /** Lends them for one use; the copy is wiped after it. */
  <R> R lend(Function<byte[], R> use) {
    if (wiped) {
      throw new IllegalStateException("These digits have been wiped.");
    }
    byte[] copy = digits.clone();
    try {
      return use.apply(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  void wipe() {
    Arrays.fill(digits, (byte) 0);
    wiped = true;
  }

  @Override
  public String toString() {
    return wiped ? "(wiped)" : "(withheld)";
  }
}
