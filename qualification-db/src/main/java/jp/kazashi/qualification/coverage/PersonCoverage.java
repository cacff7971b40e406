package jp.kazashi.qualification.coverage;

import jp.kazashi.qualification.person.Person;

public record PersonCoverage(Person person, CoverageHistory history) {}
