package jp.kazashi.gateway.check;

import java.util.List;
import jp.kazashi.qualification.intake.MedicationLine;
import jp.kazashi.qualification.intake.QualificationLine;
import jp.kazashi.qualification.intake.RegistrationLine;
import jp.kazashi.qualification.intake.RejectedLine;

/** One delivery of an insurer as far as it could be read. */
public record Feed(
    List<QualificationLine> qualifications,
    List<RegistrationLine> registrations,
    List<MedicationLine> medications,
    List<RejectedLine> unreadable) {}
