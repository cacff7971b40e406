package jp.kazashi.simulator.world;

/** A synthetic person, as one insurer registered them. */
record DeckPerson(
    String name,
    String kana,
    String birthDate,
    String sex,
    String postCode,
    String address,
    Insurer insurer,
    String symbol,
    String number,
    String branch,
    String relationship,
    int contributionRatio) {
  @Override
  public String toString() {
    return "DeckPerson[…]";
  }
}
