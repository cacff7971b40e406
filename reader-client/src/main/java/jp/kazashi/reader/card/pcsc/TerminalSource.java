package jp.kazashi.reader.card.pcsc;

import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminals;

/** Where terminals come from. Asked anew after every trouble: services come and go. */
@FunctionalInterface
interface TerminalSource {

  CardTerminals terminals() throws CardException;

  /** What was found through {@link #terminals()} failed like this; the next ones may need more. */
  default void troubled(CardException trouble) {}

  /** A call never came back: nothing that was found before may be waited for again. */
  default void stuck() {}
}
