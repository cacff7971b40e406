package jp.kazashi.qualification.coverage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import jp.kazashi.qualification.person.PublicPayerNumber;

/** Decides coverage from history and date alone. */
public final class CoverageRule {
  private CoverageRule() {}

  /** With the card: the person is certain, so what holds now is given, whatever was before. */
  public static CoverageAnswer on(CoverageHistory history, LocalDate date) {
    return judge(history.known(), date);
  }

  /** The same with what was known at an earlier instant. */
  public static CoverageAnswer on(CoverageHistory history, LocalDate date, Instant knownAt) {
    return judge(history.knownAt(knownAt), date);
  }

  /** Without the card: only what was asked for is answered. */
  public static CoverageAnswer asked(
      CoverageKeys keys, List<PersonCoverage> found, LocalDate date) {
    List<PersonCoverage> named =
        found.stream()
            .filter(each -> each.history().known().stream().anyMatch(keys::name))
            .toList();
    return switch (named.size()) {
      case 0 -> new CoverageAnswer.Unknown();
      case 1 -> askedOf(named.getFirst().history().known(), keys, date);
      // Code 5 is of medical insurance only; no recipient of medical aid has another's number.
      default ->
          keys.payer() instanceof PublicPayerNumber
              ? new CoverageAnswer.Unknown()
              : new CoverageAnswer.Ambiguous(named.size());
    };
  }

  private static CoverageAnswer askedOf(
      List<Qualification> known, CoverageKeys keys, LocalDate date) {
    CoverageAnswer own = judge(known.stream().filter(keys::name).toList(), date);
    if (own instanceof CoverageAnswer.Lapsed lapsed && tookItsPlace(known, lapsed.last(), date)) {
      return new CoverageAnswer.Superseded(lapsed.last());
    }
    return own;
  }

  private static boolean tookItsPlace(
      List<Qualification> known, Qualification last, LocalDate date) {
    return known.stream()
        .anyMatch(each ->
            each.valid().from().isAfter(last.valid().from()) && each.valid().contains(date));
  }

  private static CoverageAnswer judge(List<Qualification> known, LocalDate date) {
    List<Qualification> holding =
        known.stream()
            .filter(each -> each.valid().contains(date))
            .sorted(Comparator.comparing(Qualification::kind))
            .toList();
    if (!holding.isEmpty()) {
      Qualification current = holding.getFirst();
      return new CoverageAnswer.Covered(current, holding, current.validityOn(date));
    }
    return known.stream()
        .filter(each -> each.valid().endsBefore(date))
        .max(Comparator.comparing((Qualification each) -> each.valid().from()))
        .<CoverageAnswer>map(CoverageAnswer.Lapsed::new)
        .orElseGet(() -> beginsLater(known));
  }

  private static CoverageAnswer beginsLater(List<Qualification> known) {
    return known.stream()
        .min(Comparator.comparing((Qualification each) -> each.valid().from()))
        .<CoverageAnswer>map(CoverageAnswer.NotYetEffective::new)
        .orElseGet(CoverageAnswer.Unknown::new);
  }
}
