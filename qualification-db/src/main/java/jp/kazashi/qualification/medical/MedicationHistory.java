package jp.kazashi.qualification.medical;

import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.kazashi.qualification.institution.InstitutionCode;

/** What is told of one person's drugs on one day, out of everything that was taken in. */
public final class MedicationHistory {
  private MedicationHistory() {}

  /**
   * One drug as it is told.
   *
   * @param revised a better source speaks of the same facility and day
   */
  public record Told(MedicationRecord record, boolean revised) {}

  /**
   * Claims for five years from the 11th of the month after; prescriptions and dispensing at once,
   * for 100 days or the newest three; and of the same facility and day the better source stands.
   */
  public static List<Told> on(List<MedicationRecord> taken, LocalDate today) {
    List<MedicationRecord> claims =
        KeptKind.MEDICATION
            .policy()
            .shown(
                ofSource(taken, true).stream()
                    .filter(each -> PublishGate.drugs().open(each.month(), today))
                    .toList(),
                MedicationRecord::date,
                today);
    List<MedicationRecord> others =
        KeptKind.PRESCRIPTION.policy().shown(ofSource(taken, false), MedicationRecord::date, today);
    Set<MedicationRecord> shown = Collections.newSetFromMap(new IdentityHashMap<>());
    shown.addAll(claims);
    shown.addAll(others);
    Map<Occasion, Integer> best = new HashMap<>();
    shown.forEach(each -> best.merge(Occasion.of(each), each.source().rank(), Math::min));
    return taken.stream()
        .filter(shown::contains)
        .map(each -> new Told(each, each.source().rank() > best.getOrDefault(Occasion.of(each), 0)))
        .toList();
  }

  private record Occasion(InstitutionCode facility, LocalDate date) {
    static Occasion of(MedicationRecord record) {
      return new Occasion(record.facility(), record.date());
    }
  }

  private static List<MedicationRecord> ofSource(List<MedicationRecord> taken, boolean claimed) {
    return taken.stream()
        .filter(each -> (each.source() == MedicationSource.RECEIPT) == claimed)
        .toList();
  }
}
