package jp.kazashi.qualification.coverage;

/** OQSCD006 資格有効性. */
public enum ValidityCode {
  /** 有効. */
  VALID(1),
  /** 無効. */
  INVALID(2),
  /** 無効（新しい資格あり）. */
  INVALID_NEWER_EXISTS(3),
  /** 該当資格なし. */
  NOT_FOUND(4),
  /** 複数該当, medical insurance only. */
  AMBIGUOUS(5),
  /** 有効（未登録）, medical aid only: no ticket is registered yet. */
  VALID_UNREGISTERED(6);

  private final int code;

  ValidityCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Whether care can be given under it. */
  public boolean covers() {
    return this == VALID || this == VALID_UNREGISTERED;
  }
}
