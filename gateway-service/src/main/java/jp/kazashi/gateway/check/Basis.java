package jp.kazashi.gateway.check;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.kazashi.qualification.coverage.CoverageAnswer;
import jp.kazashi.qualification.person.PayerNumber;
import jp.kazashi.qualification.proof.OldCard;
import jp.kazashi.qualification.proof.ProofDocument;
import org.jspecify.annotations.Nullable;

/**
 * What the desk goes by when it looks somebody up: which document, and the dates printed on it. A
 * receipt computer that asks by itself states none.
 *
 * @param issuedOn as printed, if it was told
 * @param validTo as printed, if it was told
 */
public record Basis(Kind kind, Optional<LocalDate> issuedOn, Optional<LocalDate> validTo) {
  /** 後期高齢者医療 is the scheme 39. */
  private static final String ELDERLY_SCHEME = "39";

  private static final int MUNICIPAL_DIGITS = 6;

  public enum Kind {
    /** 健康保険証. */
    OLD_CARD,
    /** 資格確認書. */
    CONFIRMATION,
    /** 資格情報のお知らせ, shown with the card. */
    NOTICE,
    /** マイナポータルの資格情報画面, shown with the card. */
    PORTAL_SCREEN,
    UNSTATED
  }

  public static Basis unstated() {
    return new Basis(Kind.UNSTATED, Optional.empty(), Optional.empty());
  }

  String word() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Whether the record knows of such documents. */
  boolean isOfRecord() {
    return kind == Kind.CONFIRMATION || kind == Kind.NOTICE;
  }

  /** AC-23 for the old cards; for the others what is printed, and what is known of them. */
  boolean acceptedOn(
      LocalDate date, PayerNumber payer, CoverageAnswer coverage, List<ProofDocument> known) {
    return switch (kind) {
      case OLD_CARD -> oldCardAccepted(date, payer, coverage);
      case CONFIRMATION -> holds(date) && isKnown(ProofDocument.Kind.CONFIRMATION, known, date);
      case NOTICE -> holds(date) && isKnown(ProofDocument.Kind.NOTICE, known, date);
      case PORTAL_SCREEN, UNSTATED -> holds(date);
    };
  }

  private boolean oldCardAccepted(LocalDate date, PayerNumber payer, CoverageAnswer coverage) {
    LocalDate issued = issuedOn.orElse(OldCard.NO_NEW_CARDS_FROM.minusDays(1));
    if (!issued.isBefore(OldCard.NO_NEW_CARDS_FROM)) {
      return false;
    }
    LocalDate known = issuedOn.isPresent() || !date.isBefore(issued) ? issued : date;
    return new OldCard(payerOf(payer), known, validTo.orElse(null), changedOn(coverage))
        .acceptedOn(date);
  }

  /**
   * The day from which another qualification held; the record tells by the end of the asked one.
   */
  private static @Nullable LocalDate changedOn(CoverageAnswer coverage) {
    return switch (coverage) {
      case CoverageAnswer.Superseded(var asked) -> dayAfter(asked.valid().to());
      case CoverageAnswer.Lapsed(var last) -> dayAfter(last.valid().to());
      case CoverageAnswer.Covered _,
          CoverageAnswer.NotYetEffective _,
          CoverageAnswer.NotLinked _,
          CoverageAnswer.Unknown _,
          CoverageAnswer.Ambiguous _ ->
          null;
    };
  }

  private static @Nullable LocalDate dayAfter(@Nullable LocalDate last) {
    return last == null ? null : last.plusDays(1);
  }

  private static OldCard.Payer payerOf(PayerNumber payer) {
    String digits = payer.digits().strip();
    if (digits.length() == MUNICIPAL_DIGITS) {
      return OldCard.Payer.MUNICIPALITY;
    }
    return digits.startsWith(ELDERLY_SCHEME) ? OldCard.Payer.ELDERLY : OldCard.Payer.EMPLOYEES;
  }

  private boolean holds(LocalDate date) {
    return issuedOn.filter(date::isBefore).isEmpty() && validTo.filter(date::isAfter).isEmpty();
  }

  /** One that was never recorded may be right all the same; one that ended is not. */
  private static boolean isKnown(
      ProofDocument.Kind kind, List<ProofDocument> known, LocalDate date) {
    List<ProofDocument> ofKind = known.stream().filter(each -> each.kind() == kind).toList();
    return ofKind.isEmpty() || ofKind.stream().anyMatch(each -> each.holdsOn(date));
  }
}
