package jp.kazashi.qualification.medical;

import java.time.LocalDate;
import java.time.Period;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How long something is told, judged to the day in Asia/Tokyo. The dates are those of the records;
 * whatever a policy does not show is deleted as soon as its partition can go.
 */
public sealed interface RetentionPolicy {
  /** The records that are told on that day, in the order given. */
  <R> List<R> shown(List<R> records, Function<R, LocalDate> dateOf, LocalDate today);

  /** Five years: on the day they are full it is still shown, the day after no more (AC-08). */
  record Years(int years) implements RetentionPolicy {
    @Override
    public <R> List<R> shown(List<R> records, Function<R, LocalDate> dateOf, LocalDate today) {
      LocalDate notBefore = notBefore(today);
      return records.stream().filter(each -> !dateOf.apply(each).isBefore(notBefore)).toList();
    }

    /** The oldest day that is told. */
    public LocalDate notBefore(LocalDate today) {
      return today.minusYears(years);
    }
  }

  /**
   * Inside a window or among the newest occasions (AC-09, AC-10). Records of one day are one
   * occasion.
   *
   * @param joined whether one of both is enough, as the documents are read here, or both are asked
   */
  record WindowAndNewest(Period window, int newest, Joined joined) implements RetentionPolicy {
    public enum Joined {
      EITHER,
      BOTH
    }

    @Override
    public <R> List<R> shown(List<R> records, Function<R, LocalDate> dateOf, LocalDate today) {
      LocalDate notBefore = today.minus(window);
      Set<LocalDate> newestDays =
          records.stream()
              .map(dateOf)
              .distinct()
              .sorted(Comparator.reverseOrder())
              .limit(newest)
              .collect(Collectors.toSet());
      return records.stream()
          .filter(each -> {
            boolean inside = !dateOf.apply(each).isBefore(notBefore);
            boolean amongNewest = newestDays.contains(dateOf.apply(each));
            return switch (joined) {
              case EITHER -> inside || amongNewest;
              case BOTH -> inside && amongNewest;
            };
          })
          .toList();
    }
  }

  /** 薬剤, 診療, 健診, 傷病名, 感染症, アレルギー, 健診結果報告書. */
  static Years fiveYears() {
    return new Years(5);
  }

  /** 検査: 1年間分もしくは直近3回分. */
  static WindowAndNewest laboratory() {
    return new WindowAndNewest(Period.ofYears(1), 3, WindowAndNewest.Joined.EITHER);
  }

  /** 処方・調剤: 100日間分もしくは直近3回分. */
  static WindowAndNewest prescription() {
    return new WindowAndNewest(Period.ofDays(100), 3, WindowAndNewest.Joined.EITHER);
  }
}
