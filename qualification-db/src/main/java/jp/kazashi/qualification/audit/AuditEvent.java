package jp.kazashi.qualification.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.Actor;
import jp.kazashi.qualification.person.PersonId;
import org.jspecify.annotations.Nullable;

/**
 * What happened, before it has a place in a chain.
 *
 * @param actor null for what the node does by itself
 * @param details words, counts and digests; never a name, a number or a record
 */
public record AuditEvent(
    Instant at,
    AuditKind kind,
    @Nullable Actor actor,
    @Nullable CheckId check,
    @Nullable PersonId person,
    String outcome,
    SortedMap<String, String> details) {
  /** The detail that names who was signed in. */
  public static final String STAFF = "staff";

  public AuditEvent {
    // The database keeps microseconds; what was hashed must come back as it was.
    at = at.truncatedTo(ChronoUnit.MICROS);
    SortedMap<String, String> said = new TreeMap<>(details);
    if (actor != null && actor.staff() != null) {
      said.put(STAFF, actor.staff().toString());
    }
    details = Collections.unmodifiableSortedMap(said);
  }

  public static AuditEvent of(
      Instant at,
      AuditKind kind,
      @Nullable Actor actor,
      @Nullable CheckId check,
      @Nullable PersonId person,
      String outcome,
      Map<String, String> details) {
    return new AuditEvent(at, kind, actor, check, person, outcome, new TreeMap<>(details));
  }
}
