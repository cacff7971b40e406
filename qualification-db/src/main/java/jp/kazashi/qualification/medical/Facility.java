package jp.kazashi.qualification.medical;

import jp.kazashi.qualification.institution.InstitutionCode;

/** An institution as a record names it; it may not take part here at all. */
public record Facility(InstitutionCode code, String name) {
  public Facility {
    if (name.isBlank() || name.length() > 100) {
      throw new IllegalArgumentException("A facility has a name of at most 100 characters");
    }
  }
}
