package jp.kazashi.qualification.institution;

/** The two digits of a prefecture, 01 to 47. */
public record Prefecture(String digits) {
  public Prefecture {
    if (!digits.matches("0[1-9]|[1-3][0-9]|4[0-7]")) {
      throw new IllegalArgumentException("A prefecture is 01 to 47");
    }
  }

  @Override
  public String toString() {
    return digits;
  }
}
