package jp.kazashi.reader.card.pcsc;

import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminals;

/** Where terminals come from. Asked anew after every trouble: services come and go. */
@FunctionalInterface
interface TerminalSource {
  CardTerminals terminals() throws CardException;
}
