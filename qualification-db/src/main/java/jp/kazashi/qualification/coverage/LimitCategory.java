package jp.kazashi.qualification.coverage;

/** OQSCD012 適用区分: up to 69 (A) and from 70 (B). */
public enum LimitCategory implements Coded {
  /** ア. */
  A01,
  /** イ. */
  A02,
  /** ウ. */
  A03,
  /** エ. */
  A04,
  /** オ. */
  A05,
  /** オ（境界層該当）. */
  A06,
  /** 現役並み所得者Ⅲ. */
  B01,
  /** 現役並み所得者Ⅱ. */
  B02,
  /** 現役並み所得者Ⅰ. */
  B03,
  /** 一般. */
  B04,
  /** 低所得者Ⅱ. */
  B05,
  /** 低所得者Ⅰ. */
  B06,
  /** 低所得者Ⅰ（老齢福祉年金受給者）. */
  B07,
  /** 低所得者Ⅰ（境界層該当）. */
  B08,
  /** 一般Ⅱ. */
  B09,
  /** 一般Ⅰ. */
  B10;

  @Override
  public String code() {
    return name();
  }
}
