package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.time.YearMonth;
import jp.kazashi.qualification.consent.ConsentGrant;
import jp.kazashi.qualification.medical.MedicationHistory;
import jp.kazashi.qualification.medical.RetentionPolicy;
import jp.kazashi.qualification.store.ReadCare;
import jp.kazashi.qualification.store.ReadCheckups;
import jp.kazashi.qualification.store.ReadMedications;
import jp.kazashi.qualification.store.ReadSurgeries;

/** The records of the one category that a grant opens, as far as they are told on a day. */
public final class GatherRecords {
  private final ReadMedications medications;
  private final ReadCheckups checkups;
  private final ReadCare care;
  private final ReadSurgeries surgeries;

  public GatherRecords(
      ReadMedications medications, ReadCheckups checkups, ReadCare care, ReadSurgeries surgeries) {
    this.medications = medications;
    this.checkups = checkups;
    this.care = care;
    this.surgeries = surgeries;
  }

  /** The oldest day that any category is told of. */
  static LocalDate notBefore(LocalDate today) {
    return RetentionPolicy.fiveYears().notBefore(today);
  }

  Uni<MedicalRecords> of(ConsentGrant grant, YearMonth from, YearMonth to, LocalDate today) {
    LocalDate notBefore = notBefore(today);
    return switch (grant.category()) {
      case MEDICATION -> medications(grant, from, to, today);
      case CHECKUP ->
          checkups.checkups(grant, from, to, notBefore).map(MedicalRecords.Checkups::new);
      case CARE -> care.care(grant, from, to, notBefore, today).map(MedicalRecords.Care::new);
      case SURGERY ->
          surgeries.surgeries(grant, from, to, notBefore, today).map(MedicalRecords.Surgeries::new);
    };
  }

  /** Which are the newest three, and which source is the better word, all of them decide. */
  private Uni<MedicalRecords> medications(
      ConsentGrant grant, YearMonth from, YearMonth to, LocalDate today) {
    LocalDate notBefore = notBefore(today);
    return medications
        .of(grant, YearMonth.from(notBefore).minusMonths(1), YearMonth.from(today), notBefore)
        .map(taken ->
            new MedicalRecords.Medications(
                MedicationHistory.on(taken, today).stream()
                    .filter(told -> !told.record().month().isBefore(from))
                    .filter(told -> !told.record().month().isAfter(to))
                    .toList()));
  }
}
