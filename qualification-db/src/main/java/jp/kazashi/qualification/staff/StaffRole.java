package jp.kazashi.qualification.staff;

/** What an account may do at its institution; each role may do what those before it may. */
public enum StaffRole {
  /** 受付: checks, look-ups, passes for visual checks. */
  CLERK,
  /** Also medical records under a patient's consent. */
  MEDICAL_VIEWER,
  /** Also accounts of the institution. */
  ADMINISTRATOR;

  public boolean mayReadRecords() {
    return this != CLERK;
  }

  public boolean mayChangeAccounts() {
    return this == ADMINISTRATOR;
  }
}
