package jp.kazashi.reader.myna;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerLengthTest {

  @ParameterizedTest
  @CsvSource({"30050000, 7", "30820123, 295", "3081F000, 243", "30000000, 2"})
  void headerAndContentCountTogether(String head, int length) {
    assertThat(DerLength.ofSequence(HexFormat.of().parseHex(head))).hasValue(length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"31820123", "FFFFFFFF", "30800000", "30830123", "3082"})
  void anythingElseHasNoLength(String head) {
    assertThat(DerLength.ofSequence(HexFormat.of().parseHex(head))).isEmpty();
  }

  @Test
  void nothingHasNoLength() {
    assertThat(DerLength.ofSequence(new byte[0])).isEmpty();
  }
}
