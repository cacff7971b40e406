package jp.kazashi.simulator.terminal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.smartcardio.ATR;
import javax.smartcardio.Card;
import javax.smartcardio.CardChannel;
import javax.smartcardio.CardException;
import javax.smartcardio.CommandAPDU;
import javax.smartcardio.ResponseAPDU;

/** A connected virtual card, with its one channel. */
final class VirtualConnection extends Card {

  private final TerminalLink.CardLink link;
  private final CardChannel channel = new BasicChannel();
  private volatile boolean disconnected;

  VirtualConnection(TerminalLink.CardLink link) {
    this.link = link;
  }

  @Override
  public ATR getATR() {
    return new ATR(link.atr());
  }

  @Override
  public String getProtocol() {
    return "T=1";
  }

  @Override
  public CardChannel getBasicChannel() {
    checkConnected();
    return channel;
  }

  @Override
  public CardChannel openLogicalChannel() throws CardException {
    throw new CardException("A virtual card has one channel.");
  }

  @Override
  public void beginExclusive() throws CardException {
    checkConnected();
    link.beginExclusive();
  }

  @Override
  public void endExclusive() throws CardException {
    checkConnected();
    link.endExclusive();
  }

  @Override
  public byte[] transmitControlCommand(int controlCode, byte[] command) throws CardException {
    throw new CardException("A virtual reader has no control commands.");
  }

  @Override
  public void disconnect(boolean reset) throws CardException {
    if (!disconnected) {
      disconnected = true;
      link.disconnect(reset);
    }
  }

  private void checkConnected() {
    if (disconnected) {
      throw new IllegalStateException("Card has been disconnected");
    }
  }

  private final class BasicChannel extends CardChannel {

    @Override
    public Card getCard() {
      return VirtualConnection.this;
    }

    @Override
    public int getChannelNumber() {
      return 0;
    }

    @Override
    public ResponseAPDU transmit(CommandAPDU command) throws CardException {
      return new ResponseAPDU(transmit(command.getBytes()));
    }

    @Override
    public int transmit(ByteBuffer command, ByteBuffer response) throws CardException {
      byte[] bytes = new byte[command.remaining()];
      command.get(bytes);
      byte[] answer = transmit(bytes);
      if (answer.length > response.remaining()) {
        throw new IllegalArgumentException("The response does not fit.");
      }
      response.put(answer);
      return answer.length;
    }

    /** The command may carry a PIN. */
    private byte[] transmit(byte[] command) throws CardException {
      checkConnected();
      try {
        return link.transmit(command);
      } finally {
        Arrays.fill(command, (byte) 0);
      }
    }

    @Override
    public void close() {
      throw new IllegalStateException("The basic channel cannot be closed.");
    }
  }
}
