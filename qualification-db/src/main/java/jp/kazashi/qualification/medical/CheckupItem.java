package jp.kazashi.qualification.medical;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One result.
 *
 * @param low with {@code high} the reference range, where one was told
 */
public record CheckupItem(
    ItemCode code,
    String name,
    ValueType type,
    String value,
    @Nullable String unit,
    @Nullable BigDecimal low,
    @Nullable BigDecimal high) {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,6})?");

  public CheckupItem {
    if (value.isBlank() || value.length() > 256) {
      throw new IllegalArgumentException("A value has 1 to 256 characters");
    }
    if (type == ValueType.PQ && !isNumber(value)) {
      throw new IllegalArgumentException("The value of " + code + " is not a number");
    }
    if (low != null && high != null && low.compareTo(high) > 0) {
      throw new IllegalArgumentException("A reference range has its lower end first");
    }
  }

  /** Whether a text is a number as values and reference ranges are written. */
  public static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /** Outside its reference range; what is no number or has no range never is. */
  public boolean outOfRange() {
    if (type != ValueType.PQ) {
      return false;
    }
    BigDecimal number = new BigDecimal(value);
    return (low != null && number.compareTo(low) < 0)
        || (high != null && number.compareTo(high) > 0);
  }
}
