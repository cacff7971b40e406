package jp.kazashi.reader.myna;

import java.util.HexFormat;
import jp.kazashi.reader.card.CardStep;

/** 券面事項入力補助AP, as far as it is used: the four attributes. Its file with the number is not read. */
final class TextApplet {

  static final int ATTRIBUTES = 0x0002;
  static final int PIN = 0x0011;
  static final int RECORD = 0xFF20;
  static final int NAME = 0xDF22;
  static final int ADDRESS = 0xDF23;
  static final int BIRTH_DATE = 0xDF24;
  static final int SEX = 0xDF25;

  private static final byte[] AID = HexFormat.of().parseHex("D3921000310001010408");

  private TextApplet() {}

  static CardStep select() {
    return JpkiApplet.select("select text", AID);
  }
}
