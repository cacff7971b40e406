package jp.kazashi.simulator.card;

/** What a card is, told to a reader by its token label and by nothing else. */
public enum CardForm {
  MY_NUMBER_CARD("JPKIAPICCTOKEN2"),
  /** Its authentication certificate is read only after the PIN. */
  ANDROID_PHONE("JPKIAPGPSETOKEN"),
  /** Its holder was confirmed by the phone itself before it is held to the reader: no PIN. */
  IPHONE("JPKIAPIOSTOKEN"),
  /** 住民基本台帳カード. */
  OLD_RESIDENT_CARD("JPKIAPICCTOKEN");

  private final String tokenLabel;

  CardForm(String tokenLabel) {
    this.tokenLabel = tokenLabel;
  }

  String tokenLabel() {
    return tokenLabel;
  }

  /** A phone carries certificates, but no face of a card. */
  boolean isPhone() {
    return this == ANDROID_PHONE || this == IPHONE;
  }
}
