package jp.kazashi.gateway.desk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.kazashi.qualification.institution.Institution;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.institution.InstitutionKind;
import jp.kazashi.qualification.institution.UsageDay;
import jp.kazashi.qualification.institution.UsageKind;
import org.jspecify.annotations.Nullable;

/** A month by kinds of institution, in the rows and columns of the ministry's slides (J1, J2). */
public record UsageReport(YearMonth month, List<Row> rows, Row total) {
  public UsageReport {
    rows = List.copyOf(rows);
  }

  /**
   * One line of both tables.
   *
   * @param kind null for the total
   */
  public record Row(@Nullable InstitutionKind kind, Map<UsageKind, Long> counts) {
    public Row {
      counts = Map.copyOf(counts);
    }

    public long cards() {
      return of(UsageKind.CARD_CHECK);
    }

    public long keys() {
      return of(UsageKind.KEY_CHECK);
    }

    public long checks() {
      return cards() + keys();
    }

    public long checkups() {
      return of(UsageKind.CHECKUP_READ);
    }

    public long medications() {
      return of(UsageKind.MEDICATION_READ);
    }

    /** 診療情報, surgery among it. */
    public long care() {
      return of(UsageKind.CARE_READ) + of(UsageKind.SURGERY_READ);
    }

    /** Percent of the checks that were made with a card; nothing of nothing. */
    public Optional<BigDecimal> cardRate() {
      return checks() == 0
          ? Optional.empty()
          : Optional.of(
              BigDecimal.valueOf(cards())
                  .multiply(BigDecimal.valueOf(100))
                  .divide(BigDecimal.valueOf(checks()), 2, RoundingMode.HALF_UP));
    }

    private long of(UsageKind kind) {
      return counts.getOrDefault(kind, 0L);
    }
  }

  static UsageReport of(YearMonth month, List<UsageDay> days, List<Institution> known) {
    Map<InstitutionCode, InstitutionKind> kinds =
        known.stream().collect(Collectors.toMap(Institution::code, Institution::kind));
    Map<InstitutionKind, Map<UsageKind, Long>> sums = new EnumMap<>(InstitutionKind.class);
    Map<UsageKind, Long> all = new EnumMap<>(UsageKind.class);
    for (UsageDay day : days) {
      InstitutionKind kind = kinds.getOrDefault(day.institution(), kindBy(day.institution()));
      sums.computeIfAbsent(kind, none -> new EnumMap<>(UsageKind.class))
          .merge(day.kind(), day.count(), Math::addExact);
      all.merge(day.kind(), day.count(), Math::addExact);
    }
    List<Row> rows = new ArrayList<>();
    for (InstitutionKind kind : InstitutionKind.values()) {
      // The slides have no line of therapy offices; they get one when they did something.
      if (kind != InstitutionKind.THERAPY || sums.containsKey(kind)) {
        rows.add(new Row(kind, sums.getOrDefault(kind, Map.of())));
      }
    }
    return new UsageReport(month, rows, new Row(null, all));
  }

  /** Of one that nobody entered: by the fee table in its code, which knows no hospitals. */
  private static InstitutionKind kindBy(InstitutionCode code) {
    return switch (code.digits().charAt(2)) {
      case '3' -> InstitutionKind.DENTAL;
      case '4' -> InstitutionKind.PHARMACY;
      default -> InstitutionKind.CLINIC;
    };
  }

  private static final List<Column> COLUMNS =
      List.of(
          new Column("kind", row -> row.kind() == null ? "TOTAL" : row.kind().name()),
          new Column("name", row -> nameOf(row.kind())),
          new Column("checks", row -> Long.toString(row.checks())),
          new Column("cards", row -> Long.toString(row.cards())),
          new Column("keys", row -> Long.toString(row.keys())),
          new Column("cardRate", row -> row.cardRate().map(BigDecimal::toPlainString).orElse("")),
          new Column("checkups", row -> Long.toString(row.checkups())),
          new Column("medications", row -> Long.toString(row.medications())),
          new Column("care", row -> Long.toString(row.care())));

  private record Column(String name, Function<Row, String> cell) {}

  /** RFC 4180, the total last. */
  public String csv() {
    List<Row> lines = new ArrayList<>(rows);
    lines.add(total);
    String head = COLUMNS.stream().map(Column::name).collect(Collectors.joining(","));
    return lines.stream()
        .map(row ->
            COLUMNS.stream()
                .map(column -> column.cell().apply(row))
                .collect(Collectors.joining(",")))
        .collect(Collectors.joining("\r\n", head + "\r\n", "\r\n"));
  }

  public static String nameOf(@Nullable InstitutionKind kind) {
    return switch (kind) {
      case HOSPITAL -> "病院";
      case CLINIC -> "医科診療所";
      case DENTAL -> "歯科診療所";
      case PHARMACY -> "薬局";
      case THERAPY -> "施術所";
      case null -> "総計";
    };
  }
}
