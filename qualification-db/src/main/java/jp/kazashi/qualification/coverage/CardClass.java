package jp.kazashi.qualification.coverage;

/** OQSCD010 被保険者証等区分. */
public enum CardClass implements Coded {
  /** 被保険者証（一般）. */
  GENERAL("01"),
  /** 退職. */
  RETIRED("02"),
  /** 短期（一般）. */
  SHORT_TERM("03"),
  /** 短期（退職）. */
  SHORT_TERM_RETIRED("04"),
  /** 特別療養費支給対象者. */
  SPECIAL_REFUND("05"),
  /** 特例退職. */
  SPECIAL_RETIRED("06"),
  /** 自衛官診療証. */
  SDF("07"),
  /** 医療扶助. */
  MEDICAL_AID("A1");

  private final String code;

  CardClass(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
