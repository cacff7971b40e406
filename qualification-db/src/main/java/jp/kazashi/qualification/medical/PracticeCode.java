package jp.kazashi.qualification.medical;

/** The nine-digit receipt code of a practice (診療行為); practices begin with 1. */
public record PracticeCode(String digits) {
  public PracticeCode {
    if (!digits.matches("1[0-9]{8}")) {
      throw new IllegalArgumentException("A practice code has 9 digits and begins with 1");
    }
  }

  @Override
  public String toString() {
    return digits;
  }
}
