package jp.kazashi.qualification.coverage;

/** A value of one of the public code lists (OQSCD…). */
public interface Coded {
  String code();
}
