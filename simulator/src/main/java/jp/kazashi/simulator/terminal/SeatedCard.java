package jp.kazashi.simulator.terminal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import jp.kazashi.simulator.card.CardInsertion;
import jp.kazashi.simulator.card.CardSlot;
import jp.kazashi.simulator.card.VirtualCard;

/** One card in one reader, from its insertion to its removal, and the connections it has. */
final class SeatedCard {

  private final String name;
  private final CardInsertion insertion;
  private final Executor executor;
  private final Turns turns = new Turns();
  private volatile boolean removed;
  private int resets;

  /** A fault of the card may take it out of the reader, by {@code eject}. */
  SeatedCard(VirtualCard card, Executor executor, Consumer<SeatedCard> eject) {
    this.name = card.name();
    this.executor = executor;
    this.insertion =
        card.insert(
            new CardSlot() {
              @Override
              public void eject() {
                eject.accept(SeatedCard.this);
              }

              @Override
              public void resetByAnother() {
                SeatedCard.this.reset();
              }
            });
  }

  String name() {
    return name;
  }

  void remove() {
    removed = true;
    turns.end();
    insertion.leave();
  }

  private synchronized void reset() {
    resets++;
    insertion.reset();
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
        reset();
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
