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
  FACE_NOT_CONFIRMED,
  RECORDED_TO_BE_VERIFIED,
  NOBODY_CONFIRMED_BY_SIGHT,
  SIGNED_OUT,
  LOCAL_SIGN_IN_ONLY,
  LOCAL_SIGN_IN_REFUSED,
  LINE_IS_UP,
  DEGRADED_NOT_READY,
  DEGRADED_FULL,
  NO_DESK_KEY,
  NOTHING_WAITS,
  LIST_UNREADABLE;

  public ReasonId id() {
    return new ReasonId(name());
  }
}
