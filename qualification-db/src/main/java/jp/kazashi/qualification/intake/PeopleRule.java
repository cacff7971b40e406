package jp.kazashi.qualification.intake;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import jp.kazashi.qualification.coverage.CoverageHistory;
import jp.kazashi.qualification.coverage.MedicalTicket;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.coverage.Qualification;
import jp.kazashi.qualification.coverage.RecordedPeriod;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.holder.Registration;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.person.PersonCode;
import jp.kazashi.qualification.person.PersonId;
import org.jspecify.annotations.Nullable;

/**
 * Judges lines of a feed of qualifications against what is known. A qualification with the payer,
 * symbol, number, branch and first day of a known one states it anew; any other is another
 * qualification and must not overlap a known one of its kind. One holder is one person, whose
 * registration may begin again. A ticket with a known one's key states it anew.
 */
public final class PeopleRule {
  private static final String OUT_OF_ORDER = "Was stated before what is already known";

  private final Map<PersonCode, PersonCoverage> people;
  private final Map<HolderLink, Registration> registrations;
  private final Map<PersonId, List<MedicalTicket>> tickets;
  private final Sender sender;
  private final Instant receivedAt;
  private final Supplier<UUID> ids;
  private final LinkHolders links;
  private final List<PeopleChange> changes = new ArrayList<>();

  private PeopleRule(
      KnownPeople known, Sender sender, Instant receivedAt, Supplier<UUID> ids, LinkHolders links) {
    this.people = new HashMap<>(known.byCode());
    this.registrations = new HashMap<>(known.registrations());
    this.tickets = new HashMap<>(known.tickets());
    this.sender = sender;
    this.receivedAt = receivedAt;
    this.ids = ids;
    this.links = links;
  }

  public static List<PeopleChange> judge(
      List<FeedLine> lines,
      IntakeTally tally,
      KnownPeople known,
      Sender sender,
      Instant receivedAt,
      Supplier<UUID> ids,
      LinkHolders links) {
    PeopleRule rule = new PeopleRule(known, sender, receivedAt, ids, links);
    lines.forEach(line -> tally.count(line, () -> rule.take(line)));
    return List.copyOf(rule.changes);
  }

  /** The holders that these lines may register; what cannot be read names none. */
  public static Set<HolderLink> holders(List<FeedLine> lines, LinkHolders links) {
    Set<HolderLink> holders = new LinkedHashSet<>();
    for (FeedLine line : lines) {
      if (line.type() == LineType.REGISTRATION) {
        try {
          holders.add(holder(line, "issuer", "serial", links));
        } catch (FieldRefused unreadable) {
          // The line will be rejected, and registers nobody.
        }
      }
    }
    return holders;
  }

  private void take(FeedLine line) throws FieldRefused {
    switch (line.type()) {
      case QUALIFICATION -> qualification(line);
      case REGISTRATION -> registration(line);
      case TICKET -> ticket(line);
      case MEDICATION, CARE, SURGERY, WITHDRAWAL, CHECKUP ->
          throw new FieldRefused("type", "is not of this intake");
    }
  }

  private void qualification(FeedLine line) throws FieldRefused {
    PersonCode code = Fields.required(line, "personCode", PersonCode::new);
    Qualification stated = QualificationLines.read(line, ids, receivedAt);
    if (!sender.speaksFor(stated.payer())) {
      throw new FieldRefused("insurerNumber", "The sender does not speak for this insurer");
    }
    PersonCoverage coverage = people.get(code);
    List<Qualification> ever = coverage == null ? List.of() : coverage.history().qualifications();
    Qualification before = known(ever, stated);
    if (before != null) {
      if (before.saysTheSameAs(stated)) {
        return;
      }
      mustNotComeLate(stated.particulars().statedAt(), before.particulars().statedAt());
    }
    mustNotOverlap(ever, before, stated);
    Person person = coverage == null ? newPerson(code) : coverage.person();
    Instant at = nextInstant(ever.stream().map(Qualification::recorded).toList());
    List<Qualification> after = new ArrayList<>(ever);
    if (before != null) {
      after.remove(before);
      close(before, at).ifPresent(after::add);
    }
    Qualification added = stated.recorded(new RecordedPeriod(at, null));
    after.add(added);
    changes.add(new PeopleChange.Add(person.id(), added));
    people.put(code, new PersonCoverage(person, new CoverageHistory(after)));
  }

  private Person newPerson(PersonCode code) {
    Person person = new Person(new PersonId(ids.get()), code, false, false);
    changes.add(new PeopleChange.NewPerson(person));
    return person;
  }

  /** What this same delivery added is replaced as if it had never been sent. */
  private Optional<Qualification> close(Qualification before, Instant at) {
    boolean withdrawn =
        changes.removeIf(
            change -> change instanceof PeopleChange.Add add && add.qualification().equals(before));
    if (withdrawn) {
      return Optional.empty();
    }
    changes.add(new PeopleChange.Close(before.id(), at));
    return Optional.of(before.recorded(new RecordedPeriod(before.recorded().from(), at)));
  }

  /**
   * Now, or just after everything recorded of the person: the clock may have been set back, and
   * what is known later must not seem to have been known at the same time.
   */
  private Instant nextInstant(List<RecordedPeriod> ever) {
    return ever.stream()
        .map(each -> each.to() == null ? each.from().plus(1, ChronoUnit.MICROS) : each.to())
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

  private static void mustNotComeLate(@Nullable Instant stated, @Nullable Instant before)
      throws FieldRefused {
    if (stated != null && before != null && stated.isBefore(before)) {
      throw new FieldRefused("statedAt", OUT_OF_ORDER);
    }
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

  private void registration(FeedLine line) throws FieldRefused {
    PersonCoverage member = member(line);
    HolderLink link = holder(line, "issuer", "serial", links);
    Instant at = Fields.required(line, "registeredAt", Fields::instant);
    HolderLink predecessor =
        line.text("predecessorIssuer") == null && line.text("predecessorSerial") == null
            ? null
            : holder(line, "predecessorIssuer", "predecessorSerial", links);
    Registration stated =
        Fields.together(
            "predecessorSerial",
            () -> new Registration(link, member.person().id(), at, null, predecessor));
    Registration before = registrations.get(link);
    if (before == null) {
      changes.add(new PeopleChange.Register(stated));
      registrations.put(link, stated);
      return;
    }
    if (!before.person().equals(stated.person())) {
      throw new FieldRefused("personCode", "This holder is registered for another person");
    }
    if (before.endedAt() != null && at.isAfter(before.endedAt())) {
      changes.add(new PeopleChange.RegisterAgain(stated));
      registrations.put(link, stated);
    }
  }

  private static HolderLink holder(
      FeedLine line, String issuerField, String serialField, LinkHolders links)
      throws FieldRefused {
    byte[] issuer = Fields.required(line, issuerField, PeopleRule::base64);
    return Fields.required(line, serialField, serial -> links.link(issuer, serial));
  }

  private static byte[] base64(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (bytes.length == 0 || bytes.length > 1000) {
      throw new IllegalArgumentException("An issuer has 1 to 1000 bytes");
    }
    return bytes;
  }

  private void ticket(FeedLine line) throws FieldRefused {
    PersonCoverage member = member(line);
    MedicalTicket stated = TicketLines.read(line, ids, receivedAt);
    boolean qualified =
        member.history().known().stream()
            .anyMatch(each ->
                each.payer().equals(stated.payer())
                    && each.symbolAndNumber().number().equals(stated.recipient()));
    if (!qualified || !sender.speaksFor(stated.payer())) {
      throw new FieldRefused("number", "This person has no such medical aid");
    }
    PersonId person = member.person().id();
    List<MedicalTicket> ever = new ArrayList<>(tickets.getOrDefault(person, List.of()));
    MedicalTicket before =
        ever.stream()
            .filter(each -> each.recorded().open() && each.sameKey(stated))
            .findFirst()
            .orElse(null);
    Instant at = nextInstant(ever.stream().map(MedicalTicket::recorded).toList());
    if (before != null) {
      if (before.saysTheSameAs(stated)) {
        return;
      }
      mustNotComeLate(stated.statedAt(), before.statedAt());
      ever.remove(before);
      boolean withdrawn =
          changes.removeIf(change ->
              change instanceof PeopleChange.AddTicket add && add.ticket().equals(before));
      if (!withdrawn) {
        changes.add(new PeopleChange.CloseTicket(before.id(), at));
      }
    }
    MedicalTicket added = stated.recorded(new RecordedPeriod(at, null));
    ever.add(added);
    tickets.put(person, ever);
    changes.add(new PeopleChange.AddTicket(person, added));
  }

  /** The person named, who must be known and a member of the sender's. */
  private PersonCoverage member(FeedLine line) throws FieldRefused {
    PersonCode code = Fields.required(line, "personCode", PersonCode::new);
    PersonCoverage coverage = people.get(code);
    boolean member =
        coverage != null
            && coverage.history().known().stream().anyMatch(each -> sender.speaksFor(each.payer()));
    if (coverage == null || !member) {
      // The same words for both: a feed is no way to ask who is insured elsewhere.
      throw new FieldRefused("personCode", "No member of the sender has this person code");
    }
    return coverage;
  }
}
