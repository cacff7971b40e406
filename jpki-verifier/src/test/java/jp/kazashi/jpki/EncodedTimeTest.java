package jp.kazashi.jpki;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5280 §4.1.2.5: which year two digits mean, and which form a year is written in. */
class EncodedTimeTest {
  @ParameterizedTest
  @CsvSource({
    "500101000000Z, 1950-01-01T00:00:00Z",
    "991231235959Z, 1999-12-31T23:59:59Z",
    "000101000000Z, 2000-01-01T00:00:00Z",
    "491231235959Z, 2049-12-31T23:59:59Z",
    "280229000000Z, 2028-02-29T00:00:00Z"
  })
  void twoDigitsMeanNineteenFiftyToTwentyFortyNine(String written, Instant meant) {
    assertThat(EncodedTime.read(EncodedTime.UTC_TIME, written.getBytes(US_ASCII)))
        .contains(new EncodedTime(meant, true));
  }

  @ParameterizedTest
  @CsvSource({
    "20491231235959Z, 2049-12-31T23:59:59Z, false",
    "20500101000000Z, 2050-01-01T00:00:00Z, true",
    "99991231235959Z, 9999-12-31T23:59:59Z, true",
    "19491231235959Z, 1949-12-31T23:59:59Z, false"
  })
  void fourDigitsAreForYearsThatTwoDoNotHave(String written, Instant meant, boolean asPrescribed) {
    assertThat(EncodedTime.read(EncodedTime.GENERALIZED_TIME, written.getBytes(US_ASCII)))
        .contains(new EncodedTime(meant, asPrescribed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2612010000Z", // without seconds
        "261201000000", // without a zone
        "261201000000+0900",
        "26120100000Z0",
        "270229000000Z", // no such day
        "261301000000Z",
        "261201240000Z",
        "261201006000Z",
        "261201000060Z",
        "２61201000000Z",
        "-61201000000Z"
      })
  void whatIsNotToTheSecondInUtcIsNoTime(String written) {
    assertThat(EncodedTime.read(EncodedTime.UTC_TIME, written.getBytes(US_ASCII))).isEmpty();
    assertThat(EncodedTime.read(EncodedTime.GENERALIZED_TIME, ("20" + written).getBytes(US_ASCII)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"20261201000000.5Z", "20261201000000,5Z", "202612010000Z"})
  void aGeneralizedTimeHasWholeSeconds(String written) {
    assertThat(EncodedTime.read(EncodedTime.GENERALIZED_TIME, written.getBytes(US_ASCII)))
        .isEmpty();
  }
}
