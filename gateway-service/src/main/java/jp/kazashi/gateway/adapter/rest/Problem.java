package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.check.Sentence;
import org.jspecify.annotations.Nullable;

/** A refusal as RFC 9457 has it, with what helps patient and desk. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    @Nullable String detail,
    Reason reason,
    Sentence patient,
    Sentence nextStep,
    @Nullable UUID checkId,
    @Nullable CertificateDocument certificate,
    @Nullable ReceiptDocument receipt) {

  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(Catalogue catalogue, Reason reason, @Nullable String detail) {
    return about(catalogue, reason, detail, null, null, null);
  }

  static Problem about(
      Catalogue catalogue,
      Reason reason,
      @Nullable String detail,
      @Nullable UUID checkId,
      @Nullable CertificateDocument certificate,
      @Nullable ReceiptDocument receipt) {
    Catalogue.Entry entry = catalogue.of(reason);
    return new Problem(
        "urn:kazashi:reason:" + reason,
        entry.title(),
        entry.status(),
        detail,
        reason,
        entry.patient(),
        entry.nextStep(),
        checkId,
        certificate,
        receipt);
  }
}
