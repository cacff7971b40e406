package jp.kazashi.qualification.medical;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A practice of a claim.
 *
 * @param division 診療識別, two digits
 */
public record Practice(
    PracticeCode code,
    String name,
    @Nullable String division,
    @Nullable BigDecimal quantity,
    @Nullable String unit,
    int times) {
  public Practice {
    if (name.isBlank() || name.length() > 200) {
      throw new IllegalArgumentException("A practice has a name of at most 200 characters");
    }
    if (division != null && !division.matches("[1-9][0-9]")) {
      throw new IllegalArgumentException("A division of practice is 10 to 99");
    }
    if (quantity != null && quantity.signum() <= 0) {
      throw new IllegalArgumentException("A quantity is more than nothing");
    }
    if (times < 1 || times > 999) {
      throw new IllegalArgumentException("Times are 1 to 999");
    }
  }
}
