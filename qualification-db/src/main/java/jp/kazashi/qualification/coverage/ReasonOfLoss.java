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

  /** Feeds give the name or the code. */
  public static ReasonOfLoss ofNameOrCode(String text) {
    for (ReasonOfLoss reason : values()) {
      if (reason.code.equals(text) || reason.name().equals(text)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("is no reason of loss");
  }
}
