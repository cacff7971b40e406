package jp.kazashi.qualification.audit;

/** What was done. */
public enum AuditKind {
  EPOCH_OPENED,
  EPOCH_CLOSED,
  CHECK,
  CONSENT,
  READ,
  LOOK_UP,
  INTAKE
}
