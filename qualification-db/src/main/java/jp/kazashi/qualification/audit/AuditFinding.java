package jp.kazashi.qualification.audit;

/** What the verifier found in one chain. */
public sealed interface AuditFinding {

  /** Every entry stands where it was written. */
  record Intact(AuditChain head) implements AuditFinding {}

  /** The first entry that is not as it was written. */
  record Broken(ChainId chain, long number, Fault fault) implements AuditFinding {}

  enum Fault {
    /** Its content does not give its hash. */
    EDITED,
    /** An entry before it is not there. */
    REMOVED,
    /** It stands where an earlier number should, or twice. */
    REORDERED,
    /** It does not follow from the entry before it. */
    UNCHAINED,
    /** It belongs to another chain, or to none that a start opened. */
    FOREIGN,
    /** The chain ends before an entry that is known to have been written. */
    TRUNCATED,
    /** It is there, but is not the one the receipt names. */
    NOT_THE_RECEIPTS,
    /** It lies under a seal whose root its entries do not give. */
    NOT_AS_SEALED,
    /** A seal that was here is missing, or seals overlap. */
    SEAL_MISSING,
    /** The time stamp of its seal is not of that seal. */
    TIME_STAMP_WRONG
  }
}
