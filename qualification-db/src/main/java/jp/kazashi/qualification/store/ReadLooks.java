package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.WrittenEntry;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.institution.ReferenceNumber;
import jp.kazashi.qualification.staff.StaffId;

/** Who of an institution looked at whom, newest first. */
public interface ReadLooks {
  /** At most {@code limit} of the institution's own, and of nobody else's. */
  Uni<List<Look>> of(InstitutionCode institution, Asked asked, int limit);

  /**
   * Which looks are asked for: those from an instant to before another.
   *
   * @param staff of whom; of everybody and every system when empty
   * @param olderThan only what comes after that entry in this list
   */
  record Asked(
      Instant from,
      Instant before,
      Optional<StaffId> staff,
      Optional<AuditKind> kind,
      Optional<Place> olderThan) {}

  /** An entry's place in the list: by time, and among those of one instant by its chain. */
  record Place(Instant at, ChainId chain, long number) {}

  /**
   * An entry of the audit, with what the institution itself knows beside it.
   *
   * @param charts what the institution calls whom was looked at
   * @param spentOn the check that a visual pass was used for
   */
  record Look(WrittenEntry entry, List<ReferenceNumber> charts, Optional<CheckId> spentOn) {
    public Look {
      charts = List.copyOf(charts);
    }

    public Place place() {
      return new Place(entry.entry().event().at(), entry.entry().chain(), entry.entry().number());
    }
  }
}
