package jp.kazashi.qualification.medical;

import jp.kazashi.qualification.person.Digits;

/** The nine-digit receipt code of a practice (診療行為); practices begin with 1. */
public record PracticeCode(String digits) {
  public PracticeCode {
    if (!Digits.are(digits, 9) || digits.charAt(0) != '1') {
      throw new IllegalArgumentException("A practice code has 9 digits and begins with 1");
    }
  }

  @Override
  public String toString() {
    return digits;
  }
}
