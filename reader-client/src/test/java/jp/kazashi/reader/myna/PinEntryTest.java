package jp.kazashi.reader.myna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinEntryTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "123", "12345", "12a4", "１２３４"})
  void onlyFourDigitsAreAPin(String typed) {
    byte[] bytes = typed.getBytes(StandardCharsets.UTF_8);
    assertThat(PinEntry.isWellFormed(bytes)).isFalse();
    assertThatThrownBy(() -> PinEntry.taking(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A PIN is four digits.");
    assertThat(bytes).isEqualTo(new byte[bytes.length]);
  }

  @Test
  void digitsTakenOverAreWipedWhereTheyCameFrom() {
    byte[] typed = digits();
    try (PinEntry pin = PinEntry.taking(typed)) {
      assertThat(typed).containsOnly((byte) 0);
      assertThat(pin.<Integer>lend(digits -> (int) digits[3])).isEqualTo('4');
    }
  }

  @Test
  void lentDigitsAreWipedAfterTheirUse() {
    AtomicReference<byte[]> kept = new AtomicReference<>();
    try (PinEntry pin = PinEntry.taking(digits())) {
      pin.lend(digits -> {
        kept.set(digits);
        return digits.length;
      });
    }
    assertThat(kept.get()).containsOnly((byte) 0);
  }

  @Test
  void closedPinIsGone() {
    PinEntry pin = PinEntry.taking(digits());
    pin.close();
    assertThatThrownBy(() -> pin.lend(digits -> digits.length))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void pinIsNeverText() {
    PinEntry pin = PinEntry.taking(digits());
    assertThat(pin).hasToString("PIN (withheld)");
    pin.close();
    assertThat(pin).hasToString("PIN (wiped)");
  }

  private static byte[] digits() {
    return "1234".getBytes(StandardCharsets.US_ASCII);
  }
}
