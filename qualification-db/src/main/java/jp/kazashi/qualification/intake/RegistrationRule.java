package jp.kazashi.qualification.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.holder.Registration;

/** Judges lines of registrations: one holder is one person, whose registration may begin again. */
public final class RegistrationRule {
  private RegistrationRule() {}

  public static Intake<RegistrationChange> judge(
      List<RegistrationLine> lines,
      Map<String, Digest> takenBefore,
      KnownPeople known,
      Map<HolderLink, Registration> registered,
      Sender sender) {
    Map<HolderLink, Registration> now = new HashMap<>(registered);
    List<RegistrationChange> changes = new ArrayList<>();
    IntakeTally tally = new IntakeTally(takenBefore);
    lines.forEach(line -> tally.count(line, () -> take(line, known, now, sender, changes)));
    return Intake.of(changes, tally);
  }

  private static void take(
      RegistrationLine line,
      KnownPeople known,
      Map<HolderLink, Registration> now,
      Sender sender,
      List<RegistrationChange> changes)
      throws FieldRefused {
    PersonCoverage member = known.member(line.personCode(), sender);
    HolderLink link = Fields.required("serial", line.holderLink(), HolderLink::new);
    Instant at = Fields.required("registeredAt", line.registeredAt(), Fields::instant);
    Registration stated = new Registration(link, member.person().id(), at, null, null);
    Registration before = now.get(link);
    if (before == null) {
      changes.add(new RegistrationChange.Begin(stated));
      now.put(link, stated);
      return;
    }
    if (!before.person().equals(stated.person())) {
      throw new FieldRefused("personCode", "This holder is registered for another person");
    }
    if (before.endedAt() != null && at.isAfter(before.endedAt())) {
      changes.add(new RegistrationChange.BeginAgain(stated));
      now.put(link, stated);
    }
  }
}
