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
}
