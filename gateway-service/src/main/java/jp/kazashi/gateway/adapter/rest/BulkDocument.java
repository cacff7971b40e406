package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import jp.kazashi.gateway.desk.BulkLookUp;
import jp.kazashi.qualification.audit.AuditReceipt;
import org.jspecify.annotations.Nullable;

/** How far a bulk look-up is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BulkDocument(
    UUID id,
    State state,
    int lines,
    int answered,
    Instant askedAt,
    @Nullable Instant finishedAt,
    @Nullable ReceiptDocument receipt) {

  /** Whether the answers may be fetched. */
  public enum State {
    RUNNING,
    FINISHED
  }

  static BulkDocument of(BulkLookUp.Progress progress, @Nullable AuditReceipt receipt) {
    var job = progress.job();
    return new BulkDocument(
        job.id(),
        job.finishedAt() == null ? State.RUNNING : State.FINISHED,
        job.lines(),
        progress.answered(),
        job.askedAt(),
        job.finishedAt(),
        receipt == null ? null : ReceiptDocument.of(receipt));
  }
}
