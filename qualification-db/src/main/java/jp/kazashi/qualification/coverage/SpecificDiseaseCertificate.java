package jp.kazashi.qualification.coverage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** 特定疾病療養受療証; self pay in yen. */
public record SpecificDiseaseCertificate(
    SpecificDisease disease,
    @Nullable LocalDate issuedOn,
    ValidPeriod valid,
    @Nullable Integer selfPay) {
  public SpecificDiseaseCertificate {
    if (selfPay != null && (selfPay < 0 || selfPay > 9_999_999)) {
      throw new IllegalArgumentException("Self pay is 0 to 9999999 yen");
    }
  }
}
