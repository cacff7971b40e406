package jp.kazashi.simulator.card;

import java.util.regex.Pattern;

/** One PIN of one card, and how many tries it has when nothing went wrong. */
public record PinReference(String card, String pin, int limit) {

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");

  public PinReference {
    if (!WORD.matcher(card).matches() || !WORD.matcher(pin).matches()) {
      throw new IllegalArgumentException("Cards and PINs are named by letters, digits, - and _.");
    }
    if (limit < 1 || limit > 15) {
      throw new IllegalArgumentException("A PIN has 1 to 15 tries.");
    }
  }

  /** The four digits for authentication (利用者証明用), blocked after three mistakes. */
  public static PinReference authentication(String card) {
    return new PinReference(card, "authentication", 3);
  }

  /** The password for signatures (署名用), blocked after five mistakes. */
  public static PinReference signature(String card) {
    return new PinReference(card, "signature", 5);
  }

  /** The four digits of 券面事項入力補助AP. */
  public static PinReference attributes(String card) {
    return new PinReference(card, "attributes", 3);
  }

  static PinReference resident(String card) {
    return new PinReference(card, "resident", 3);
  }

  static PinReference common(String card) {
    return new PinReference(card, "common", 3);
  }

  /** 照合番号 and birth date are printed on the card, and each application counts for itself. */
  static PinReference printed(String card, String application, String what) {
    return new PinReference(card, application + "-" + what, 10);
  }

  /** 照合番号B of 券面事項確認AP, which opens the portrait. */
  public static PinReference faceNumber(String card) {
    return printed(card, "face", "b");
  }
}
