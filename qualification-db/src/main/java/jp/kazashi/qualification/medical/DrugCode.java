package jp.kazashi.qualification.medical;

import jp.kazashi.qualification.person.Digits;

/** The nine-digit receipt code of a drug; drugs begin with 6. */
public record DrugCode(String digits) {
  public DrugCode {
    if (!Digits.are(digits, 9) || digits.charAt(0) != '6') {
      throw new IllegalArgumentException("A drug code has 9 digits and begins with 6");
    }
  }

  @Override
  public String toString() {
    return digits;
  }
}
