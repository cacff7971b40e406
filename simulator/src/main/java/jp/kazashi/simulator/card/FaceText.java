package jp.kazashi.simulator.card;

import java.util.Locale;

/**
 * Text as the pictures a card carries of it, one bit per point. A virtual card needs no fonts: it
 * draws every character as the hexadecimal digits of its code point, which nobody takes for print.
 */
final class FaceText {

  /** 3 × 5 points of 0 to F, row by row, the highest bit first. */
  private static final int[] GLYPHS = {
    0b111101101101111, 0b010110010010111, 0b111001111100111, 0b111001111001111,
    0b101101111001001, 0b111100111001111, 0b111100111101111, 0b111001001001001,
    0b111101111101111, 0b111101111001111, 0b111101111101101, 0b110101110101110,
    0b111100100100111, 0b110101101101110, 0b111100111100111, 0b111100111100100
  };

  private static final int CELL_WIDTH = 9;
  private static final int CELL_HEIGHT = 14;
  private static final int DIGIT_WIDTH = 6;
  private static final int DIGIT_HEIGHT = 12;

  private FaceText() {}

  static byte[] drawn(String text) {
    int[] points = text.codePoints().toArray();
    BitImage image = new BitImage(points.length * CELL_WIDTH + 1, CELL_HEIGHT);
    for (int i = 0; i < points.length; i++) {
      String hex = "%04x".formatted(points[i] & 0xFFFF).toLowerCase(Locale.ROOT);
      for (int n = 0; n < hex.length(); n++) {
        glyph(image, hex.charAt(n), i * CELL_WIDTH + 1 + n % 2 * 4, 1 + n / 2 * 6);
      }
    }
    return image.png();
  }

  /** As wide as on the card: 72 × 12 for twelve digits, 24 × 12 for four. */
  static byte[] digits(String digits) {
    BitImage image = new BitImage(digits.length() * DIGIT_WIDTH, DIGIT_HEIGHT);
    for (int i = 0; i < digits.length(); i++) {
      glyph(image, digits.charAt(i), i * DIGIT_WIDTH + 1, 3);
    }
    return image.png();
  }

  private static void glyph(BitImage image, char digit, int x, int y) {
    int shape = GLYPHS[Character.digit(digit, 16)];
    for (int point = 0; point < 15; point++) {
      if ((shape >> (14 - point) & 1) != 0) {
        image.blacken(x + point % 3, y + point / 3);
      }
    }
  }
}
