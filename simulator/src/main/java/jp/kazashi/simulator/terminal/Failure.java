package jp.kazashi.simulator.terminal;

/** Why a virtual reader could not do what was asked, in the words PC/SC has for it. */
enum Failure {
  REMOVED(1, "SCARD_W_REMOVED_CARD"),
  RESET(2, "SCARD_W_RESET_CARD"),
  NO_CARD(3, "SCARD_E_NO_SMARTCARD"),
  UNKNOWN_READER(4, "SCARD_E_UNKNOWN_READER"),
  CLOSED(5, "SCARD_E_INVALID_HANDLE");

  private final int code;
  private final String words;

  Failure(int code, String words) {
    this.code = code;
    this.words = words;
  }

  /** Its number in the terminal protocol; 0 is no failure. */
  int code() {
    return code;
  }

  String words() {
    return words;
  }
}
