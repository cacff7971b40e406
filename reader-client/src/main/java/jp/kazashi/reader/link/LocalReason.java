package jp.kazashi.reader.link;

/** The reasons for which the terminal itself ends a visit; the gateway has its own. */
public enum LocalReason {
  WRONG_PIN,
  PIN_BLOCKED,
  CARD_REMOVED,
  NOT_A_MY_NUMBER_CARD,
  READER_TROUBLE,
  GATEWAY_UNREACHABLE,
  CANCELLED,
  TIMED_OUT,
  METHOD_UNAVAILABLE,
  FACE_NOT_CONFIRMED;

  public ReasonId id() {
    return new ReasonId(name());
  }
}
