package jp.kazashi.qualification.coverage;

/** OQSCD019 診療別. */
public enum TicketTreatment implements Coded {
  /** 入院. */
  INPATIENT("01"),
  /** 入院外. */
  OUTPATIENT("02"),
  /** 歯科. */
  DENTAL("03"),
  /** 調剤. */
  DISPENSING("04"),
  /** 訪問看護. */
  HOME_NURSING("05");

  private final String code;

  TicketTreatment(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
