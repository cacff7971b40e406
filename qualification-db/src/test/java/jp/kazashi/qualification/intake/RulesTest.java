package jp.kazashi.qualification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.kazashi.qualification.person.InsurerNumber;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private static final InsurerNumber INSURER = InsurerNumber.completing("0613001");

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "personCode, -, is missing",
        "personCode, 123456789018, A person code is never twelve bare digits",
        "name, -, is missing",
        "birthDate, 1985-02-30, is not a date that exists",
        "birthDate, 1085-02-20, is not a date between 1868 and 2199",
        "birthDate, +99999-01-01, is not a date between 1868 and 2199",
        "sex, WOMAN, 'is not one of MALE, FEMALE, UNKNOWN'",
        "kind, PRIVATE, 'is not one of MEDICAL_INSURANCE, MEDICAL_AID'",
        "insurerNumber, 06130013, The check digit of the insurer number is wrong",
        "insurerNumber, 33120015, The sender does not speak for this insurer",
        "number, -, is missing",
        "branchNumber, 1, A branch number has 2 digits",
        "relationship, FRIEND, 'is not one of PERSON, FAMILY'",
        "postCode, 1, A post code has 7 digits",
        "validFrom, -, is missing",
        "validTo, 2026-03-31, A period ends on or after its first day",
        "lossReason, 05, 'is not one of DEATH 01, WELFARE_BEGAN 02, OTHER_INSURANCE 03, OTHER 99'",
        "line, -, A line has an id of 1 to 100 characters"
      })
  void eachBadFieldIsRejectedByItsName(String field, @Nullable String value, String reason) {
    Intake<QualificationChange> intake = judge(with(field, value));

    assertThat(intake.changes()).isEmpty();
    assertThat(intake.taken()).isEmpty();
    assertThat(intake.rejected())
        .containsExactly(new RejectedLine(field.equals("line") ? "" : "1", field, reason));
  }

  @Test
  void aGoodLineBringsAPersonAndAQualification() {
    Intake<QualificationChange> intake = judge(with());

    assertThat(intake.rejected()).isEmpty();
    assertThat(intake.changes())
        .hasExactlyElementsOfTypes(
            QualificationChange.NewPerson.class, QualificationChange.Add.class);
  }

  @Test
  void aLineCorrectedInTheSameDeliveryIsWrittenOnce() {
    Intake<QualificationChange> intake = judge(with(), with("line", "2", "validTo", "2027-03-31"));

    assertThat(intake.accepted()).isEqualTo(2);
    assertThat(intake.changes())
        .hasExactlyElementsOfTypes(
            QualificationChange.NewPerson.class, QualificationChange.Add.class);
  }

  @Test
  void aLineToldTwiceInOneDeliveryIsADuplicate() {
    Intake<QualificationChange> intake = judge(with(), with());

    assertThat(intake.accepted()).isEqualTo(1);
    assertThat(intake.duplicates()).isEqualTo(1);
  }

  @Test
  void fieldsThatRunTogetherAreNotTheSameLine() {
    assertThat(with("name", "ab", "nameKana", "c").digest())
        .isNotEqualTo(with("name", "a", "nameKana", "bc").digest());
    assertThat(with("symbol", null).digest()).isNotEqualTo(with("symbol", "").digest());
  }

  @Test
  void aLineIsNotPrintedByAccident() {
    assertThat(with().toString()).isEqualTo("QualificationLine[1]");
  }

  private static Intake<QualificationChange> judge(QualificationLine... lines) {
    return QualificationRule.judge(
        List.of(lines),
        Map.of(),
        new KnownPeople(Map.of()),
        new Sender.Payer(INSURER),
        Instant.EPOCH,
        UUID::randomUUID);
  }

  private static QualificationLine with(@Nullable String... changed) {
    return new QualificationLine(
        or(changed, "line", "1"),
        or(changed, "personCode", "P-hanako"),
        or(changed, "name", "山田 花子"),
        or(changed, "nameKana", "ヤマダ ハナコ"),
        or(changed, "birthDate", "1985-04-03"),
        or(changed, "sex", "FEMALE"),
        or(changed, "postCode", "100-0001"),
        or(changed, "address", "東京都千代田区1-1"),
        or(changed, "kind", "MEDICAL_INSURANCE"),
        or(changed, "insurerNumber", INSURER.digits()),
        or(changed, "insurerName", "かざし健康保険組合"),
        or(changed, "symbol", "12"),
        or(changed, "number", "345"),
        or(changed, "branchNumber", "01"),
        or(changed, "relationship", "PERSON"),
        30,
        or(changed, "issuedOn", "2026-04-01"),
        or(changed, "validFrom", "2026-04-01"),
        or(changed, "validTo", "2027-03-30"),
        or(changed, "lossReason", "03"));
  }

  private static @Nullable String or(@Nullable String[] changed, String field, String good) {
    for (int at = 0; at < changed.length; at += 2) {
      if (field.equals(changed[at])) {
        return changed[at + 1];
      }
    }
    return good;
  }
}
