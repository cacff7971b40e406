package jp.kazashi.qualification.coverage;

/** OQSCD018 券別. */
public enum TicketType implements Coded {
  /** 医療券. */
  MEDICAL("01"),
  /** 調剤券. */
  DISPENSING("02");

  private final String code;

  TicketType(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
