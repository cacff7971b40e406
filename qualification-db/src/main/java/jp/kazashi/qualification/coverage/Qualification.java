package jp.kazashi.qualification.coverage;

import java.time.LocalDate;
import java.util.UUID;
import jp.kazashi.qualification.person.BranchNumber;
import jp.kazashi.qualification.person.PayerNumber;
import jp.kazashi.qualification.person.PublicPayerNumber;
import jp.kazashi.qualification.person.SymbolAndNumber;
import org.jspecify.annotations.Nullable;

/**
 * One qualification of one person, true for {@code valid} and known to us for {@code recorded}.
 *
 * @param contributionRatio the patient's share in percent, null when the insurer left it blank
 * @param lossReason why it ended or will end, only together with a last day
 */
public record Qualification(
    UUID id,
    QualificationKind kind,
    PayerNumber payer,
    String payerName,
    SymbolAndNumber symbolAndNumber,
    @Nullable BranchNumber branch,
    Relationship relationship,
    Insured insured,
    @Nullable Integer contributionRatio,
    @Nullable LocalDate issuedOn,
    ValidPeriod valid,
    @Nullable ReasonOfLoss lossReason,
    RecordedPeriod recorded) {
  public Qualification {
    boolean aid = kind == QualificationKind.MEDICAL_AID;
    if (aid != payer instanceof PublicPayerNumber) {
      throw new IllegalArgumentException(
          "Medical aid has a public payer, medical insurance an insurer");
    }
    if (payerName.isBlank() || payerName.length() > 100) {
      throw new IllegalArgumentException("A payer has a name of at most 100 characters");
    }
    if (contributionRatio != null && (contributionRatio < 0 || contributionRatio > 100)) {
      throw new IllegalArgumentException("A contribution ratio is 0 to 100 percent");
    }
    if (lossReason != null && valid.to() == null) {
      throw new IllegalArgumentException("A reason of loss goes with a last day");
    }
  }

  /** The validity of this qualification on that day, taken by itself. */
  public ValidityCode validityOn(LocalDate date) {
    if (!valid.contains(date)) {
      return ValidityCode.INVALID;
    }
    // Until tickets are registered medical aid is valid but unregistered (exchange-interface 3.6).
    return kind == QualificationKind.MEDICAL_AID
        ? ValidityCode.VALID_UNREGISTERED
        : ValidityCode.VALID;
  }
}
