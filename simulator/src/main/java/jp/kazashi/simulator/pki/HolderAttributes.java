package jp.kazashi.simulator.pki;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.time.LocalDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.JapaneseEra;
import java.util.function.IntPredicate;

/**
 * The four attributes a signature certificate carries of its holder.
 *
 * @param birthDate as the municipality registered it
 * @param municipality in Latin letters, as the subject's locality
 */
public record HolderAttributes(
    String name, Sex sex, LocalDate birthDate, String address, String municipality) {
  /** 明治 is 1 here, and 昭和 to Java. */
  private static final int MEIJI = 1 - JapaneseEra.MEIJI.getValue();

  private static final String GETA = "〓";

  public HolderAttributes {
    if (name.isBlank() || address.isBlank() || municipality.isBlank()) {
      throw new IllegalArgumentException("Name, address and municipality are needed");
    }
  }

  /** As the certificate tells it. */
  public enum Sex {
    MALE("1"),
    FEMALE("2"),
    UNKNOWN("3");

    private final String code;

    Sex(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  /** Era digit, then the day of the Gregorian calendar. */
  String birth() {
    int era = JapaneseDate.from(birthDate).getEra().getValue() + MEIJI;
    return era + birthDate.toString().replace("-", "");
  }

  /** Characters beyond JIS X 0208 and 0212 become a substitute. */
  static String printable(String text) {
    IntPredicate known = known();
    StringBuilder printed = new StringBuilder();
    text.codePoints()
        .forEach(character ->
            printed.append(known.test(character) ? Character.toString(character) : GETA));
    return printed.toString();
  }

  /** One digit a character: 1 where a substitute stands. */
  static String substitutes(String text) {
    IntPredicate known = known();
    StringBuilder digits = new StringBuilder();
    text.codePoints().forEach(character -> digits.append(known.test(character) ? '0' : '1'));
    return digits.toString();
  }

  private static IntPredicate known() {
    CharsetEncoder jis = Charset.forName("EUC-JP").newEncoder();
    return character -> jis.canEncode(Character.toString(character));
  }
}
