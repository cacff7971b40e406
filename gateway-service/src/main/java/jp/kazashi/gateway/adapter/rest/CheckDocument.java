package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.check.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * A check as it is told, and as it is kept (then without receipt and consents, which come later).
 *
 * @param follows the check whose proof was used once more, of a registration
 * @param qualification the current medical insurance or, alone, the medical aid
 * @param recordedAt when the card was shown, if the line was down then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckDocument(
    UUID checkId,
    @Nullable UUID follows,
    Outcome outcome,
    @Nullable Reason reason,
    @Nullable Sentence patient,
    @Nullable Sentence nextStep,
    @Nullable CertificateDocument certificate,
    @Nullable QualificationDocument qualification,
    List<QualificationDocument> qualifications,
    List<String> offeredConsents,
    List<NoticeDocument> notices,
    @Nullable Instant recordedAt,
    @Nullable List<String> consents,
    @Nullable Instant consentsUntil,
    @Nullable ReceiptDocument receipt) {

  /** How a check ended. */
  public enum Outcome {
    ANSWERED,
    REFUSED
  }

  CheckDocument with(ReceiptDocument itsReceipt) {
    return with(itsReceipt, null, null);
  }

  CheckDocument with(
      ReceiptDocument itsReceipt, @Nullable List<String> live, @Nullable Instant until) {
    return new CheckDocument(
        checkId,
        follows,
        outcome,
        reason,
        patient,
        nextStep,
        certificate,
        qualification,
        qualifications,
        offeredConsents,
        notices,
        recordedAt,
        live,
        until,
        itsReceipt);
  }
}
