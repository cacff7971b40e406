package jp.kazashi.reader.myna;

import java.util.HexFormat;
import jp.kazashi.reader.card.CardStep;

/** 券面事項確認AP, as far as it is used: the picture of the face, opened by 照合番号B. */
final class FaceApplet {

  static final int FACE = 0x0002;
  static final int NUMBER_B = 0x0012;
  static final int RECORD = 0xFF20;
  static final int PORTRAIT = 0xDF27;

  private static final byte[] AID = HexFormat.of().parseHex("D3921000310001010402");

  private FaceApplet() {}

  static CardStep select() {
    return JpkiApplet.select("select face", AID);
  }
}
