package jp.kazashi.gateway.adapter.rest;

import java.time.Instant;
import java.util.UUID;
import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.check.ReconcileDegraded;
import jp.kazashi.gateway.check.RecordedVisit;
import jp.kazashi.gateway.check.Sentence;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.store.Reconciliation;
import org.jspecify.annotations.Nullable;

/**
 * What a record came to.
 *
 * @param reason of a refusal, with what helps patient and desk
 * @param checkId the check that it became; of a record that became none it is absent
 * @param typed whom staff wrote down, told to the terminal that recorded it and to nobody else
 * @param repeated whether it was judged before, and is only told again
 * @param receipt of what was written for it now
 */
public record ReconciliationDocument(
    UUID chain,
    long number,
    CheckDocument.Outcome outcome,
    @Nullable Reason reason,
    @Nullable Sentence patient,
    @Nullable Sentence nextStep,
    @Nullable UUID checkId,
    Instant reconciledAt,
    @Nullable TypedDocument typed,
    boolean repeated,
    @Nullable ReceiptDocument receipt) {

  /** Whom staff wrote down. */
  public record TypedDocument(String name, String birthDate, String sex, String address) {
    static TypedDocument of(RecordedVisit.Typed typed) {
      return new TypedDocument(typed.name(), typed.birthDate(), typed.sex(), typed.address());
    }
  }

  static ReconciliationDocument of(
      ReconcileDegraded.Outcome.Reconciled reconciled, Catalogue catalogue) {
    Reconciliation record = reconciled.record();
    CheckId check = record.check();
    boolean answered = record.outcome().equals(ReconcileDegraded.ANSWERED);
    Reason reason = answered ? null : Reason.valueOf(record.outcome());
    Catalogue.Entry entry = reason == null ? null : catalogue.of(reason);
    return new ReconciliationDocument(
        UUID.fromString(record.chain()),
        record.number(),
        answered ? CheckDocument.Outcome.ANSWERED : CheckDocument.Outcome.REFUSED,
        reason,
        entry == null ? null : entry.patient(),
        entry == null ? null : entry.nextStep(),
        check == null ? null : check.value(),
        record.at(),
        reconciled.typed().map(TypedDocument::of).orElse(null),
        reconciled.receipt().isEmpty(),
        reconciled.receipt().map(ReceiptDocument::of).orElse(null));
  }
}
