package jp.kazashi.simulator.terminal;

import java.time.Duration;
import java.util.List;
import javax.smartcardio.CardException;

/** What the provider needs of virtual readers, wherever they are. */
interface TerminalLink {

  List<String> readers() throws CardException;

  Presence presence(String reader) throws CardException;

  /** Answers when the count differs from the known one, or at the limit. */
  Presence awaitChange(String reader, long known, Duration limit) throws CardException;

  /** How often cards have come and gone at any reader. */
  long changes() throws CardException;

  long awaitAnyChange(long known, Duration limit) throws CardException;

  CardLink connect(String reader) throws CardException;

  /** A connected card. */
  interface CardLink {

    byte[] atr();

    byte[] transmit(byte[] command) throws CardException;

    void beginExclusive() throws CardException;

    void endExclusive() throws CardException;

    void disconnect(boolean reset) throws CardException;
  }
}
