package jp.kazashi.gateway.desk;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.store.KeepInstitutions;
import jp.kazashi.qualification.store.KeepUsage;

/** Reports what institutions did in a month. */
public final class Usage {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  private final KeepUsage usage;
  private final KeepInstitutions institutions;
  private final Desk desk;
  private final InstantSource clock;

  public Usage(KeepUsage usage, KeepInstitutions institutions, Desk desk, InstantSource clock) {
    this.usage = usage;
    this.institutions = institutions;
    this.desk = desk;
    this.clock = clock;
  }

  /**
   * The month's report, after all that was counted until now has been added up.
   *
   * @param of one institution, or all when empty
   */
  public Uni<UsageReport> report(Caller caller, YearMonth month, Optional<InstitutionCode> of) {
    return countNewest()
        .chain(() -> Uni.combine().all().unis(usage.of(month, of), institutions.all()).asTuple())
        .map(found -> UsageReport.of(month, found.getItem1(), found.getItem2()))
        .call(report ->
            desk.surely(
                caller,
                AuditKind.USAGE_REPORT,
                null,
                "SHOWN",
                Map.of(
                    "month", month.toString(),
                    "of", of.map(InstitutionCode::digits).orElse("all"))));
  }

  /** Today lasts, and nobody may have asked since yesterday ended. */
  public Uni<Void> countNewest() {
    LocalDate today = clock.instant().atZone(TOKYO).toLocalDate();
    return usage.count(today.minusDays(1)).chain(() -> usage.count(today));
  }
}
