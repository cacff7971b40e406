package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import jp.kazashi.qualification.audit.WrittenEntry;
import jp.kazashi.qualification.person.PersonId;

/** Who saw a person's data, newest first. */
public interface ReadAccessLog {
  Uni<List<WrittenEntry>> of(PersonId person, Instant since, int limit);
}
