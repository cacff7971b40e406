package jp.kazashi.qualification.coverage;

/** OQSCD011 限度額認定証区分. */
public enum LimitClass implements Coded {
  /** 限度額適用認定証. */
  LIMIT("01"),
  /** 限度額適用・標準負担額減額認定証. */
  LIMIT_AND_REDUCTION("02"),
  /** 標準負担額減額認定証. */
  REDUCTION("03");

  private final String code;

  LimitClass(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
