package jp.kazashi.simulator.card;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is printed on a card, and what the chip knows of it.
 *
 * @param name family and given name, parted by U+3000
 * @param expires the last day of the card itself
 * @param municipality 全国地方公共団体コード, five digits
 * @param serial 製造番号, fifteen digits
 * @param securityCode four digits
 * @param number twelve digits in the place of an 個人番号, which must fail its check digit: a number
 *     that could be somebody's is refused
 * @param pin of 券面事項入力補助AP and, as on most cards, of 住基AP: four digits, or none
 * @param portrait JPEG 2000
 */
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, never compared
public record CardFace(
    String name,
    String address,
    LocalDate birthDate,
    Sex sex,
    LocalDate expires,
    String municipality,
    String serial,
    String securityCode,
    String number,
    Optional<String> pin,
    byte[] portrait) {

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final int LONGEST_PORTRAIT = 16 * 1024;

  /** As the chip writes it. */
  public enum Sex {
    UNKNOWN('0'),
    MALE('1'),
    FEMALE('2'),
    NOT_APPLICABLE('9');

    private final char code;

    Sex(char code) {
      this.code = code;
    }

    byte[] bytes() {
      return new byte[] {(byte) code};
    }
  }

  public CardFace {
    if (name.isBlank() || address.isBlank()) {
      throw new IllegalArgumentException("A card has a name and an address on it.");
    }
    digits("municipality code", municipality, 5);
    digits("serial number", serial, 15);
    digits("security code", securityCode, 4);
    digits("number", number, 12);
    pin.ifPresent(digits -> digits("PIN", digits, 4));
    if (checkDigit(number) == number.charAt(11) - '0') {
      throw new IllegalArgumentException(
          "A virtual card carries a number that fails its check digit, so that it is nobody's.");
    }
    if (portrait.length == 0 || portrait.length > LONGEST_PORTRAIT) {
      throw new IllegalArgumentException("A portrait has at most 16 kB.");
    }
    portrait = portrait.clone();
  }

  CardFace carrying(byte[] otherPortrait) {
    return new CardFace(
        name,
        address,
        birthDate,
        sex,
        expires,
        municipality,
        serial,
        securityCode,
        number,
        pin,
        otherPortrait);
  }

  public CardFace(
      String name,
      String address,
      LocalDate birthDate,
      Sex sex,
      LocalDate expires,
      String municipality,
      String serial,
      String securityCode,
      String number,
      String pin,
      byte[] portrait) {
    this(
        name,
        address,
        birthDate,
        sex,
        expires,
        municipality,
        serial,
        securityCode,
        number,
        Optional.of(pin),
        portrait);
  }

  private static void digits(String what, String value, int length) {
    if (value.length() != length || !DIGITS.matcher(value).matches()) {
      throw new IllegalArgumentException("The " + what + " has " + length + " digits.");
    }
  }

  /** 総務省令第85号 第5条: weights 2 to 7 from the right, twice. */
  static int checkDigit(String number) {
    int sum = 0;
    for (int n = 1; n <= 11; n++) {
      int weight = n <= 6 ? n + 1 : n - 5;
      sum += (number.charAt(11 - n) - '0') * weight;
    }
    int rest = sum % 11;
    return rest <= 1 ? 0 : 11 - rest;
  }

  /** A number for a card that needs one, which is surely nobody's. */
  public static String nobodysNumber(String elevenDigits) {
    digits("beginning of a number", elevenDigits, 11);
    return elevenDigits + (checkDigit(elevenDigits + "0") + 1) % 10;
  }

  /** Six digits YYMMDD, the year counted in its era. */
  public String birthDateDigits() {
    return JapaneseEra.yearOf(birthDate) + DAY.format(birthDate).substring(4);
  }

  /** 照合番号B: birth date in its era, year of the card's end, security code. */
  public String verificationNumberB() {
    return birthDateDigits() + "%04d".formatted(expires.getYear()) + securityCode;
  }

  String birthDay() {
    return DAY.format(birthDate);
  }

  String lastDay() {
    return DAY.format(expires);
  }

  byte[] nameBytes() {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  byte[] addressBytes() {
    return address.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] portrait() {
    return portrait.clone();
  }

  @Override
  public String toString() {
    return "CardFace[…]";
  }
}
