package jp.kazashi.qualification.person;

/** 公費負担者番号: law 2, prefecture 2, payer 3, check digit. */
public record PublicPayerNumber(String digits) implements PayerNumber {
  public PublicPayerNumber {
    if (!Digits.are(digits, 8)) {
      throw new IllegalArgumentException("A public payer number has 8 digits");
    }
    if (!CheckDigit.holds(digits)) {
      throw new IllegalArgumentException("The check digit of the public payer number is wrong");
    }
  }

  /** Completes 7 digits. */
  public static PublicPayerNumber completing(String body) {
    return new PublicPayerNumber(body + CheckDigit.of(body));
  }

  @Override
  public String toString() {
    return digits;
  }
}
