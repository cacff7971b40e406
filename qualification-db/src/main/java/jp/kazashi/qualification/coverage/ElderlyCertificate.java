package jp.kazashi.qualification.coverage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** 高齢受給者証. */
public record ElderlyCertificate(@Nullable LocalDate issuedOn, ValidPeriod valid, int ratio) {
  public ElderlyCertificate {
    if (ratio < 0 || ratio > 100) {
      throw new IllegalArgumentException("A contribution ratio is 0 to 100 percent");
    }
  }
}
