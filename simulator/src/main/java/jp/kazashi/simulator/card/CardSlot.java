package jp.kazashi.simulator.card;

/** What a card sits in, as far as a fault of the card can move it. */
public interface CardSlot {

  /** The card is taken away. */
  void eject();

  /** Another program resets the card. */
  void resetByAnother();

  /** Where nothing of the kind can happen. */
  static CardSlot fixed() {
    return new CardSlot() {
      @Override
      public void eject() {}

      @Override
      public void resetByAnother() {}
    };
  }
}
