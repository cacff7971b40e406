package jp.kazashi.simulator.terminal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import jp.kazashi.simulator.card.CardInsertion;
import jp.kazashi.simulator.card.CardSlot;
import jp.kazashi.simulator.card.VirtualCard;
import org.jspecify.annotations.Nullable;

/**
 * Offers one card to a running pcscd through its virtual reader (vpcd of vsmartcard). The card is
 * on the reader as long as the connection lasts; when pcscd is restarted, it is put back by itself.
 *
 * <p>Messages are a length (2 bytes, big-endian) and what it counts. One byte is a control of the
 * reader; anything longer is a command for the card, and the answer goes back the same way.
 */
public final class VpcdFront implements Runnable, AutoCloseable {

  public static final int USUAL_PORT = 35_963;

  /** Where the card is. */
  public enum State {
    /** No pcscd with a virtual reader listens there yet, or any more. */
    WAITING,
    ON_READER,
    /** A fault of the card, or whoever closed this front, took it away for good. */
    TAKEN_AWAY
  }

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final int PATIENCE_MILLIS = 2_000;
  private static final int CONTROL_LENGTH = 1;
  private static final int POWER_OFF = 0;
  private static final int POWER_ON = 1;
  private static final int RESET = 2;
  private static final int ASK_ATR = 4;

  private final InetSocketAddress reader;
  private final VirtualCard card;
  private final Consumer<State> onState;
  private final Slot slot = new Slot();
  private @Nullable Socket socket;
  private boolean takenAway;
  private State state = State.TAKEN_AWAY;

  public VpcdFront(VirtualCard card, String host, int port, Consumer<State> onState) {
    this.card = card;
    this.reader = new InetSocketAddress(host, port);
    this.onState = onState;
  }

  /** Until the card is taken away or the thread is interrupted. */
  @Override
  public void run() {
    Duration pause = FIRST_PAUSE;
    tell(State.WAITING);
    while (!isTakenAway() && !Thread.currentThread().isInterrupted()) {
      if (serveOnce()) {
        pause = FIRST_PAUSE;
      } else {
        LockSupport.parkNanos(pause.toNanos());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      }
    }
    tell(State.TAKEN_AWAY);
  }

  /** True if a reader was there, however it ended. */
  private boolean serveOnce() {
    try (Socket connection = new Socket()) {
      connection.setTcpNoDelay(true);
      connection.connect(reader, PATIENCE_MILLIS);
      if (!hold(connection)) {
        return true;
      }
      tell(State.ON_READER);
      serve(connection);
      return true;
    } catch (IOException e) {
      return wasOnReader();
    } finally {
      hold(null);
      if (wasOnReader()) {
        tell(State.WAITING);
      }
    }
  }

  private void serve(Socket connection) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(connection.getInputStream()));
    DataOutputStream out = new DataOutputStream(connection.getOutputStream());
    CardInsertion insertion = card.insert(slot);
    slot.insertion = insertion;
    try {
      while (true) {
        byte[] message = new byte[in.readUnsignedShort()];
        in.readFully(message);
        if (message.length == CONTROL_LENGTH) {
          control(message[0], insertion, out);
        } else {
          send(out, insertion.transmit(message));
        }
      }
    } catch (EOFException e) {
      // The reader has gone, and the card with it.
      return;
    } finally {
      insertion.leave();
    }
  }

  /** Only the question for the ATR is answered. */
  private static void control(int control, CardInsertion insertion, DataOutputStream out)
      throws IOException {
    switch (control) {
      case POWER_OFF, POWER_ON, RESET -> insertion.reset();
      case ASK_ATR -> send(out, insertion.atr());
      default -> throw new IOException("This is not the protocol of vpcd.");
    }
  }

  private static void send(DataOutputStream out, byte[] message) throws IOException {
    byte[] framed = new byte[2 + message.length];
    framed[0] = (byte) (message.length >> 8);
    framed[1] = (byte) message.length;
    System.arraycopy(message, 0, framed, 2, message.length);
    out.write(framed);
    out.flush();
  }

  private synchronized boolean hold(@Nullable Socket connection) {
    socket = connection;
    return !takenAway;
  }

  private synchronized boolean isTakenAway() {
    return takenAway;
  }

  private synchronized boolean wasOnReader() {
    return state == State.ON_READER;
  }

  private void tell(State next) {
    synchronized (this) {
      if (state == next) {
        return;
      }
      state = next;
    }
    onState.accept(next);
  }

  /** Takes the card away. */
  @Override
  public void close() {
    Socket held;
    synchronized (this) {
      takenAway = true;
      held = socket;
    }
    if (held != null) {
      try {
        held.close();
      } catch (IOException e) {
        // Closed it is, one way or the other.
        return;
      }
    }
  }

  private final class Slot implements CardSlot {

    private volatile @Nullable CardInsertion insertion;

    @Override
    public void eject() {
      close();
    }

    @Override
    public void resetByAnother() {
      CardInsertion seated = insertion;
      if (seated != null) {
        seated.reset();
      }
    }
  }
}
