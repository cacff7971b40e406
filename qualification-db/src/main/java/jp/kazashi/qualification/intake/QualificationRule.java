package jp.kazashi.qualification.intake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.coverage.Codes;
import jp.kazashi.qualification.coverage.CoverageHistory;
import jp.kazashi.qualification.coverage.Insured;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.coverage.Qualification;
import jp.kazashi.qualification.coverage.QualificationKind;
import jp.kazashi.qualification.coverage.ReasonOfLoss;
import jp.kazashi.qualification.coverage.RecordedPeriod;
import jp.kazashi.qualification.coverage.Relationship;
import jp.kazashi.qualification.coverage.ValidPeriod;
import jp.kazashi.qualification.person.BranchNumber;
import jp.kazashi.qualification.person.InsurerNumber;
import jp.kazashi.qualification.person.PayerNumber;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.person.PersonCode;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.person.PersonName;
import jp.kazashi.qualification.person.PublicPayerNumber;
import jp.kazashi.qualification.person.Sex;
import jp.kazashi.qualification.person.SymbolAndNumber;
import org.jspecify.annotations.Nullable;

/**
 * Judges lines of qualifications against what is known. A line with the payer, symbol, number,
 * branch and first day of a known qualification states it anew; any other line is another
 * qualification and must not overlap a known one of its kind.
 */
public final class QualificationRule {
  private final Map<PersonCode, PersonCoverage> people;
  private final Sender sender;
  private final Instant receivedAt;
  private final Supplier<UUID> ids;
  private final List<QualificationChange> changes = new ArrayList<>();

  private QualificationRule(
      KnownPeople known, Sender sender, Instant receivedAt, Supplier<UUID> ids) {
    this.people = new HashMap<>(known.byCode());
    this.sender = sender;
    this.receivedAt = receivedAt;
    this.ids = ids;
  }

  public static Intake<QualificationChange> judge(
      List<QualificationLine> lines,
      Map<String, Digest> takenBefore,
      KnownPeople known,
      Sender sender,
      Instant receivedAt,
      Supplier<UUID> ids) {
    QualificationRule intake = new QualificationRule(known, sender, receivedAt, ids);
    IntakeTally tally = new IntakeTally(takenBefore);
    lines.forEach(line -> tally.count(line, () -> intake.take(line)));
    return Intake.of(intake.changes, tally);
  }

  private void take(QualificationLine line) throws FieldRefused {
    PersonCode code = Fields.required("personCode", line.personCode(), PersonCode::new);
    Qualification stated = read(line);
    if (!sender.speaksFor(stated.payer())) {
      throw new FieldRefused("insurerNumber", "The sender does not speak for this insurer");
    }
    PersonCoverage coverage = people.get(code);
    List<Qualification> ever = coverage == null ? List.of() : coverage.history().qualifications();
    Qualification before = known(ever, stated);
    if (before != null && sameContent(before, stated)) {
      return;
    }
    mustNotOverlap(ever, before, stated);
    Person person = coverage == null ? newPerson(code) : coverage.person();
    Instant at = nextInstant(ever);
    List<Qualification> after = new ArrayList<>(ever);
    if (before != null) {
      after.remove(before);
      close(before, at).ifPresent(after::add);
    }
    Qualification added = with(stated, new RecordedPeriod(at, null));
    after.add(added);
    changes.add(new QualificationChange.Add(person.id(), added));
    people.put(code, new PersonCoverage(person, new CoverageHistory(after)));
  }

  private Person newPerson(PersonCode code) {
    Person person = new Person(new PersonId(ids.get()), code, false, false);
    changes.add(new QualificationChange.NewPerson(person));
    return person;
  }

  /** What this same delivery added is replaced as if it had never been sent. */
  private Optional<Qualification> close(Qualification before, Instant at) {
    boolean withdrawn =
        changes.removeIf(change ->
            change instanceof QualificationChange.Add add && add.qualification().equals(before));
    if (withdrawn) {
      return Optional.empty();
    }
    changes.add(new QualificationChange.Close(before.id(), at));
    return Optional.of(with(before, new RecordedPeriod(before.recorded().from(), at)));
  }

  /**
   * Now, or just after everything recorded of the person: the clock may have been set back, and
   * what is known later must not seem to have been known at the same time.
   */
  private Instant nextInstant(List<Qualification> ever) {
    return ever.stream()
        .map(each ->
            each.recorded().to() == null
                ? each.recorded().from().plus(1, ChronoUnit.MICROS)
                : each.recorded().to())
        .filter(receivedAt::isBefore)
        .max(Instant::compareTo)
        .orElse(receivedAt);
  }

  private static @Nullable Qualification known(List<Qualification> ever, Qualification stated) {
    return ever.stream()
        .filter(each -> each.recorded().open())
        .filter(each -> each.payer().equals(stated.payer()))
        .filter(each -> each.symbolAndNumber().matches(stated.symbolAndNumber()))
        .filter(each -> Objects.equals(each.branch(), stated.branch()))
        .filter(each -> each.valid().from().equals(stated.valid().from()))
        .findFirst()
        .orElse(null);
  }

  private static void mustNotOverlap(
      List<Qualification> ever, @Nullable Qualification before, Qualification stated)
      throws FieldRefused {
    for (Qualification each : ever) {
      if (each.recorded().open()
          && !each.equals(before)
          && each.kind() == stated.kind()
          && each.valid().overlaps(stated.valid())) {
        throw new FieldRefused(
            "validFrom", "Overlaps another qualification of the same kind of this person");
      }
    }
  }

  private static boolean sameContent(Qualification one, Qualification other) {
    return new Qualification(
            other.id(),
            one.kind(),
            one.payer(),
            one.payerName(),
            one.symbolAndNumber(),
            one.branch(),
            one.relationship(),
            one.insured(),
            one.contributionRatio(),
            one.issuedOn(),
            one.valid(),
            one.lossReason(),
            other.recorded())
        .equals(other);
  }

  private static Qualification with(Qualification qualification, RecordedPeriod recorded) {
    return new Qualification(
        qualification.id(),
        qualification.kind(),
        qualification.payer(),
        qualification.payerName(),
        qualification.symbolAndNumber(),
        qualification.branch(),
        qualification.relationship(),
        qualification.insured(),
        qualification.contributionRatio(),
        qualification.issuedOn(),
        qualification.valid(),
        qualification.lossReason(),
        recorded);
  }

  private Qualification read(QualificationLine line) throws FieldRefused {
    QualificationKind kind =
        Fields.required("kind", line.kind(), Fields.oneOf(QualificationKind.class));
    PayerNumber payer =
        Fields.<PayerNumber>required(
            "insurerNumber",
            line.insurerNumber(),
            kind == QualificationKind.MEDICAL_AID ? PublicPayerNumber::new : InsurerNumber::new);
    String payerName = Fields.required("insurerName", line.insurerName(), Fields.upTo(100));
    SymbolAndNumber symbolAndNumber = symbolAndNumber(line);
    BranchNumber branch = Fields.optional("branchNumber", line.branchNumber(), BranchNumber::new);
    Relationship relationship =
        Fields.required("relationship", line.relationship(), Fields.oneOf(Relationship.class));
    Insured insured = insured(line);
    LocalDate issuedOn = Fields.optional("issuedOn", line.issuedOn(), Fields::date);
    ValidPeriod valid = valid(line);
    ReasonOfLoss lossReason =
        Fields.optional(
            "lossReason", line.lossReason(), text -> Codes.of(ReasonOfLoss.class, text));
    if (lossReason != null && valid.to() == null) {
      throw new FieldRefused("lossReason", "A reason of loss goes with a last day");
    }
    return Fields.together(
        "contributionRatio",
        () ->
            new Qualification(
                ids.get(),
                kind,
                payer,
                payerName,
                symbolAndNumber,
                branch,
                relationship,
                insured,
                line.contributionRatio(),
                issuedOn,
                valid,
                lossReason,
                new RecordedPeriod(receivedAt, null)));
  }

  private static SymbolAndNumber symbolAndNumber(QualificationLine line) throws FieldRefused {
    String symbol = Fields.optional("symbol", line.symbol(), Fields.upTo(20));
    return Fields.required("number", line.number(), number -> new SymbolAndNumber(symbol, number));
  }

  private static Insured insured(QualificationLine line) throws FieldRefused {
    String kana = Fields.optional("nameKana", line.nameKana(), Fields.upTo(200));
    PersonName name =
        Fields.required("name", line.name(), registered -> new PersonName(registered, kana));
    LocalDate birthDate = Fields.required("birthDate", line.birthDate(), Fields::date);
    Sex sex = Fields.required("sex", line.sex(), Fields.oneOf(Sex.class));
    String address = Fields.optional("address", line.address(), Fields.upTo(200));
    String postCode = Fields.optional("postCode", line.postCode(), Fields.upTo(8));
    return Fields.together("postCode", () -> new Insured(name, birthDate, sex, postCode, address));
  }

  private static ValidPeriod valid(QualificationLine line) throws FieldRefused {
    LocalDate from = Fields.required("validFrom", line.validFrom(), Fields::date);
    LocalDate to = Fields.optional("validTo", line.validTo(), Fields::date);
    return Fields.together("validTo", () -> new ValidPeriod(from, to));
  }
}
