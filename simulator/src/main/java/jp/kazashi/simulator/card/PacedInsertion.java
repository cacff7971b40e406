package jp.kazashi.simulator.card;

/** A card that takes as long as a real one. */
record PacedInsertion(CardInsertion chip, CardPace pace, Pause pause) implements CardInsertion {

  @Override
  public byte[] atr() {
    return chip.atr();
  }

  @Override
  public byte[] transmit(byte[] command) {
    byte[] response = chip.transmit(command);
    pause.of(pace.of(command, response));
    return response;
  }

  @Override
  public void reset() {
    chip.reset();
  }

  @Override
  public void leave() {
    chip.leave();
  }
}
