package jp.kazashi.reader.card;

import java.util.Optional;

/** What answers as JPKI, told by its token label; the ATR says nothing reliable. */
public enum CardKind {
  MY_NUMBER_CARD("JPKIAPICCTOKEN2"),
  ANDROID_PHONE("JPKIAPGPSETOKEN"),
  IPHONE("JPKIAPIOSTOKEN"),
  /** 住民基本台帳カード: its certificates have all ended. */
  OLD_RESIDENT_CARD("JPKIAPICCTOKEN");

  private final String tokenLabel;

  CardKind(String tokenLabel) {
    this.tokenLabel = tokenLabel;
  }

  public String tokenLabel() {
    return tokenLabel;
  }

  public static Optional<CardKind> ofTokenLabel(String label) {
    for (CardKind kind : values()) {
      if (kind.tokenLabel.equals(label)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
