package jp.kazashi.reader.card;

import java.util.Arrays;
import java.util.Set;

/** One command to the card, with the status words that are an answer to it and not a surprise. */
public final class CardStep {

  private static final int HEADER = 4;

  private final String name;
  private final byte[] command;
  private final Set<Integer> accepted;

  /**
   * A step as it will be sent.
   *
   * @param name what the step does, in words fit for a log
   * @param command the command APDU, copied
   * @param accepted the status words the caller is ready for
   */
  public CardStep(String name, byte[] command, Set<Integer> accepted) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A card step needs a name.");
    }
    if (command.length < HEADER) {
      throw new IllegalArgumentException("A command has at least four bytes.");
    }
    if (accepted.isEmpty()) {
      throw new IllegalArgumentException("A card step accepts at least one status word.");
    }
    this.name = name;
    this.command = command.clone();
    this.accepted = Set.copyOf(accepted);
  }

  public String name() {
    return name;
  }

  public boolean accepts(int statusWord) {
    return accepted.contains(statusWord);
  }

  /** A copy; whoever takes one of a command that carries a PIN wipes it. */
  public byte[] command() {
    return command.clone();
  }

  /** Forgets what the command carried; the step cannot be sent afterwards. */
  public void wipe() {
    Arrays.fill(command, (byte) 0);
  }

  @Override
  public String toString() {
    return name + " " + ApduText.ofCommand(command);
  }
}
