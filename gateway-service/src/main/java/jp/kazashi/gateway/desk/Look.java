package jp.kazashi.gateway.desk;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kazashi.qualification.audit.AuditEntry;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.Actor;
import jp.kazashi.qualification.institution.ReferenceNumber;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.staff.StaffId;
import jp.kazashi.qualification.store.ReadLooks;
import org.jspecify.annotations.Nullable;

/**
 * One time that somebody of an institution looked at what is known of a person. Whom it was is said
 * by what the institution has itself: its check, and its own numbers for them.
 *
 * @param category of records only
 * @param list whether it was one line of a list of many
 * @param shown whether there was anything to see; refused or in vain otherwise
 * @param records how many were shown
 * @param staff who was signed in; nobody where a system asked by itself
 */
public record Look(
    Instant at,
    What what,
    Optional<MedicalCategory> category,
    Ground ground,
    boolean list,
    boolean shown,
    Optional<Integer> records,
    Actor by,
    Optional<StaffId> staff,
    Optional<CheckId> check,
    List<ReferenceNumber> charts,
    AuditReceipt receipt) {
  public Look {
    charts = List.copyOf(charts);
  }

  /** What was looked at. */
  public enum What {
    /** Records, under a consent. */
    RECORDS(AuditKind.READ),
    /** An earlier check again, as on the list of arrivals. */
    CHECK(AuditKind.CHECK_READ),
    /** Coverage without a card. */
    LOOK_UP(AuditKind.LOOK_UP),
    /** Which consents live. */
    CONSENTS(AuditKind.GRANTS_SEARCH),
    /** The holder of a card, whom staff confirmed by sight. */
    SIGHT(AuditKind.VISUAL_PASS);

    private final AuditKind kind;

    What(AuditKind kind) {
      this.kind = kind;
    }

    AuditKind kind() {
      return kind;
    }

    static Optional<What> of(AuditKind kind) {
      return Stream.of(values()).filter(what -> what.kind == kind).findFirst();
    }
  }

  /** What let them look. */
  public enum Ground {
    /** The patient's consent. */
    CONSENT,
    /** A check of this institution. */
    CHECK,
    /** The patient stood there. */
    PRESENCE,
    /** Exact numbers, of which a receipt computer asks. */
    NUMBERS,
    OLD_CARD,
    CONFIRMATION,
    NOTICE,
    PORTAL_SCREEN,
    UNSTATED
  }

  private static final String SHOWN = "SHOWN";

  /** Empty for what is no look. */
  static Optional<Look> of(ReadLooks.Look read) {
    AuditEntry entry = read.entry().entry();
    AuditEvent event = entry.event();
    @Nullable Actor by = event.actor();
    return by == null
        ? Optional.empty()
        : What.of(event.kind())
            .map(what ->
                new Look(
                    event.at(),
                    what,
                    category(event),
                    ground(what, event),
                    detail(event, "job").isPresent(),
                    isShown(what, event),
                    detail(event, "records").map(Integer::valueOf),
                    by,
                    detail(event, AuditEvent.STAFF).map(StaffId::parse),
                    Optional.ofNullable(event.check()).or(read::spentOn),
                    read.charts(),
                    new AuditReceipt(entry.chain(), entry.number(), read.entry().hash())));
  }

  private static Optional<MedicalCategory> category(AuditEvent event) {
    return detail(event, "category").map(MedicalCategory::ofWord);
  }

  private static Ground ground(What what, AuditEvent event) {
    return switch (what) {
      case RECORDS -> Ground.CONSENT;
      case CHECK -> Ground.CHECK;
      case CONSENTS -> Ground.NUMBERS;
      case SIGHT -> Ground.PRESENCE;
      case LOOK_UP -> document(detail(event, "basis").orElse(""));
    };
  }

  /** A later version may know of more documents than this one. */
  private static Ground document(String word) {
    return Stream.of(Ground.values())
        .filter(ground -> ground.name().equals(word.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElse(Ground.UNSTATED);
  }

  private static boolean isShown(What what, AuditEvent event) {
    return switch (what) {
      case RECORDS, CHECK -> event.outcome().equals(SHOWN);
      case LOOK_UP ->
          event.person() != null && !detail(event, "accepted").equals(Optional.of("false"));
      case CONSENTS -> event.outcome().equals("FOUND");
      case SIGHT -> true;
    };
  }

  private static Optional<String> detail(AuditEvent event, String key) {
    return Optional.ofNullable(event.details().get(key));
  }
}
