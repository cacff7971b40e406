package jp.kazashi.qualification.coverage;

/** OQSCD020 単独・併用. */
public enum TicketUse implements Coded {
  SINGLE("01"),
  COMBINED("02");

  private final String code;

  TicketUse(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
