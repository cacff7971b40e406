package jp.kazashi.simulator.card;

import java.util.Locale;
import java.util.Optional;

/** Commands as a fault script calls them. */
enum CommandKind {
  ANY(-1),
  SELECT(0xA4),
  READ(0xB0),
  READ_RECORD(0xB2),
  /** With a PIN. */
  VERIFY(0x20),
  /** VERIFY without a PIN. */
  ASK_TRIES(0x20),
  CHANGE(0x24),
  SIGN(0x2A),
  CHALLENGE(0x84),
  AUTHENTICATE(0x88);

  private static final int HEADER = 4;

  private final int instruction;

  CommandKind(int instruction) {
    this.instruction = instruction;
  }

  static Optional<CommandKind> named(String name) {
    for (CommandKind kind : values()) {
      if (kind.name().equals(name.toUpperCase(Locale.ROOT).replace('-', '_'))) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  boolean includes(byte[] command) {
    return switch (this) {
      case ANY -> true;
      case VERIFY -> isInstruction(command) && command.length > HEADER;
      case ASK_TRIES -> isInstruction(command) && command.length == HEADER;
      case SELECT, READ, READ_RECORD, CHANGE, SIGN, CHALLENGE, AUTHENTICATE ->
          isInstruction(command);
    };
  }

  private boolean isInstruction(byte[] command) {
    return command.length >= HEADER && (command[1] & 0xFF) == instruction;
  }
}
