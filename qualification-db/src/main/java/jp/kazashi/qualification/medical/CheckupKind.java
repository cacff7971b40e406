package jp.kazashi.qualification.medical;

import jp.kazashi.qualification.coverage.Coded;

/** Report kinds of OID 2.16.840.1.113883.2.2.1.6.1001, as far as they are checkups (F-32). */
public enum CheckupKind implements Coded {
  /** 特定健診. */
  SPECIFIC("10"),
  /** 特定健診以外. */
  OTHER_THAN_SPECIFIC("40"),
  /** 事業者健診. */
  EMPLOYER("41"),
  /** 自治体検診. */
  MUNICIPALITY("42"),
  /** 被保護者健診. */
  WELFARE("60"),
  CODE_70("70"),
  CODE_80("80"),
  CODE_99("99");

  private final String code;

  CheckupKind(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
