package jp.kazashi.qualification.person;

/** 受給者番号: 6 digits and a check digit. */
public record RecipientNumber(String digits) {
  public RecipientNumber {
    if (!Digits.are(digits, 7)) {
      throw new IllegalArgumentException("A recipient number has 7 digits");
    }
    if (!CheckDigit.holds(digits)) {
      throw new IllegalArgumentException("The check digit of the recipient number is wrong");
    }
  }

  /** Completes 6 digits. */
  public static RecipientNumber completing(String body) {
    return new RecipientNumber(body + CheckDigit.of(body));
  }

  @Override
  public String toString() {
    return digits;
  }
}
