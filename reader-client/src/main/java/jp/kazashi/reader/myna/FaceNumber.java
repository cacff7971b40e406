package jp.kazashi.reader.myna;

import java.util.function.Function;

/**
 * 照合番号B: birth date in its era, year of the card's end and security code, as printed on the card.
 * It opens the portrait and not the 個人番号; 照合番号A, which is that number, has no place in this
 * program.
 */
public final class FaceNumber implements AutoCloseable {

  private static final int LENGTH = 14;

  private final Digits digits;

  private FaceNumber(Digits digits) {
    this.digits = digits;
  }

  public static boolean isWellFormed(byte[] digits) {
    return Digits.areAll(digits, LENGTH);
  }

  /**
   * Takes the digits over: the array given is wiped.
   *
   * @param digits fourteen ASCII digits
   * @throws IllegalArgumentException if they are not; they are wiped then, too
   */
  public static FaceNumber taking(byte[] digits) {
    return new FaceNumber(
        Digits.taking(digits, LENGTH, "The number on a card's face has fourteen digits."));
  }

  <R> R lend(Function<byte[], R> use) {
    return digits.lend(use);
  }

  @Override
  public void close() {
    digits.wipe();
  }

  @Override
  public String toString() {
    return "number on the face " + digits;
  }
}
