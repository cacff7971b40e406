package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import jp.kazashi.qualification.coverage.CoverageKeys;
import jp.kazashi.qualification.coverage.PersonCoverage;

/**
 * Everyone whom the identifiers fit now, with their whole history; judged by {@link
 * jp.kazashi.qualification.coverage.CoverageRule#asked}.
 */
public interface LookUpCoverage {
  Uni<List<PersonCoverage>> byKeys(CoverageKeys keys);
}
