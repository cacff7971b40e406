package jp.kazashi.simulator.world;

import jp.kazashi.simulator.population.CheckDigit;

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
    this.number = CheckDigit.append(body);
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
}
