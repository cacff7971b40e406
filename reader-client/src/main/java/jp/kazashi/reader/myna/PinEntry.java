package jp.kazashi.reader.myna;

import java.util.function.Function;

/**
 * Four digits a holder typed (利用者証明用暗証番号, or that of 券面事項入力補助AP). They live here, as bytes, until
 * {@link #close()}; they are never a String.
 */
public final class PinEntry implements AutoCloseable {

  private static final int LENGTH = 4;

  private final Digits digits;

  private PinEntry(Digits digits) {
    this.digits = digits;
  }

  /** Whether these could be a PIN at all, so that a slip of the finger costs no try. */
  public static boolean isWellFormed(byte[] digits) {
    return Digits.areAll(digits, LENGTH);
  }

  /**
   * Takes the digits over: the array given is wiped.
   *
   * @param digits four ASCII digits
   * @throws IllegalArgumentException if they are not; they are wiped then, too
   */
  public static PinEntry taking(byte[] digits) {
    return new PinEntry(Digits.taking(digits, LENGTH, "A PIN is four digits."));
  }

  /** Lends the digits for one use; the copy is wiped after it. */
  <R> R lend(Function<byte[], R> use) {
    return digits.lend(use);
  }

  @Override
  public void close() {
    digits.wipe();
  }

  @Override
  public String toString() {
    return "PIN " + digits;
  }
}
