package jp.kazashi.reader.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApduTextTest {

  @Test
  void selectionIsShownWhole() {
    assertThat(ApduText.ofCommand(hex("00A4020C020018"))).isEqualTo("00 A4 02 0C 02 00 18");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00200080", "00200098", "00240180", "80320080", "002C0080"})
  void pinIsWithheldWithItsLength(String header) {
    String text = ApduText.ofCommand(hex(header + "0431323334"));
    assertThat(text).isEqualTo(spaced(header) + " (withheld)");
  }

  @Test
  void everyOtherCommandShowsItsHeaderAlone() {
    for (int ins = 0; ins <= 0xFF; ins++) {
      if (ins != 0xA4) {
        byte[] command = hex("80%02X008004DEADBEEF00".formatted(ins));
        assertThat(ApduText.ofCommand(command))
            .startsWith("80 %02X 00 80 (".formatted(ins))
            .endsWith("withheld)")
            .doesNotContain("DE AD", "BE EF");
      }
    }
  }

  @Test
  void responseShowsItsStatusWordAlone() {
    assertThat(ApduText.ofResponse(hex("C0FFEE9000"))).isEqualTo("9000 (3 bytes withheld)");
    assertThat(ApduText.ofResponse(hex("63C2"))).isEqualTo("63C2");
    assertThat(new StepResult.Accepted(hex("C0FFEE"), 0x9000))
        .hasToString("9000 (3 bytes withheld)");
  }

  @Test
  void whatIsNoApduIsNotShownEither() {
    assertThat(ApduText.ofCommand(hex("313233"))).isEqualTo("(not a command)");
    assertThat(ApduText.ofResponse(hex("31"))).isEqualTo("(not a response)");
  }

  @Test
  void stepIsMasked() {
    CardStep verify = new CardStep("verify PIN", hex("002000800431323334"), Set.of(0x9000));
    assertThat(verify).hasToString("verify PIN 00 20 00 80 (withheld)");
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String spaced(String hex) {
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(hex(hex));
  }
}
