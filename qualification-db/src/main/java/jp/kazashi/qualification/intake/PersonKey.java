package jp.kazashi.qualification.intake;

import jp.kazashi.qualification.coverage.CoverageKeys;
import jp.kazashi.qualification.person.PersonCode;

/** Whom a record speaks of. */
public sealed interface PersonKey {
  record ByCode(PersonCode code) implements PersonKey {}

  record ByKeys(CoverageKeys keys) implements PersonKey {}
}
