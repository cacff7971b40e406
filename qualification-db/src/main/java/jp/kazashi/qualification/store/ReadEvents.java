package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import jp.kazashi.qualification.institution.InstitutionCode;

/**
 * What subscribers of an institution are told. Ids rise in the order of the commits: whoever has
 * read up to one id has missed nothing before it.
 */
public interface ReadEvents {
  Uni<List<NumberedEvent>> after(InstitutionCode institution, long id, int limit);

  /** The id of the newest event of anyone, 0 when there is none. */
  Uni<Long> newest();

  record NumberedEvent(long id, StationEvent event) {}
}
