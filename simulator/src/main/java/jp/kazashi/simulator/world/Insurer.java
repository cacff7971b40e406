package jp.kazashi.simulator.world;

/** The payers of the deck's people: synthetic, with check digits that hold. */
enum Insurer {
  /** A society-managed health insurance (law 06) in Tokyo (13). */
  SOCIETY("0613998", "架空商事健康保険組合"),
  /** A city's national health insurance: six digits, no law part. */
  CITY("13899", "架空市国民健康保険"),
  /** Of all who are 75 or older (law 39). */
  ELDERLY("3913899", "架空県後期高齢者医療広域連合"),
  /** A welfare office that grants medical aid (law 12): a public payer, no insurer. */
  AID("1213899", "架空市福祉事務所");

  private final String number;
  private final String fullName;

  Insurer(String body, String fullName) {
    this.number = body + checkDigit(body);
    this.fullName = fullName;
  }

  boolean isPublicPayer() {
    return this == AID;
  }

  String number() {
    return number;
  }

  String fullName() {
    return fullName;
  }

  /** Weights 2 and 1 in turn from the right; digits of products added; ten less the sum's last. */
  static int checkDigit(String body) {
    int sum = 0;
    for (int fromRight = 0; fromRight < body.length(); fromRight++) {
      int digit = body.charAt(body.length() - 1 - fromRight) - '0';
      int product = fromRight % 2 == 0 ? 2 * digit : digit;
      sum += product / 10 + product % 10;
    }
    return (10 - sum % 10) % 10;
  }
}
