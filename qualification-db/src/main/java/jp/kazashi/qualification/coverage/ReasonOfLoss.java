package jp.kazashi.qualification.coverage;

/** OQSCD008. */
public enum ReasonOfLoss {
  DEATH("01"),
  WELFARE_BEGAN("02"),
  OTHER_INSURANCE("03"),
  OTHER("99");

  private final String code;

  ReasonOfLoss(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  public static ReasonOfLoss ofCode(String code) {
    for (ReasonOfLoss reason : values()) {
      if (reason.code.equals(code)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("No reason of loss has the code '" + code + "'");
  }
}
