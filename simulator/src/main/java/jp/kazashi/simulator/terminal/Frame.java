package jp.kazashi.simulator.terminal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One message of the terminal protocol, both ways: its length (4 bytes, of what follows), the
 * number of the request (4), a code (1: an {@link Operation}, or in an answer 0 or a {@link
 * Failure}), and the fields of that code in the order {@link Operation} lists them. Numbers are
 * big-endian; texts are in the modified UTF-8 of {@link DataOutputStream#writeUTF}; bytes run to
 * the end. Answers come in any order.
 */
@SuppressWarnings("ArrayRecordComponent") // read once by the receiver, never compared
record Frame(int request, int code, byte[] fields) {

  /** Longer than any command or response of a card with all that is around it. */
  static final int LONGEST = 70_000;

  static final int LENGTH_BYTES = 4;
  private static final int HEAD = 5;
  private static final int DONE = 0;

  static Frame asking(int request, Operation operation, Fields fields) {
    return new Frame(request, operation.code(), written(fields));
  }

  static Frame answering(int request, Fields fields) {
    return new Frame(request, DONE, written(fields));
  }

  static Frame failing(int request, Failure failure) {
    return new Frame(request, failure.code(), new byte[0]);
  }

  /** Reads what followed the length. */
  static Frame parse(byte[] body) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
    return new Frame(in.readInt(), in.readUnsignedByte(), in.readAllBytes());
  }

  static int checkedLength(int length) throws IOException {
    if (length < HEAD || length > LONGEST) {
      throw new IOException("This is not the terminal protocol.");
    }
    return length;
  }

  Operation operation() throws IOException {
    for (Operation operation : Operation.values()) {
      if (operation.code() == code) {
        return operation;
      }
    }
    throw new IOException("There is no operation " + code + ".");
  }

  boolean isFailure() {
    return code != DONE;
  }

  Failure failure() throws IOException {
    for (Failure failure : Failure.values()) {
      if (failure.code() == code) {
        return failure;
      }
    }
    throw new IOException("There is no failure " + code + ".");
  }

  DataInputStream reading() {
    return new DataInputStream(new ByteArrayInputStream(fields));
  }

  byte[] bytes() {
    return written(out -> {
      out.writeInt(HEAD + fields.length);
      out.writeInt(request);
      out.writeByte(code);
      out.write(fields);
    });
  }

  private static byte[] written(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      fields.writeTo(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes the fields of a message. */
  @FunctionalInterface
  interface Fields {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** What can be asked. */
  enum Operation {
    /** → count (4), names. */
    LIST(1),
    /** name → present (1), changes (8). */
    PRESENCE(2),
    /** name, known changes (8), limit in ms (8) → present (1), changes (8). */
    AWAIT_CHANGE(3),
    /** → changes of all readers (8). */
    CHANGES(4),
    /** known changes (8), limit in ms (8) → changes of all readers (8). */
    AWAIT_ANY_CHANGE(5),
    /** name → connection (4), ATR. */
    CONNECT(6),
    /** connection (4), command → response. */
    TRANSMIT(7),
    /** connection (4) → nothing, once nobody else holds the card. */
    BEGIN_EXCLUSIVE(8),
    /** connection (4) → nothing. */
    END_EXCLUSIVE(9),
    /** connection (4), reset (1) → nothing. */
    DISCONNECT(10);

    private final int code;

    Operation(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }
}
