package jp.kazashi.reader.card;

import java.util.HexFormat;

/**
 * Commands and responses as text for logs. Only what is public by its nature is shown: the header,
 * and the name of what is selected. Everything else may be a PIN, a certificate or a signature and
 * is withheld; of commands that carry a PIN even the length.
 */
public final class ApduText {

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
  private static final int HEADER = 4;
  private static final int SELECT = 0xA4;
  private static final int VERIFY = 0x20;
  private static final int CHANGE = 0x24;
  private static final int CHANGE_OF_COMMON_APPLICATION = 0x32;
  private static final int UNBLOCK = 0x2C;

  private ApduText() {}

  public static String ofCommand(byte[] command) {
    if (command.length < HEADER) {
      return "(not a command)";
    }
    String header = HEX.formatHex(command, 0, HEADER);
    if (command.length == HEADER) {
      return header;
    }
    return switch (command[1] & 0xFF) {
      case SELECT -> header + " " + HEX.formatHex(command, HEADER, command.length);
      case VERIFY, CHANGE, CHANGE_OF_COMMON_APPLICATION, UNBLOCK -> header + " (withheld)";
      default -> header + " (" + (command.length - HEADER) + " bytes withheld)";
    };
  }

  public static String ofResponse(byte[] response) {
    if (response.length < 2) {
      return "(not a response)";
    }
    int sw1 = response[response.length - 2] & 0xFF;
    int sw2 = response[response.length - 1] & 0xFF;
    return ofResponse(response.length - 2, (sw1 << 8) | sw2);
  }

  static String ofResponse(int dataLength, int statusWord) {
    String word = "%04X".formatted(statusWord);
    return dataLength == 0 ? word : word + " (" + dataLength + " bytes withheld)";
  }
}
