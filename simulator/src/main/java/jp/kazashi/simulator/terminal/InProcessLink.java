package jp.kazashi.simulator.terminal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;

/** Readers in the same JVM. */
final class InProcessLink implements TerminalLink {

  private final VirtualReaders readers;

  InProcessLink(VirtualReaders readers) {
    this.readers = readers;
  }

  @Override
  public List<String> readers() {
    return readers.names();
  }

  @Override
  public Presence presence(String reader) throws CardException {
    return find(reader).presence();
  }

  @Override
  public Presence awaitChange(String reader, long known, Duration limit) throws CardException {
    return find(reader).change(known, limit).join();
  }

  @Override
  public long changes() {
    return readers.changes();
  }

  @Override
  public long awaitAnyChange(long known, Duration limit) {
    return readers.change(known, limit).join();
  }

  @Override
  public CardLink connect(String reader) throws CardException {
    return find(reader)
        .connect()
        .map(Connected::new)
        .orElseThrow(() -> new CardNotPresentException(Failure.NO_CARD.words()));
  }

  private VirtualReader find(String name) throws CardException {
    return readers
        .reader(name)
        .orElseThrow(() -> new CardException(Failure.UNKNOWN_READER.words()));
  }

  private record Connected(SeatedCard.Connection connection) implements CardLink {

    @Override
    public byte[] atr() {
      return connection.atr();
    }

    @Override
    public byte[] transmit(byte[] command) throws CardException {
      return answerOf(connection.transmit(command));
    }

    @Override
    public void beginExclusive() throws CardException {
      answerOf(connection.beginExclusive());
    }

    @Override
    public void endExclusive() throws CardException {
      answerOf(CompletableFuture.completedFuture(connection.endExclusive()));
    }

    @Override
    public void disconnect(boolean reset) {
      connection.disconnect(reset);
    }

    private static byte[] answerOf(CompletableFuture<CardReply> reply) throws CardException {
      return switch (reply.join()) {
        case CardReply.Answered answered -> answered.data();
        case CardReply.Failed failed -> throw new CardException(failed.failure().words());
      };
    }
  }
}
