package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import jp.kazashi.gateway.desk.Uptake;
import jp.kazashi.gateway.desk.UsageReport;
import org.jspecify.annotations.Nullable;

/**
 * What institutions did in a month.
 *
 * @param uptake only when it was asked for with its four figures
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UsageDocument(
    String month, List<UsageRowDocument> rows, UsageRowDocument total, @Nullable Uptake uptake) {

  /**
   * One kind of institution.
   *
   * @param checks all of them: with a card, and by keys
   * @param cardRate percent of the checks made with a card; none of nothing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record UsageRowDocument(
      @Nullable String kind,
      String name,
      long checks,
      long cards,
      long keys,
      @Nullable BigDecimal cardRate,
      long checkups,
      long medications,
      long care) {
    static UsageRowDocument of(UsageReport.Row row) {
      return new UsageRowDocument(
          row.kind() == null ? null : row.kind().name(),
          UsageReport.nameOf(row.kind()),
          row.checks(),
          row.cards(),
          row.keys(),
          row.cardRate().orElse(null),
          row.checkups(),
          row.medications(),
          row.care());
    }
  }

  static UsageDocument of(UsageReport report, @Nullable Uptake uptake) {
    return new UsageDocument(
        report.month().toString(),
        report.rows().stream().map(UsageRowDocument::of).toList(),
        UsageRowDocument.of(report.total()),
        uptake);
  }
}
