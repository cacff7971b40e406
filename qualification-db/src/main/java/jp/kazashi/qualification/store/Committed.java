package jp.kazashi.qualification.store;

import jp.kazashi.qualification.audit.AuditReceipt;

/** What became of a station. */
public sealed interface Committed {

  /** Written, with its audit entry. */
  record Done(AuditReceipt receipt) implements Committed {}

  /** Nothing was written: the challenge is spent, or another answer is kept under the key. */
  record Replayed() implements Committed {}

  /** Nothing was written: this check's consent was decided before. */
  record AlreadyConsented() implements Committed {}

  /** Nothing was written: the pass that this check came with has let another one through. */
  record PassSpent() implements Committed {}

  /** Nothing was written: what a deed or a link was to change had changed before. */
  record Overtaken() implements Committed {}
}
