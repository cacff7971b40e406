package jp.kazashi.qualification.institution;

/** What an institution is, and so what it may be given. */
public enum InstitutionKind {
  HOSPITAL,
  CLINIC,
  DENTAL,
  PHARMACY,
  /** 施術所: eligibility only (A11, F-62). */
  THERAPY;

  public boolean mayReadRecords() {
    return this != THERAPY;
  }
}
