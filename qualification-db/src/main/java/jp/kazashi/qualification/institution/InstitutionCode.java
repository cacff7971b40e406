package jp.kazashi.qualification.institution;

import jp.kazashi.qualification.person.Digits;

/** 医療機関コード: prefecture (2), fee table (1), institution with check digit (7). */
public record InstitutionCode(String digits) {
  public static final int LENGTH = 10;

  public InstitutionCode {
    if (!Digits.are(digits, LENGTH)) {
      throw new IllegalArgumentException("An institution code has 10 digits");
    }
  }

  @Override
  public String toString() {
    return digits;
  }
}
