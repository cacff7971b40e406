package jp.kazashi.simulator.card;

import java.security.PrivateKey;

/**
 * An application that signs for everyone with a key of its own: who checks it with the public key
 * in a signed record knows that the card is there and is no copy of its files.
 */
record PresenceSelection(FileSelection files, PrivateKey key) implements Application.Selection {

  private static final int CLASS = 0x80;
  private static final int COMPUTE_SIGNATURE = 0x2A;

  @Override
  public ResponseApdu answer(CommandApdu command) {
    return command.cla() == CLASS && command.ins() == COMPUTE_SIGNATURE
        ? sign(command)
        : files.answer(command);
  }

  private ResponseApdu sign(CommandApdu command) {
    if (command.p1() != 0x00 || command.p2() != 0x00) {
      return ResponseApdu.of(StatusWord.WRONG_PARAMETERS);
    }
    int length = command.data().length;
    return length == 0 || length > Rsa.LONGEST_INPUT
        ? ResponseApdu.of(StatusWord.WRONG_LENGTH)
        : ResponseApdu.done(Rsa.signVerbatim(key, command.data()));
  }

  @Override
  public String toString() {
    return "PresenceSelection[…]";
  }
}
