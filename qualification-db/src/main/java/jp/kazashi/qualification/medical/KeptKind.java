package jp.kazashi.qualification.medical;

/** Everything that is kept for a time, with its policy in one place (B2, D-T1, D-T2). */
public enum KeptKind {
  MEDICATION,
  CARE,
  SURGERY,
  CHECKUP,
  DIAGNOSIS,
  INFECTION,
  DRUG_ALLERGY,
  OTHER_ALLERGY,
  CHECKUP_REPORT,
  LABORATORY,
  PRESCRIPTION;

  public RetentionPolicy policy() {
    return switch (this) {
      case MEDICATION, CARE, SURGERY, CHECKUP -> RetentionPolicy.fiveYears();
      case DIAGNOSIS, INFECTION, DRUG_ALLERGY, OTHER_ALLERGY -> RetentionPolicy.fiveYears();
      case CHECKUP_REPORT -> RetentionPolicy.fiveYears();
      case LABORATORY -> RetentionPolicy.laboratory();
      case PRESCRIPTION -> RetentionPolicy.prescription();
    };
  }
}
