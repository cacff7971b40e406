package jp.kazashi.simulator.terminal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import jp.kazashi.simulator.card.CardInsertion;
import jp.kazashi.simulator.card.VirtualCard;

/** One card in one reader, from its insertion to its removal, and the connections it has. */
final class SeatedCard {

  private final String name;
  private final CardInsertion insertion;
  private final Executor executor;
  private final Turns turns = new Turns();
  private volatile boolean removed;
  private int resets;

  SeatedCard(VirtualCard card, Executor executor) {
    this.name = card.name();
    this.insertion = card.insert();
    this.executor = executor;
  }

  String name() {
    return name;
  }

  void remove() {
    removed = true;
    turns.end();
  }

  Connection connect() {
    synchronized (this) {
      return new Connection(resets);
    }
  }

  /** What one program holds of this card. Dies with the card. */
  final class Connection {

    private final int resetsSeen;
    private volatile boolean closed;

    private Connection(int resetsSeen) {
      this.resetsSeen = resetsSeen;
    }

    byte[] atr() {
      return insertion.atr();
    }

    CompletableFuture<CardReply> transmit(byte[] command) {
      return turns.pass(this).thenApplyAsync(turn -> perform(command), executor);
    }

    private CardReply perform(byte[] command) {
      if (obstacle() instanceof CardReply.Failed failed) {
        return failed;
      }
      byte[] response = insertion.transmit(command);
      // A card taken away while it worked never said what it had to say.
      return obstacle() instanceof CardReply.Failed failed
          ? failed
          : new CardReply.Answered(response);
    }

    CompletableFuture<CardReply> beginExclusive() {
      return turns
          .hold(this)
          .thenApply(turn -> {
            CardReply obstacle = obstacle();
            if (obstacle instanceof CardReply.Failed) {
              turns.release(this);
            }
            return obstacle;
          });
    }

    CardReply endExclusive() {
      turns.release(this);
      return obstacle();
    }

    /** A reset tells every other connection that what it had selected and verified is gone. */
    void disconnect(boolean reset) {
      if (closed) {
        return;
      }
      closed = true;
      if (reset) {
        synchronized (SeatedCard.this) {
          resets++;
          insertion.reset();
        }
      }
      turns.release(this);
    }

    private CardReply obstacle() {
      if (removed) {
        return new CardReply.Failed(Failure.REMOVED);
      }
      if (closed) {
        return new CardReply.Failed(Failure.CLOSED);
      }
      synchronized (SeatedCard.this) {
        return resets == resetsSeen ? CardReply.DONE : new CardReply.Failed(Failure.RESET);
      }
    }
  }
}
