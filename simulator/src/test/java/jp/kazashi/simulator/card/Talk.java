package jp.kazashi.simulator.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Talks to a card in hex. */
record Talk(CardInsertion card) {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  static Talk to(CardContents contents, PinCounters counters) {
    return new Talk(new VirtualCard(contents, counters).insert());
  }

  /** Sends all, and every one but the last must be done. */
  String statusAfter(String... commands) {
    byte[] response = {};
    for (int i = 0; i < commands.length; i++) {
      response = card.transmit(HEX.parseHex(commands[i]));
      if (i < commands.length - 1) {
        assertThat(status(response)).as(commands[i]).isEqualTo("9000");
      }
    }
    return status(response);
  }

  byte[] dataAfter(String... commands) {
    assertThat(statusAfter(Arrays.copyOf(commands, commands.length - 1))).isIn("9000", "");
    byte[] response = card.transmit(HEX.parseHex(commands[commands.length - 1]));
    assertThat(status(response)).isEqualTo("9000");
    return Arrays.copyOf(response, response.length - 2);
  }

  static String select(String aid) {
    return "00A4040C%02X%s".formatted(aid.length() / 2, aid);
  }

  static String file(String id) {
    return "00A4020C02" + id;
  }

  static String verify(String file, String digits) {
    return "002000%02X%02X%s"
        .formatted(
            0x80 | Integer.parseInt(file, 16),
            digits.length(),
            HEX.formatHex(digits.getBytes(StandardCharsets.US_ASCII)));
  }

  static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }

  private static String status(byte[] response) {
    return response.length < 2 ? "" : HEX.formatHex(response, response.length - 2, response.length);
  }
}
