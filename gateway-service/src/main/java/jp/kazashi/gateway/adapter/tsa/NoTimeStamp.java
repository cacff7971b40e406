package jp.kazashi.gateway.adapter.tsa;

/** The authority gave no word that proves anything; the message says why, for the log. */
public final class NoTimeStamp extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoTimeStamp(String why) {
    super(why);
  }
}
