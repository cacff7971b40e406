package jp.kazashi.qualification.coverage;

/** OQSCD008. */
public enum ReasonOfLoss implements Coded {
  DEATH("01"),
  WELFARE_BEGAN("02"),
  OTHER_INSURANCE("03"),
  OTHER("99");

  private final String code;

  ReasonOfLoss(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
