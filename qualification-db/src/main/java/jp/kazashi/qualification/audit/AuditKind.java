package jp.kazashi.qualification.audit;

/** What was done. */
public enum AuditKind {
  EPOCH_OPENED,
  EPOCH_CLOSED,
  CHECK,
  /** A proof that came to no check, because its challenge, pass or time was not good. */
  PROOF_REFUSED,
  /** An earlier check, shown again. */
  CHECK_READ,
  CONSENT,
  READ,
  LOOK_UP,
  INTAKE,
  /** Sign-ins, sessions and accounts of staff. */
  STAFF,
  /** A pass for one visual check. */
  VISUAL_PASS,
  /** A kiosk asked for staff, or somebody answered. */
  STAFF_CALL,
  REFERENCE_NUMBER,
  GRANTS_SEARCH,
  BULK_LOOK_UP,
  USAGE_REPORT,
  /** A look of patients at who saw their data. */
  ACCESS_LOG,
  /** A look of an administrator at who of the institution looked at whom. */
  LOOKS_LIST,
  /** A record of a terminal whose line was down that became no check. */
  RECONCILIATION,
  /** Records that no policy shows any more are about to be dropped, by whole partitions. */
  RETENTION
}
