package jp.kazashi.qualification.person;

/** 枝番: the two digits that tell members of a family apart. */
public record BranchNumber(String digits) {
  public BranchNumber {
    if (!Digits.are(digits, 2)) {
      throw new IllegalArgumentException("A branch number has 2 digits");
    }
  }

  @Override
  public String toString() {
    return digits;
  }
}
