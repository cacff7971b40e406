package jp.kazashi.qualification.person;

/**
 * The check digit shared by insurer, public payer and recipient numbers: weights 2 and 1 in turn,
 * beginning with 2 at the last digit of the body; the digits of a product are added; ten less the
 * last digit of the sum, ten becoming zero. Where a body has 5 or 7 digits, beginning at the first
 * digit gives the same; for the 6 of a recipient number it does not.
 */
final class CheckDigit {
  private CheckDigit() {}

  static boolean holds(String digits) {
    int last = digits.length() - 1;
    return of(digits.substring(0, last)) == digits.charAt(last) - '0';
  }

  static int of(String body) {
    int sum = 0;
    int weight = 2;
    for (int at = body.length() - 1; at >= 0; at--) {
      int product = (body.charAt(at) - '0') * weight;
      sum += product / 10 + product % 10;
      weight = 3 - weight;
    }
    return (10 - sum % 10) % 10;
  }
}
