package jp.kazashi.jpki;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerTest {
  @ParameterizedTest
  @ValueSource(strings = {"0500", "3000", "30030201ff", "300a30030201013003020102"})
  void oneValueWithDefiniteMinimalLengthsIsRead(String hex) {
    assertThat(Der.read(HexFormat.of().parseHex(hex))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "30", // no length
        "05000500", // two values
        "050000", // something behind it
        "3001", // ends too early
        "30020201", // an inner value ends too early
        "3003020201", // an inner value reaches out
        "30800000", // indefinite length
        "30810101", // a long length where a short one does
        "3082000102", // a length with a leading zero
        "308400000000", // more length octets than 64 KiB needs
        "1f8101020500", // a high tag number
        "0282000101"
      })
  void anythingElseIsNot(String hex) {
    assertThat(Der.read(HexFormat.of().parseHex(hex))).isEmpty();
  }

  @Test
  void aLongValueHasALongLength() {
    byte[] octets = new byte[3 + 128];
    octets[0] = 0x04;
    octets[1] = (byte) 0x81;
    octets[2] = (byte) 128;
    assertThat(Der.read(octets)).isPresent();
    octets[2] = 127;
    assertThat(Der.read(octets)).isEmpty();
  }

  @Test
  void depthHasALimit() {
    assertThat(Der.read(nested(32))).isPresent();
    assertThat(Der.read(nested(33))).isEmpty();
  }

  @Test
  void theFirstElementIsWhatItsSignatureCovers() {
    assertThat(Der.firstElement(HexFormat.of().parseHex("300a30030201013003020102")))
        .isEqualTo(HexFormat.of().parseHex("3003020101"));
  }

  // The innermost value is a NULL at the given depth.
  private static byte[] nested(int depth) {
    byte[] bytes = new byte[2 * depth + 2];
    for (int level = 0; level < depth; level++) {
      bytes[2 * level] = 0x30;
      bytes[2 * level + 1] = (byte) (2 * (depth - level));
    }
    bytes[2 * depth] = 0x05;
    return bytes;
  }
}
