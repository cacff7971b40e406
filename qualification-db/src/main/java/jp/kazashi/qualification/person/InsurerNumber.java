package jp.kazashi.qualification.person;

/**
 * 保険者番号: 8 digits (law 2, prefecture 2, insurer 3, check digit) or 6 for 国民健康保険, which has no law
 * part.
 */
public record InsurerNumber(String digits) implements PayerNumber {
  public InsurerNumber {
    if (!Digits.are(digits, 6) && !Digits.are(digits, 8)) {
      throw new IllegalArgumentException("An insurer number has 6 or 8 digits");
    }
    if (!CheckDigit.holds(digits)) {
      throw new IllegalArgumentException("The check digit of the insurer number is wrong");
    }
  }

  /** Completes 5 or 7 digits. */
  public static InsurerNumber completing(String body) {
    return new InsurerNumber(body + CheckDigit.of(body));
  }

  @Override
  public String toString() {
    return digits;
  }
}
