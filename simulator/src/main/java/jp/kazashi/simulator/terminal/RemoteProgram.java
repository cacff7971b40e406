package jp.kazashi.simulator.terminal;

import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** Another process that uses our readers: answers what it asks, never blocking. */
final class RemoteProgram {

  private static final System.Logger LOG = System.getLogger(RemoteProgram.class.getName());
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final VirtualReaders readers;
  private final Consumer<Frame> send;
  private final Map<Integer, SeatedCard.Connection> connections = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  RemoteProgram(VirtualReaders readers, Consumer<Frame> send) {
    this.readers = readers;
    this.send = send;
  }

  /**
   * Answers a request, now or later.
   *
   * @throws IOException if it is not one
   */
  void ask(Frame frame) throws IOException {
    DataInputStream in = frame.reading();
    switch (frame.operation()) {
      case LIST -> list(frame);
      case CHANGES -> send.accept(count(frame, readers.changes()));
      case AWAIT_ANY_CHANGE -> awaitAnyChange(frame, in.readLong(), limit(in));
      case PRESENCE -> presence(frame, in.readUTF());
      case AWAIT_CHANGE -> awaitChange(frame, in.readUTF(), in.readLong(), limit(in));
      case CONNECT -> connect(frame, in.readUTF());
      case TRANSMIT -> transmit(frame, in.readInt(), in.readAllBytes());
      case BEGIN_EXCLUSIVE -> beginExclusive(frame, in.readInt());
      case END_EXCLUSIVE -> endExclusive(frame, in.readInt());
      case DISCONNECT -> disconnect(frame, in.readInt(), in.readBoolean());
    }
  }

  private static Duration limit(DataInputStream in) throws IOException {
    Duration asked = Duration.ofMillis(Math.max(0, in.readLong()));
    return asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT;
  }

  private void list(Frame frame) {
    var names = readers.names();
    send.accept(
        Frame.answering(
            frame.request(),
            out -> {
              out.writeInt(names.size());
              for (String name : names) {
                out.writeUTF(name);
              }
            }));
  }

  private void awaitAnyChange(Frame frame, long known, Duration limit) {
    later(frame, readers.change(known, limit), changes -> send.accept(count(frame, changes)));
  }

  private static Frame count(Frame frame, long changes) {
    return Frame.answering(frame.request(), out -> out.writeLong(changes));
  }

  private void presence(Frame frame, String reader) {
    readers
        .reader(reader)
        .map(VirtualReader::presence)
        .ifPresentOrElse(
            presence -> send.accept(presence(frame, presence)),
            () -> fail(frame, Failure.UNKNOWN_READER));
  }

  private void awaitChange(Frame frame, String reader, long known, Duration limit) {
    readers
        .reader(reader)
        .ifPresentOrElse(
            found ->
                later(
                    frame,
                    found.change(known, limit),
                    presence -> send.accept(presence(frame, presence))),
            () -> fail(frame, Failure.UNKNOWN_READER));
  }

  private static Frame presence(Frame frame, Presence presence) {
    return Frame.answering(
        frame.request(),
        out -> {
          out.writeBoolean(presence.present());
          out.writeLong(presence.changes());
        });
  }

  private void connect(Frame frame, String name) {
    Optional<VirtualReader> reader = readers.reader(name);
    if (reader.isEmpty()) {
      fail(frame, Failure.UNKNOWN_READER);
      return;
    }
    reader
        .get()
        .connect()
        .ifPresentOrElse(
            connection -> connected(frame, connection), () -> fail(frame, Failure.NO_CARD));
  }

  private void connected(Frame frame, SeatedCard.Connection connection) {
    int number = numbers.incrementAndGet();
    connections.put(number, connection);
    send.accept(
        Frame.answering(
            frame.request(),
            out -> {
              out.writeInt(number);
              out.write(connection.atr());
            }));
  }

  private void transmit(Frame frame, int number, byte[] command) {
    with(frame, number, connection -> connection.transmit(command));
  }

  private void beginExclusive(Frame frame, int number) {
    with(frame, number, SeatedCard.Connection::beginExclusive);
  }

  private void endExclusive(Frame frame, int number) {
    with(frame, number, connection -> CompletableFuture.completedFuture(connection.endExclusive()));
  }

  private void with(
      Frame frame, int number, Function<SeatedCard.Connection, CompletableFuture<CardReply>> use) {
    SeatedCard.Connection connection = connections.get(number);
    if (connection == null) {
      fail(frame, Failure.CLOSED);
      return;
    }
    later(frame, use.apply(connection), reply -> reply(frame, reply));
  }

  private void reply(Frame frame, CardReply reply) {
    switch (reply) {
      case CardReply.Answered answered ->
          send.accept(Frame.answering(frame.request(), out -> out.write(answered.data())));
      case CardReply.Failed failed -> fail(frame, failed.failure());
    }
  }

  private void disconnect(Frame frame, int number, boolean reset) {
    SeatedCard.Connection connection = connections.remove(number);
    if (connection != null) {
      connection.disconnect(reset);
    }
    reply(frame, CardReply.DONE);
  }

  /** A bug in a card must not leave the other side waiting. */
  private <T> void later(Frame frame, CompletableFuture<T> outcome, Consumer<T> answer) {
    var _ =
        outcome
            .thenAccept(answer)
            .exceptionally(bug -> {
              LOG.log(System.Logger.Level.ERROR, "A virtual card failed.", bug);
              fail(frame, Failure.CLOSED);
              return null;
            });
  }

  private void fail(Frame frame, Failure failure) {
    send.accept(Frame.failing(frame.request(), failure));
  }

  /** The process has gone: what it held is reset, as a smart card service does. */
  void leave() {
    connections.values().forEach(connection -> connection.disconnect(true));
    connections.clear();
  }
}
