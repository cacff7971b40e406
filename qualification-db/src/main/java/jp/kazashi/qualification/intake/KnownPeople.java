package jp.kazashi.qualification.intake;

import java.util.Map;
import jp.kazashi.qualification.coverage.CoverageHistory;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.person.PersonCode;
import org.jspecify.annotations.Nullable;

/** The people whom the lines at hand may name, with everything ever recorded of them. */
public record KnownPeople(Map<PersonCode, PersonCoverage> byCode) {
  public KnownPeople {
    byCode = Map.copyOf(byCode);
  }

  /** The person named, who must be known and a member of the sender's. */
  PersonCoverage member(@Nullable String personCode, Sender sender) throws FieldRefused {
    PersonCode code = Fields.required("personCode", personCode, PersonCode::new);
    PersonCoverage coverage = byCode.get(code);
    if (coverage == null || !isMember(coverage.history(), sender)) {
      // The same words for both: a feed is no way to ask who is insured elsewhere.
      throw new FieldRefused("personCode", "No member of the sender has this person code");
    }
    return coverage;
  }

  private static boolean isMember(CoverageHistory history, Sender sender) {
    return history.known().stream().anyMatch(each -> sender.speaksFor(each.payer()));
  }
}
