package jp.kazashi.simulator.terminal;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import jp.kazashi.simulator.terminal.Frame.Fields;
import jp.kazashi.simulator.terminal.Frame.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Readers of a simulator in another process, over one socket that is opened when it is first needed
 * and again, with growing pauses, when the simulator has been away.
 */
final class SocketLink implements TerminalLink {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** A command takes half a second on a slow card. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Another program may hold the card as long as its holder thinks about a PIN. */
  private static final Duration PATIENCE_FOR_TURN = Duration.ofSeconds(60);

  private final URI control;
  private final String token;
  private @Nullable Conversation conversation;
  private Duration pause = FIRST_PAUSE;
  private long quietUntil;

  SocketLink(URI control, String token) {
    this.control = control;
    this.token = token;
    this.quietUntil = System.nanoTime();
  }

  @Override
  public List<String> readers() throws CardException {
    try (DataInputStream in = ask(Operation.LIST, PATIENCE, out -> {})) {
      List<String> names = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        names.add(in.readUTF());
      }
      return List.copyOf(names);
    } catch (IOException e) {
      throw garbled(e);
    }
  }

  @Override
  public Presence presence(String reader) throws CardException {
    return presenceIn(ask(Operation.PRESENCE, PATIENCE, out -> out.writeUTF(reader)));
  }

  @Override
  public Presence awaitChange(String reader, long known, Duration limit) throws CardException {
    return presenceIn(
        ask(
            Operation.AWAIT_CHANGE,
            limit.plus(PATIENCE),
            out -> {
              out.writeUTF(reader);
              out.writeLong(known);
              out.writeLong(limit.toMillis());
            }));
  }

  private static Presence presenceIn(DataInputStream in) throws CardException {
    try {
      return new Presence(in.readBoolean(), in.readLong());
    } catch (IOException e) {
      throw garbled(e);
    }
  }

  @Override
  public long changes() throws CardException {
    return countIn(ask(Operation.CHANGES, PATIENCE, out -> {}));
  }

  @Override
  public long awaitAnyChange(long known, Duration limit) throws CardException {
    return countIn(
        ask(
            Operation.AWAIT_ANY_CHANGE,
            limit.plus(PATIENCE),
            out -> {
              out.writeLong(known);
              out.writeLong(limit.toMillis());
            }));
  }

  private static long countIn(DataInputStream in) throws CardException {
    try {
      return in.readLong();
    } catch (IOException e) {
      throw garbled(e);
    }
  }

  @Override
  public CardLink connect(String reader) throws CardException {
    Conversation with = conversation();
    try (DataInputStream in = ask(with, Operation.CONNECT, PATIENCE, out -> out.writeUTF(reader))) {
      return new Connected(with, in.readInt(), in.readAllBytes());
    } catch (IOException e) {
      throw garbled(e);
    }
  }

  private DataInputStream ask(Operation operation, Duration patience, Fields fields)
      throws CardException {
    return ask(conversation(), operation, patience, fields);
  }

  private static DataInputStream ask(
      Conversation with, Operation operation, Duration patience, Fields fields)
      throws CardException {
    try {
      Frame answer = with.ask(operation, fields, patience);
      if (!answer.isFailure()) {
        return answer.reading();
      }
      Failure failure = answer.failure();
      throw failure == Failure.NO_CARD
          ? new CardNotPresentException(failure.words())
          : new CardException(failure.words());
    } catch (IOException e) {
      throw new CardException("The simulator is away: " + e.getMessage(), e);
    }
  }

  private static CardException garbled(IOException e) {
    return new CardException("The simulator answered something else.", e);
  }

  /** While the pause after a failed attempt lasts, the answer is at once that nobody is there. */
  private synchronized Conversation conversation() throws CardException {
    if (conversation != null && conversation.isOpen()) {
      return conversation;
    }
    if (quietUntil - System.nanoTime() > 0) {
      throw new CardException("The simulator at " + control + " is away.");
    }
    try {
      conversation = Conversation.open(control, token);
      pause = FIRST_PAUSE;
      return conversation;
    } catch (IOException e) {
      quietUntil = System.nanoTime() + pause.toNanos();
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      throw new CardException(
          "The simulator at " + control + " cannot be reached: " + e.getMessage(), e);
    }
  }

  /** A connected card belongs to the conversation it was connected in, and ends with it. */
  private static final class Connected implements CardLink {

    private final Conversation with;
    private final int number;
    private final byte[] atr;

    private Connected(Conversation with, int number, byte[] atr) {
      this.with = with;
      this.number = number;
      this.atr = atr;
    }

    @Override
    public byte[] atr() {
      return atr.clone();
    }

    @Override
    public byte[] transmit(byte[] command) throws CardException {
      try (DataInputStream in =
          ask(
              with,
              Operation.TRANSMIT,
              PATIENCE,
              out -> {
                out.writeInt(number);
                out.write(command);
              })) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw garbled(e);
      }
    }

    @Override
    public void beginExclusive() throws CardException {
      ask(with, Operation.BEGIN_EXCLUSIVE, PATIENCE_FOR_TURN, out -> out.writeInt(number));
    }

    @Override
    public void endExclusive() throws CardException {
      ask(with, Operation.END_EXCLUSIVE, PATIENCE, out -> out.writeInt(number));
    }

    @Override
    public void disconnect(boolean reset) throws CardException {
      ask(
          with,
          Operation.DISCONNECT,
          PATIENCE,
          out -> {
            out.writeInt(number);
            out.writeBoolean(reset);
          });
    }
  }
}
