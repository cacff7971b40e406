package jp.kazashi.reader.card;

import java.util.function.Supplier;
import jp.kazashi.reader.card.StepResult.Accepted;

/**
 * One card from its opening to its closing. It never outlives the card: once the card has left,
 * every step answers {@link StepResult.CardGone}, even when the same card is put back. Used by one
 * thread at a time.
 */
public interface CardSession extends AutoCloseable {

  StepResult transmit(CardStep step);

  /**
   * Runs steps between which no other program can come. If the section cannot begin, each step in
   * it answers why. The other program may have selected something else before: a section begins
   * with a SELECT of its own.
   */
  <R> R exclusively(Supplier<R> section);

  /** Resets the card, so that no verified PIN stays behind; harmless when the card has left. */
  @Override
  void close();

  /** Transmits in order until one is not accepted, and answers the last result. */
  default StepResult transmitAll(CardStep first, CardStep... others) {
    StepResult result = transmit(first);
    for (CardStep next : others) {
      if (!(result instanceof Accepted)) {
        return result;
      }
      result = transmit(next);
    }
    return result;
  }
}
