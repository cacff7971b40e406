package jp.kazashi.qualification.coverage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The qualifications of one person, oldest first. Two of one kind never hold on the same day as far
 * as was known at any one instant; the database refuses it, and so does this type.
 */
public record CoverageHistory(List<Qualification> qualifications) {
  public CoverageHistory {
    List<Qualification> inOrder = new ArrayList<>(qualifications);
    inOrder.sort(CoverageHistory::oldestFirst);
    qualifications = List.copyOf(inOrder);
    for (int first = 0; first < qualifications.size(); first++) {
      for (int second = first + 1; second < qualifications.size(); second++) {
        mustNotOverlap(qualifications.get(first), qualifications.get(second));
      }
    }
  }

  private static int oldestFirst(Qualification one, Qualification other) {
    int byDay = one.valid().from().compareTo(other.valid().from());
    return byDay != 0 ? byDay : one.recorded().from().compareTo(other.recorded().from());
  }

  public static CoverageHistory of(Qualification... qualifications) {
    return new CoverageHistory(List.of(qualifications));
  }

  /** What we know now. */
  public List<Qualification> known() {
    boolean allOpen = true;
    for (Qualification each : qualifications) {
      allOpen &= each.recorded().open();
    }
    return allOpen
        ? qualifications
        : qualifications.stream().filter(each -> each.recorded().open()).toList();
  }

  /** What we knew then. */
  public List<Qualification> knownAt(Instant at) {
    return qualifications.stream().filter(each -> each.recorded().contains(at)).toList();
  }

  private static void mustNotOverlap(Qualification one, Qualification other) {
    if (one.kind() == other.kind()
        && one.valid().overlaps(other.valid())
        && one.recorded().overlaps(other.recorded())) {
      throw new IllegalArgumentException("Two qualifications of one kind overlap");
    }
  }
}
