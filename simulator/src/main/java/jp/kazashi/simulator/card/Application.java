package jp.kazashi.simulator.card;

/** One application (AP) of a card, shared by all insertions of the card. */
interface Application {

  Aid aid();

  /**
   * Selects it. Security status belongs to the selection: it is born empty and ends with it, so
   * that nothing has to be cleared.
   */
  Selection select();

  /** A selected application: its current file, and what was verified since the selection. */
  @FunctionalInterface
  interface Selection {
    ResponseApdu answer(CommandApdu command);
  }
}
