package jp.kazashi.gateway.check;

import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.store.FoundCheck;

/** What a submission comes to. */
public sealed interface CheckOutcome {

  /** Judged and committed: an answer or a refusal, with its place in the audit. */
  record Committed(EligibilityCheck.Judged check, AuditReceipt receipt) implements CheckOutcome {}

  /** Committed before, and asked for again under its key. */
  record Repeated(FoundCheck check) implements CheckOutcome {}

  /** Turned away before anything could be judged. */
  record Declined(Reason reason) implements CheckOutcome {}
}
