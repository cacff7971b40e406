package jp.kazashi.qualification.medical;

import java.time.LocalDate;
import java.time.YearMonth;

/** One operation. */
public record SurgeryRecord(
    YearMonth month, LocalDate date, Facility facility, boolean inpatient, Practice practice) {}
