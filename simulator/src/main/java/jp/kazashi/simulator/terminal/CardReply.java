package jp.kazashi.simulator.terminal;

/** What a connection to a card answers. */
sealed interface CardReply {

  CardReply DONE = new Answered(new byte[0]);

  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Answered(byte[] data) implements CardReply {
    @Override
    public String toString() {
      return "Answered (%d bytes)".formatted(data.length);
    }
  }

  record Failed(Failure failure) implements CardReply {}
}
