package jp.kazashi.gateway.adapter.rest;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import jp.kazashi.qualification.coverage.CoverageKeys;
import jp.kazashi.qualification.person.BranchNumber;
import jp.kazashi.qualification.person.InsurerNumber;
import jp.kazashi.qualification.person.PayerNumber;
import jp.kazashi.qualification.person.PublicPayerNumber;
import jp.kazashi.qualification.person.SymbolAndNumber;
import org.jspecify.annotations.Nullable;

/** The numbers that name a person, exactly as their document has them. */
public record KeysRequest(
    @NotNull @Size(max = 8) String insurerNumber,
    @Nullable @Size(max = 20) String symbol,
    @NotNull @Size(max = 20) String number,
    @Nullable @Size(max = 2) String branchNumber,
    @NotNull LocalDate birthDate) {
  private static final String AID = "12";
  private static final int PUBLIC_PAYER_DIGITS = 8;

  CoverageKeys keys() {
    return keys(insurerNumber, symbol, number, branchNumber, birthDate);
  }

  /** Refuses with an IllegalArgumentException what cannot be keys. */
  static CoverageKeys keys(
      String payer,
      @Nullable String symbol,
      String number,
      @Nullable String branch,
      LocalDate birthDate) {
    return new CoverageKeys(
        payer(payer.strip()),
        new SymbolAndNumber(symbol, number),
        branch == null || branch.isBlank() ? null : new BranchNumber(branch),
        birthDate);
  }

  /** The scheme 12 is medical aid (生活保護). */
  private static PayerNumber payer(String digits) {
    return digits.length() == PUBLIC_PAYER_DIGITS && digits.startsWith(AID)
        ? new PublicPayerNumber(digits)
        : new InsurerNumber(digits);
  }
}
