package jp.kazashi.qualification.intake;

import static jp.kazashi.qualification.intake.FeedText.INSURER;
import static jp.kazashi.qualification.intake.FeedText.RECIPIENT;
import static jp.kazashi.qualification.intake.FeedText.WELFARE;
import static jp.kazashi.qualification.intake.FeedText.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import jp.kazashi.qualification.coverage.CardClass;
import jp.kazashi.qualification.coverage.LimitCategory;
import jp.kazashi.qualification.coverage.LimitCertificate;
import jp.kazashi.qualification.coverage.LimitClass;
import jp.kazashi.qualification.coverage.Particulars;
import jp.kazashi.qualification.coverage.ValidPeriod;
import jp.kazashi.qualification.feed.CodeNames;
import jp.kazashi.qualification.feed.DeliveryRefused;
import jp.kazashi.qualification.feed.FeedReader;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.medical.CheckupCatalogue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private static final HolderLink LINK = new HolderLink("link");

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
        "sex, WOMAN, 'is not one of MALE 1, FEMALE 2, UNKNOWN 3'",
        "kind, PRIVATE, 'is not one of MEDICAL_INSURANCE, MEDICAL_AID'",
        "cardClass, 09, 'is not one of GENERAL 01, RETIRED 02, SHORT_TERM 03, SHORT_TERM_RETIRED"
            + " 04, SPECIAL_REFUND 05, SPECIAL_RETIRED 06, SDF 07, MEDICAL_AID A1'",
        "insurerNumber, 06130013, The check digit of the insurer number is wrong",
        "insurerNumber, 33120015, The sender does not speak for this insurer",
        "number, -, is missing",
        "branchNumber, 1, A branch number has 2 digits",
        "relationship, FRIEND, 'is not one of PERSON 1, FAMILY 2'",
        "contributionRatio, 101, is not 0 to 100",
        "contributionRatio, 3割, is not a number",
        "postCode, 1, A post code has 7 digits",
        "validFrom, -, is missing",
        "validTo, 2026-03-31, A period ends on or after its first day",
        "lossReason, 05, 'is not one of DEATH 01, WELFARE_BEGAN 02, OTHER_INSURANCE 03, OTHER 99'",
        "preschool, yes, is neither true nor false",
        "limitCategory, A01, limitClass: is missing",
        "limitClass, 04, 'is not one of LIMIT 01, LIMIT_AND_REDUCTION 02, REDUCTION 03'",
        "limitClass, 01, limitCategory: is missing",
        "elderlyValidFrom, 2026-04-01, elderlyRatio: is missing",
        "specificDiseases, 4::2026-04-01, 'is not one of DIALYSIS 1, HAEMOPHILIA 2,"
            + " HIV_FROM_BLOOD_PRODUCTS 3'",
        "specificDiseases, 1:, is missing",
        "statedAt, yesterday, is not a date that exists"
      })
  void eachBadFieldOfAQualificationIsRejectedByItsName(
      String field, @Nullable String value, String reason) {
    rejected("qualification", field, value, reason);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "number, 1234567, The check digit of the recipient number is wrong",
        "symbol, 12, Medical aid has no symbol",
        "insurerNumber, 12130013, The check digit of the public payer number is wrong"
      })
  void medicalAidHasNumbersOfItsOwn(String field, String value, String reason) {
    List<Object> changes = new ArrayList<>(AID);
    changes.addAll(List.of(field, value));
    Judged judged = judge(new Sender.ClearingHouse("1"), json("qualification", changes.toArray()));

    assertThat(judged.tally.rejected()).containsExactly(new RejectedLine("1", field, reason));
  }

  private static final List<Object> AID =
      List.of(
          "kind", "MEDICAL_AID",
          "insurerNumber", WELFARE.digits(),
          "number", RECIPIENT.digits(),
          "symbol", "",
          "branchNumber", "");

  @Test
  void aGoodLineBringsAPersonAndAQualification() {
    Judged judged = judge(json("qualification"));

    assertThat(judged.tally.rejected()).isEmpty();
    assertThat(judged.changes)
        .hasExactlyElementsOfTypes(PeopleChange.NewPerson.class, PeopleChange.Add.class);
  }

  @Test
  void everythingThatAnInsurerCertifiesIsRead() {
    Judged judged =
        judge(
            json(
                "qualification",
                "cardClass",
                "03",
                "householder",
                "山田 太郎",
                "otherName",
                "山田 はな",
                "preschool",
                true,
                "cardValidFrom",
                "2026-04-02",
                "limitClass",
                "02",
                "limitCategory",
                "B05",
                "limitValidFrom",
                "2026-08-01",
                "limitValidTo",
                "2027-07-31",
                "limitLongTermOn",
                "2026-10-01",
                "elderlyRatio",
                "20",
                "elderlyValidFrom",
                "2026-04-01",
                "specificDiseases",
                "1:2026-04-01:2026-04-01:2031-03-31:10000;3::2026-05-01",
                "undisclosed",
                true,
                "provisionBarred",
                "false",
                "statedAt",
                "2026-04-01T00:00:00Z"));

    assertThat(judged.tally.rejected()).isEmpty();
    Particulars particulars =
        ((PeopleChange.Add) judged.changes.get(1)).qualification().particulars();
    assertThat(particulars.cardClass()).isEqualTo(CardClass.SHORT_TERM);
    assertThat(particulars.certificates().limit())
        .isEqualTo(
            new LimitCertificate(
                LimitClass.LIMIT_AND_REDUCTION,
                LimitCategory.B05,
                null,
                new ValidPeriod(LocalDate.of(2026, 8, 1), LocalDate.of(2027, 7, 31)),
                LocalDate.of(2026, 10, 1)));
    assertThat(particulars.certificates().specificDiseases()).hasSize(2);
    assertThat(particulars.certificates().on(LocalDate.of(2026, 4, 30)).specificDiseases())
        .hasSize(1);
    assertThat(particulars.undisclosed()).isTrue();
    assertThat(particulars.provisionBarred()).isFalse();
  }

  @Test
  void aLineCorrectedInTheSameDeliveryIsWrittenOnce() {
    Judged judged =
        judge(json("qualification"), json("qualification", "line", "2", "validTo", "2027-03-31"));

    assertThat(judged.tally.taken()).hasSize(2);
    assertThat(judged.changes)
        .hasExactlyElementsOfTypes(PeopleChange.NewPerson.class, PeopleChange.Add.class);
  }

  @Test
  void aLineToldTwiceInOneDeliveryIsADuplicate() {
    Judged judged = judge(json("qualification"), json("qualification"));

    assertThat(judged.tally.taken()).hasSize(1);
    assertThat(judged.tally.duplicates()).isEqualTo(1);
  }

  @Test
  void aRejectedLineMayComeAgainCorrectedUnderItsId() {
    Judged judged = judge(json("qualification", "birthDate", "1985-02-30"), json("qualification"));

    assertThat(judged.tally.rejected()).hasSize(1);
    assertThat(judged.tally.taken()).hasSize(1);
  }

  @Test
  void aCorrectionStatedBeforeWhatIsKnownIsOutOfOrder() {
    Judged judged =
        judge(
            json("qualification", "statedAt", "2026-05-02T00:00:00Z"),
            json(
                "qualification",
                "line",
                "2",
                "validTo",
                "2027-02-28",
                "statedAt",
                "2026-05-01T23:59:59Z"));

    assertThat(judged.tally.rejected())
        .containsExactly(
            new RejectedLine("2", "statedAt", "Was stated before what is already known"));
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "personCode, P-stranger, No member of the sender has this person code",
        "issuer, %%%, Illegal base64 character 25",
        "serial, -, is missing",
        "registeredAt, 2026-01-05, is not a date that exists",
        "predecessorIssuer, aXNzdWVy, predecessorSerial: is missing"
      })
  void eachBadFieldOfARegistrationIsRejectedByItsName(
      String field, @Nullable String value, String reason) {
    rejectedAfter(json("qualification", "line", "q"), "registration", field, value, reason);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "number, 7654321, The check digit of the recipient number is wrong",
        "ticketType, 03, 'is not one of MEDICAL 01, DISPENSING 02'",
        "month, 2026-13, is not a date that exists",
        "issueNumber, -, is missing",
        "treatment, 09, 'is not one of INPATIENT 01, OUTPATIENT 02, DENTAL 03, DISPENSING 04,"
            + " HOME_NURSING 05'",
        "facilityCode, 123, An institution code has 10 digits",
        "selfPay, -1, is not a number"
      })
  void eachBadFieldOfATicketIsRejectedByItsName(
      String field, @Nullable String value, String reason) {
    List<Object> aid = new ArrayList<>(AID);
    aid.addAll(List.of("line", "q"));
    rejectedAfter(json("qualification", aid.toArray()), "ticket", field, value, reason);
  }

  @ParameterizedTest(name = "{0}: {1} = {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "medication, personCode, -, is missing",
        "medication, source, PAPER, 'is not one of RECEIPT 1, DISPENSING 2, PRESCRIPTION 3'",
        "medication, month, 2026-9, is not a date that exists",
        "medication, month, 2027-01, lies in the future",
        "medication, month, 2020-10, is older than what is kept",
        "medication, date, 2026-10-01, is not in the claim month",
        "medication, facilityCode, 131234567, An institution code has 10 digits",
        "medication, code, 110406079, A drug code has 9 digits and begins with 6",
        "medication, quantity, 0, A quantity is more than nothing",
        "medication, quantity, 1e9, A quantity has up to 9 digits and 6 decimals",
        "medication, quantity, 1.2.3, A quantity has up to 9 digits and 6 decimals",
        "medication, unit, -, is missing",
        "medication, days, 1000, is not 0 to 999",
        "medication, prescriberCode, 1312345670, prescriberName: A prescriber has a code and a"
            + " name",
        "care, category, SURGERY, 'is not one of VISIT, RADIOTHERAPY, IMAGING, PATHOLOGY,"
            + " MANAGEMENT, HOME_CARE, DIALYSIS'",
        "care, code, 613001810, A practice code has 9 digits and begins with 1",
        "care, practice, 0x, A division of practice is 10 to 99",
        "care, times, 0, is not 1 to 999",
        "care, inpatient, maybe, is neither true nor false",
        "surgery, code, -, is missing",
        "checkup, kind, 20, 'is not one of SPECIFIC 10, OTHER_THAN_SPECIFIC 40, EMPLOYER 41,"
            + " MUNICIPALITY 42, WELFARE 60, CODE_70 70, CODE_80 80, CODE_99 99'",
        "checkup, programme, 011, No programme has this code",
        "checkup, items, 9N001000000000009=1, The item code is not known",
        "checkup, items, 9N001000000000001=tall, The value of 9N001000000000001 is not a number",
        "checkup, items, 9N736000000000011=9, The value of 9N736000000000011 is none of its codes",
        "checkup, items, 9N001000000000001, An item is written code=value",
        "checkup, items, 9N001000000000001=1;9N001000000000001=1, The item 9N001000000000001 comes"
            + " twice",
        "checkup, items, 9N001000000000001=1|cm|2|1, A reference range has its lower end first",
        "withdrawal, category, checkup, is not of this intake",
        "withdrawal, category, teeth, No medical category is called 'teeth'",
        "withdrawal, facilityCode, -, is missing"
      })
  void eachBadFieldOfARecordIsRejectedByItsName(
      String type, String field, @Nullable String value, String reason) {
    IntakeKind intake = type.equals("checkup") ? IntakeKind.CHECKUPS : IntakeKind.CLAIMS;
    RecordRule rule =
        new RecordRule(CheckupCatalogue.standard(), LocalDate.of(2026, 11, 20), intake);
    FeedLine good = line(intake, json(type));
    assertThat(rule.draft(good).refusal()).isNull();

    FeedLine bad = line(intake, json(type, field, value));

    assertThat(rule.draft(bad).refusal()).isEqualTo(expected("1", field, reason));
  }

  @Test
  void fieldsThatRunTogetherAreNotTheSameLine() {
    assertThat(digest("name", "ab", "nameKana", "c"))
        .isNotEqualTo(digest("name", "a", "nameKana", "bc"));
  }

  private static LineDigest digest(Object... changes) {
    return line(IntakeKind.QUALIFICATIONS, json("qualification", changes)).digest();
  }

  @Test
  void aLineIsNotPrintedByAccident() {
    assertThat(line(IntakeKind.QUALIFICATIONS, json("qualification")).toString())
        .isEqualTo("FeedLine[qualification 1]");
  }

  @Test
  void aBatchRemembersManyLinesExactly() {
    LineLedger ledger = new LineLedger(Set.of("old"));
    for (long at = 0; at < 50_000; at++) {
      ledger.add(new LineDigest(at * 0x9E3779B97F4A7C15L, at));
      ledger.add(new LineDigest(at * 0x9E3779B97F4A7C15L, at));
    }

    assertThat(ledger.lines()).isEqualTo(50_000);
    assertThat(ledger.known(line(IntakeKind.QUALIFICATIONS, json("qualification"))))
        .isEqualTo(LineLedger.Known.NEW);
    assertThat(ledger.known(line(IntakeKind.QUALIFICATIONS, json("qualification", "line", "old"))))
        .isEqualTo(LineLedger.Known.THE_SAME);
  }

  private record Judged(List<PeopleChange> changes, IntakeTally tally) {}

  private static void rejected(String type, String field, @Nullable String value, String reason) {
    Judged judged = judge(json(type, field, value));
    assertThat(judged.changes).isEmpty();
    assertThat(judged.tally.taken()).isEmpty();
    assertThat(judged.tally.rejected()).containsExactly(expected("1", field, reason));
  }

  private static void rejectedAfter(
      String before, String type, String field, @Nullable String value, String reason) {
    Judged good = judge(new Sender.ClearingHouse("1"), before, json(type));
    assertThat(good.tally.rejected()).isEmpty();

    Judged bad = judge(new Sender.ClearingHouse("1"), before, json(type, field, value));

    assertThat(bad.tally.rejected()).containsExactly(expected("1", field, reason));
  }

  /** A reason may name another field than the one that was changed. */
  private static RejectedLine expected(String line, String field, String reason) {
    int colon = reason.indexOf(": ");
    return colon > 0 && reason.substring(0, colon).matches("[a-zA-Z]+")
        ? new RejectedLine(line, reason.substring(0, colon), reason.substring(colon + 2))
        : new RejectedLine(line, field, reason);
  }

  private static Judged judge(String... lines) {
    return judge(new Sender.Payer(INSURER), lines);
  }

  private static Judged judge(Sender sender, String... lines) {
    IntakeTally tally = new IntakeTally(new LineLedger(Set.of()));
    List<FeedLine> read =
        Stream.of(lines).map(each -> line(IntakeKind.QUALIFICATIONS, each)).toList();
    List<PeopleChange> changes =
        PeopleRule.judge(
            read,
            tally,
            KnownPeople.nobody(),
            sender,
            Instant.EPOCH,
            UUID::randomUUID,
            (issuer, serial) -> LINK);
    return new Judged(changes, tally);
  }

  private static FeedLine line(IntakeKind intake, String json) {
    try {
      return (FeedLine)
          new FeedReader(
                  intake,
                  FeedForm.NDJSON,
                  FeedEncoding.UTF_8,
                  CodeNames.small(),
                  new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))
              .next()
              .orElseThrow();
    } catch (IOException | DeliveryRefused impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
