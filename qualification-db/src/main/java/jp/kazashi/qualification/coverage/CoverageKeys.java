package jp.kazashi.qualification.coverage;

import java.time.LocalDate;
import jp.kazashi.qualification.person.BranchNumber;
import jp.kazashi.qualification.person.PayerNumber;
import jp.kazashi.qualification.person.SymbolAndNumber;
import org.jspecify.annotations.Nullable;

/** What a look-up without a card is asked with. */
public record CoverageKeys(
    PayerNumber payer,
    SymbolAndNumber symbolAndNumber,
    @Nullable BranchNumber branch,
    LocalDate birthDate) {

  /** A missing branch matches every member of the family. */
  public boolean name(Qualification qualification) {
    return qualification.payer().equals(payer)
        && qualification.symbolAndNumber().matches(symbolAndNumber)
        && (branch == null || branch.equals(qualification.branch()))
        && qualification.insured().birthDate().equals(birthDate);
  }
}
