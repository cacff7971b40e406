package jp.kazashi.qualification.store.reactive;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.UUID;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.medical.DrugCode;
import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.medical.MedicationSource;
import jp.kazashi.qualification.person.PersonId;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "medication")
class MedicationRow {
  @Id UUID id;

  @Column(name = "month")
  LocalDate month;

  @Column(name = "person_id")
  UUID personId;

  @Column(name = "source")
  @Enumerated(EnumType.STRING)
  MedicationSource source;

  @Column(name = "day")
  LocalDate day;

  @Column(name = "facility")
  String facility;

  @Column(name = "facility_name")
  String facilityName;

  @Column(name = "code")
  String code;

  @Column(name = "name")
  String name;

  @Column(name = "ingredient")
  @Nullable String ingredient;

  @Column(name = "quantity")
  BigDecimal quantity;

  @Column(name = "unit")
  String unit;

  @Column(name = "usage")
  @Nullable String usage;

  @Column(name = "days")
  int days;

  static MedicationRow of(UUID id, PersonId person, MedicationRecord medication) {
    MedicationRow row = new MedicationRow();
    row.id = id;
    row.month = medication.month().atDay(1);
    row.personId = person.value();
    row.source = medication.source();
    row.day = medication.date();
    row.facility = medication.facility().digits();
    row.facilityName = medication.facilityName();
    row.code = medication.code().digits();
    row.name = medication.name();
    row.ingredient = medication.ingredient();
    row.quantity = medication.quantity();
    row.unit = medication.unit();
    row.usage = medication.usage();
    row.days = medication.days();
    return row;
  }

  MedicationRecord medication() {
    return new MedicationRecord(
        source,
        YearMonth.from(month),
        day,
        new InstitutionCode(facility),
        facilityName,
        new DrugCode(code),
        name,
        ingredient,
        quantity,
        unit,
        usage,
        days,
        null);
  }
}
