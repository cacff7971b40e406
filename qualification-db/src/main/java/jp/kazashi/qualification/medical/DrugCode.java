package jp.kazashi.qualification.medical;

/** The nine-digit receipt code of a drug; drugs begin with 6. */
public record DrugCode(String digits) {
  public DrugCode {
    if (!digits.matches("6[0-9]{8}")) {
      throw new IllegalArgumentException("A drug code has 9 digits and begins with 6");
    }
  }

  @Override
  public String toString() {
    return digits;
  }
}
