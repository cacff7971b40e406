package jp.kazashi.qualification.coverage;

/** OQSCD013 特定疾病. */
public enum SpecificDisease implements Coded {
  /** 人工透析を要する慢性腎不全. */
  DIALYSIS("1"),
  /** 先天性血液凝固因子障害. */
  HAEMOPHILIA("2"),
  /** 血液製剤に起因するHIV感染症. */
  HIV_FROM_BLOOD_PRODUCTS("3");

  private final String code;

  SpecificDisease(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
