package jp.kazashi.simulator.card;

import java.util.Arrays;
import java.util.HexFormat;

/** What the card says when it is asked for its master file, which it does not know by its name. */
final class MasterFile {

  private static final byte[] NAME = HexFormat.of().parseHex("3F00");

  private MasterFile() {}

  /** Without a name the card says yes, and changes nothing. */
  static ResponseApdu select(CommandApdu command) {
    if (Arrays.equals(command.data(), NAME)) {
      return ResponseApdu.of(StatusWord.NOT_FOUND);
    }
    return command.p2() == 0x00 && !command.hasData()
        ? ResponseApdu.done()
        : ResponseApdu.of(StatusWord.WRONG_PARAMETERS);
  }
}
