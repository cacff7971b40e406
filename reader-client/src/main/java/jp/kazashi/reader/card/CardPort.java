package jp.kazashi.reader.card;

import java.time.Duration;

/**
 * One reader. A reader that has vanished, or a service that is away, is a reader without a card;
 * why it cannot be used is told by {@link #open()}.
 */
public interface CardPort {

  String name();

  boolean isCardPresent();

  /**
   * Waits until a card is on the reader: true if one is, false at the limit or when the thread was
   * interrupted (its interrupt flag is then set).
   */
  boolean awaitInsertion(Duration limit);

  /**
   * Waits until no card is on the reader: true if there is none, false at the limit or when the
   * thread was interrupted (its interrupt flag is then set).
   */
  boolean awaitRemoval(Duration limit);

  CardOpening open();
}
