package jp.kazashi.qualification.institution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Set;
import jp.kazashi.qualification.coverage.ValidPeriod;
import jp.kazashi.qualification.medical.MedicalCategory;
import org.junit.jupiter.api.Test;

class InstitutionTest {
  @Test
  void aTherapyOfficeIsGivenEligibilityOnly() {
    assertThatThrownBy(() -> institution(InstitutionKind.THERAPY, MedicalCategory.CARE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(institution(InstitutionKind.THERAPY).mayAskFor(LocalDate.of(2026, 4, 1))).isEmpty();
  }

  @Test
  void anInstitutionAsksOnTheDaysOnWhichItTakesPart() {
    Institution clinic = institution(InstitutionKind.CLINIC, MedicalCategory.CARE);

    assertThat(clinic.mayAskFor(LocalDate.of(2026, 3, 31))).isEmpty();
    assertThat(clinic.mayAskFor(LocalDate.of(2026, 4, 1))).containsExactly(MedicalCategory.CARE);
    assertThat(clinic.mayAskFor(LocalDate.of(2027, 4, 1))).isEmpty();
  }

  @Test
  void thereAreFortySevenPrefectures() {
    assertThat(new Prefecture("47").digits()).isEqualTo("47");
    assertThatThrownBy(() -> new Prefecture("48")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Prefecture("00")).isInstanceOf(IllegalArgumentException.class);
  }

  private static Institution institution(InstitutionKind kind, MedicalCategory... offered) {
    return new Institution(
        new InstitutionCode("1312345670"),
        "かざし",
        kind,
        new Prefecture("13"),
        new ValidPeriod(LocalDate.of(2026, 4, 1), LocalDate.of(2027, 3, 31)),
        Set.of(offered),
        true,
        true);
  }
}
