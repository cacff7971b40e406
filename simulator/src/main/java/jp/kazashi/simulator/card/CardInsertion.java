package jp.kazashi.simulator.card;

/** A card from insertion to removal: command bytes in, response bytes out, one at a time. */
public interface CardInsertion {

  byte[] atr();

  byte[] transmit(byte[] command);

  /** Back to the state after insertion: nothing selected, nothing verified. */
  void reset();

  /** The card has left: who still waits for an answer waits in vain. */
  void leave();
}
