package jp.kazashi.reader.myna;

import java.util.Arrays;
import java.util.function.Function;

/**
 * The four digits a holder typed (利用者証明用暗証番号). They live here, as bytes, until {@link #close()};
 * they are never a String.
 */
public final class PinEntry implements AutoCloseable {

  private static final int LENGTH = 4;

  private final byte[] digits;
  private boolean wiped;

  private PinEntry(byte[] digits) {
    this.digits = digits;
  }

  /** Whether these could be a PIN at all, so that a slip of the finger costs no try. */
  public static boolean isWellFormed(byte[] digits) {
    if (digits.length != LENGTH) {
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
   * Takes the digits over: the array given is wiped.
   *
   * @param digits four ASCII digits
   * @throws IllegalArgumentException if they are not; they are wiped then, too
   */
  public static PinEntry taking(byte[] digits) {
    try {
      if (!isWellFormed(digits)) {
        throw new IllegalArgumentException("A PIN is four digits.");
      }
      return new PinEntry(digits.clone());
    } finally {
      Arrays.fill(digits, (byte) 0);
    }
  }

  /** Lends the digits for one use; the copy is wiped after it. */
  <R> R lend(Function<byte[], R> use) {
    if (wiped) {
      throw new IllegalStateException("This PIN has been wiped.");
    }
    byte[] copy = digits.clone();
    try {
      return use.apply(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  @Override
  public void close() {
    Arrays.fill(digits, (byte) 0);
    wiped = true;
  }

  @Override
  public String toString() {
    return wiped ? "PIN (wiped)" : "PIN (withheld)";
  }
}
