package jp.kazashi.qualification.coverage;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
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
 * @param tickets of medical aid, as far as they are known
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
    Particulars particulars,
    List<MedicalTicket> tickets,
    RecordedPeriod recorded) {
  public Qualification {
    tickets = List.copyOf(tickets);
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

  /** A qualification with nothing particular about it. */
  public Qualification(
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
    this(
        id,
        kind,
        payer,
        payerName,
        symbolAndNumber,
        branch,
        relationship,
        insured,
        contributionRatio,
        issuedOn,
        valid,
        lossReason,
        Particulars.ordinary(kind),
        List.of(),
        recorded);
  }

  /** The same, known for another time. */
  public Qualification recorded(RecordedPeriod period) {
    return new Qualification(
        id,
        kind,
        payer,
        payerName,
        symbolAndNumber,
        branch,
        relationship,
        insured,
        contributionRatio,
        issuedOn,
        valid,
        lossReason,
        particulars,
        tickets,
        period);
  }

  /** Whether both say the same, whoever wrote them down when. */
  public boolean saysTheSameAs(Qualification other) {
    return kind == other.kind
        && payer.equals(other.payer)
        && payerName.equals(other.payerName)
        && symbolAndNumber.equals(other.symbolAndNumber)
        && Objects.equals(branch, other.branch)
        && relationship == other.relationship
        && insured.equals(other.insured)
        && Objects.equals(contributionRatio, other.contributionRatio)
        && Objects.equals(issuedOn, other.issuedOn)
        && valid.equals(other.valid)
        && lossReason == other.lossReason
        && particulars.equals(other.particulars);
  }

  /** The tickets that hold on that day. */
  public List<MedicalTicket> ticketsOn(LocalDate date) {
    return tickets.stream().filter(each -> each.recorded().open() && each.holdsOn(date)).toList();
  }

  /** The validity of this qualification on that day, taken by itself. */
  public ValidityCode validityOn(LocalDate date) {
    if (!valid.contains(date)) {
      return ValidityCode.INVALID;
    }
    // Until the month has a ticket medical aid is valid but unregistered (未委託・未登録).
    return kind == QualificationKind.MEDICAL_AID && ticketsOn(date).isEmpty()
        ? ValidityCode.VALID_UNREGISTERED
        : ValidityCode.VALID;
  }
}
