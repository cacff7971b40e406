package jp.kazashi.simulator.card;

import java.util.HexFormat;
import java.util.Locale;

/** The name of an application on a card, in hex. */
record Aid(String hex) {

  private static final int SHORTEST = 5 * 2;
  private static final int LONGEST = 16 * 2;

  Aid {
    if (hex.length() < SHORTEST || hex.length() > LONGEST) {
      throw new IllegalArgumentException("An application name has 5 to 16 bytes.");
    }
    hex = hex.toUpperCase(Locale.ROOT);
    HexFormat.of().parseHex(hex);
  }

  /** JICSAP lets a shortened name select, too. */
  boolean answersTo(byte[] name) {
    return name.length > 0 && hex.startsWith(HexFormat.of().withUpperCase().formatHex(name));
  }
}
