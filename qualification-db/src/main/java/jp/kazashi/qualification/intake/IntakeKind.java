package jp.kazashi.qualification.intake;

import java.util.Locale;

/** The three intakes; a batch id is unique within one. */
public enum IntakeKind {
  QUALIFICATIONS,
  CLAIMS,
  CHECKUPS;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
