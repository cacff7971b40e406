package jp.kazashi.simulator.card;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Portraits of nobody: drawn by a program and plainly so, 180 × 240, grey, JPEG 2000 as on the
 * card.
 */
public final class Portraits {

  public static final int COUNT = 12;

  private Portraits() {}

  /** The portrait with this number, counted from 1 and beginning again after the last. */
  public static byte[] numbered(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("Portraits are counted from 1.");
    }
    String file = fileName((number - 1) % COUNT + 1);
    try (InputStream in = Portraits.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing in this build.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String fileName(int number) {
    return "portrait-%02d.jp2".formatted(number);
  }
}
