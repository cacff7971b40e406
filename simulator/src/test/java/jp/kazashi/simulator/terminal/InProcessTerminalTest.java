package jp.kazashi.simulator.terminal;

import java.security.NoSuchAlgorithmException;
import javax.smartcardio.TerminalFactory;
import org.junit.jupiter.api.AfterEach;

class InProcessTerminalTest implements TerminalContract {

  private final VirtualReaders readers = new VirtualReaders();

  @AfterEach
  void close() {
    readers.close();
  }

  @Override
  public VirtualReaders readers() {
    return readers;
  }

  @Override
  public TerminalFactory factory() throws NoSuchAlgorithmException {
    return TerminalFactory.getInstance(
        VirtualTerminalProvider.TYPE, readers, new VirtualTerminalProvider());
  }
}
