package jp.kazashi.reader.card.pcsc;

import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.smartcardio.TerminalFactory;
import jp.kazashi.simulator.terminal.VirtualReaders;
import jp.kazashi.simulator.terminal.VirtualTerminalProvider;

/** Readers that give a card less time than usual, so that tests need not wait as patients would. */
public final class ImpatientReaders {

  private ImpatientReaders() {}

  public static PcscReaders of(VirtualReaders virtual, Duration patience) {
    try {
      return PcscReaders.of(
          TerminalFactory.getInstance(
              VirtualTerminalProvider.TYPE, virtual, new VirtualTerminalProvider()),
          patience);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
