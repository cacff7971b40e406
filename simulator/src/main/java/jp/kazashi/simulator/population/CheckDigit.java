package jp.kazashi.simulator.population;

/** The check digit of insurers', payers', recipients' and institutions' numbers. */
public final class CheckDigit {
  private CheckDigit() {}

  /** Weights 2 and 1 in turn from the right; digits of products added; ten less the sum's last. */
  static int of(String body) {
    int sum = 0;
    for (int fromRight = 0; fromRight < body.length(); fromRight++) {
      int digit = body.charAt(body.length() - 1 - fromRight) - '0';
      int product = fromRight % 2 == 0 ? 2 * digit : digit;
      sum += product / 10 + product % 10;
    }
    return (10 - sum % 10) % 10;
  }

  public static String append(String body) {
    return body + of(body);
  }
}
