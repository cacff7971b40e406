package jp.kazashi.qualification.store;

import java.time.Instant;
import jp.kazashi.qualification.coverage.CoverageHistory;
import jp.kazashi.qualification.person.Person;

/** What is known of a card's holder. */
public sealed interface HolderCoverage {

  record Linked(Person person, Instant registeredAt, CoverageHistory history)
      implements HolderCoverage {}

  /** The registration was ended; the holder must register again. */
  record LinkEnded(Instant endedAt) implements HolderCoverage {}

  record NotLinked() implements HolderCoverage {}
}
