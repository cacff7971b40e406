package jp.kazashi.gateway.adapter.rest;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kazashi.qualification.coverage.Qualification;
import jp.kazashi.qualification.coverage.QualificationKind;
import jp.kazashi.qualification.coverage.Relationship;
import jp.kazashi.qualification.person.GlyphIssue;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.person.Sex;
import org.jspecify.annotations.Nullable;

/** Who is insured, by whom and how. */
public record QualificationDocument(
    QualificationKind kind,
    int validityCode,
    String insurerNumber,
    String insurerName,
    @Nullable String symbol,
    String number,
    @Nullable String branchNumber,
    Relationship relationship,
    String name,
    String printableName,
    List<GlyphIssue> glyphIssues,
    @Nullable String nameKana,
    LocalDate birthDate,
    Sex sex,
    @Nullable String postCode,
    @Nullable String address,
    @Nullable Integer contributionRatio,
    LocalDate validFrom,
    @Nullable LocalDate validTo) {

  static QualificationDocument of(Qualification qualification, LocalDate on) {
    return told(qualification, on, true);
  }

  /** 不開示該当: whoever asks without the card learns no address. */
  static QualificationDocument withoutCard(
      Qualification qualification, Optional<Person> person, LocalDate on) {
    return told(qualification, on, !person.map(Person::undisclosed).orElse(true));
  }

  private static QualificationDocument told(
      Qualification qualification, LocalDate on, boolean withAddress) {
    var insured = qualification.insured();
    var keys = qualification.symbolAndNumber();
    var branch = qualification.branch();
    return new QualificationDocument(
        qualification.kind(),
        qualification.validityOn(on).code(),
        qualification.payer().digits(),
        qualification.payerName(),
        keys.symbol(),
        keys.number(),
        branch == null ? null : branch.digits(),
        qualification.relationship(),
        insured.name().registered(),
        insured.name().printable(),
        insured.name().glyphIssues(),
        insured.name().kana(),
        insured.birthDate(),
        insured.sex(),
        withAddress ? insured.postCode() : null,
        withAddress ? insured.address() : null,
        qualification.contributionRatio(),
        qualification.valid().from(),
        qualification.valid().to());
  }
}
