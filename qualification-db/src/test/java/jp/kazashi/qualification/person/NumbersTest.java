package jp.kazashi.qualification.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  /** F-68: the worked example and the five published numbers of one city. */
  @ParameterizedTest
  @ValueSource(strings = {"54016027", "81136244", "81137242", "88138243", "88131248", "89131247"})
  void publishedPublicPayerNumbersAreAccepted(String digits) {
    assertThat(new PublicPayerNumber(digits).digits()).isEqualTo(digits);
    assertThat(PublicPayerNumber.completing(digits.substring(0, 7)).digits()).isEqualTo(digits);
  }

  @Test
  void theWorkedExampleOfAnInsurerNumberIsAccepted() {
    assertThat(InsurerNumber.completing("3312001")).isEqualTo(new InsurerNumber("33120015"));
  }

  @Test
  void aSumThatEndsInZeroGivesZero() {
    assertThat(CheckDigit.of("00000")).isZero();
    assertThat(new InsurerNumber("000000").digits()).isEqualTo("000000");
  }

  @Property
  void everyWrongDigitOfAnInsurerNumberIsRefused(
      @ForAll @NumericChars @StringLength(7) String body,
      @ForAll @IntRange(min = 0, max = 7) int at,
      @ForAll @IntRange(min = 1, max = 9) int more) {
    String right = InsurerNumber.completing(body).digits();
    String wrong =
        right.substring(0, at)
            + (char) ('0' + (right.charAt(at) - '0' + more) % 10)
            + right.substring(at + 1);

    assertThatThrownBy(() -> new InsurerNumber(wrong))
        .hasMessage("The check digit of the insurer number is wrong");
  }

  @Property
  void weightsFromTheLeftGiveTheSameForFiveAndSevenDigits(
      @ForAll @NumericChars @StringLength(7) String seven) {
    for (String body : new String[] {seven, seven.substring(2)}) {
      assertThat(CheckDigit.of(body)).isEqualTo(fromTheLeft(body));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1234567", "123456789", "06A30012", "１２３４５６"})
  void whatIsNotSixOrEightDigitsIsNoInsurerNumber(String text) {
    assertThatThrownBy(() -> new InsurerNumber(text))
        .hasMessage("An insurer number has 6 or 8 digits");
  }

  @Test
  void lawTwelveIsMedicalAidAndEverythingElseAnInsurer() {
    assertThat(PayerNumber.of(PublicPayerNumber.completing("1213001").digits()))
        .isInstanceOf(PublicPayerNumber.class);
    assertThat(PayerNumber.of(InsurerNumber.completing("0613001").digits()))
        .isInstanceOf(InsurerNumber.class);
    assertThat(PayerNumber.of(InsurerNumber.completing("12345").digits()))
        .isInstanceOf(InsurerNumber.class);
  }

  @Test
  void fullWidthAndHalfWidthIdentifiersMeanTheSame() {
    assertThat(new SymbolAndNumber("カザ１２", " ００１ ").matches(new SymbolAndNumber("ｶｻﾞ12", "001")))
        .isTrue();
    assertThat(new SymbolAndNumber(null, "12").matches(new SymbolAndNumber("1", "2"))).isFalse();
    assertThat(new SymbolAndNumber("  ", "12")).isEqualTo(new SymbolAndNumber(null, "12"));
  }

  /** AC-22. */
  @Test
  void twelveBareDigitsAreNoPersonCode() {
    assertThatThrownBy(() -> new PersonCode("123456789018"))
        .hasMessage("A person code is never twelve bare digits");
  }

  private static int fromTheLeft(String body) {
    int sum = 0;
    for (int at = 0; at < body.length(); at++) {
      int product = (body.charAt(at) - '0') * (at % 2 == 0 ? 2 : 1);
      sum += product / 10 + product % 10;
    }
    return (10 - sum % 10) % 10;
  }
}
