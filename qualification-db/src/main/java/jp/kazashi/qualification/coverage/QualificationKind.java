package jp.kazashi.qualification.coverage;

public enum QualificationKind {
  /** 医療保険. */
  MEDICAL_INSURANCE,
  /** 医療扶助. */
  MEDICAL_AID
}
