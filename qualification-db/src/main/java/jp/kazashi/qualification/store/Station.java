package jp.kazashi.qualification.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.check.ChallengeKey;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.check.CheckRecord;
import jp.kazashi.qualification.check.ConfirmedBy;
import jp.kazashi.qualification.consent.ConsentDecision;
import jp.kazashi.qualification.consent.ConsentGrant;
import jp.kazashi.qualification.coverage.CoverageAnswer;
import jp.kazashi.qualification.institution.Actor;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.person.PersonId;
import org.jspecify.annotations.Nullable;

/**
 * What one station of a visit leaves behind. Each says by itself what its audit entry says, so that
 * nothing is committed without one.
 */
public sealed interface Station {
  AuditEvent audited();

  /** Told to the institution's subscribers in the same commit. */
  Optional<StationEvent> told();

  /**
   * A check, answered or refused.
   *
   * @param challenge the replay key; empty only when no challenge could be opened, or when this
   *     refuses the replay itself
   * @param pass the visual pass that is spent by it; only of a holder confirmed by staff
   * @param particulars more words for the audit: the generation of the card, the source of the
   *     revocation answer; never a name or number
   * @param kept under which key the answer is kept in the same commit; while another answer is kept
   *     under it, nothing is written
   * @param linking the holder's link that is made by it; while the holder is linked to somebody
   *     else, nothing is written
   */
  record CheckStation(
      CheckRecord check,
      Optional<ChallengeKey> challenge,
      Optional<UUID> pass,
      Actor actor,
      Map<String, String> particulars,
      List<Evidence> evidence,
      Optional<StationEvent> told,
      Optional<KeptUnder> kept,
      Optional<Linking> linking)
      implements Station {
    public CheckStation {
      particulars = Map.copyOf(particulars);
      evidence = List.copyOf(evidence);
      if ((check.answered() || kept.isPresent()) && challenge.isEmpty()) {
        throw new IllegalArgumentException("An answered or kept check has spent a challenge");
      }
      boolean passSpentBefore = linking.flatMap(Linking::follows).isPresent();
      if (check.answered()
          && !passSpentBefore
          && pass.isPresent() != (check.method() == ConfirmedBy.STAFF)) {
        throw new IllegalArgumentException("Staff confirm a holder with a pass, nobody else does");
      }
    }

    /** Of a holder whom no member of staff confirmed, kept under no key. */
    public CheckStation(
        CheckRecord check,
        Optional<ChallengeKey> challenge,
        Actor actor,
        Map<String, String> particulars,
        List<Evidence> evidence,
        Optional<StationEvent> told) {
      this(
          check,
          challenge,
          Optional.empty(),
          actor,
          particulars,
          evidence,
          told,
          Optional.empty(),
          Optional.empty());
    }

    @Override
    public AuditEvent audited() {
      Map<String, String> details = new TreeMap<>(particulars);
      details.put("institution", check.institution().digits());
      details.put("terminal", check.terminal());
      details.put("method", check.method().name());
      details.put("offered", words(check.offered()));
      details.put("snapshot", check.snapshot().digest().hex());
      if (check.phase() != null) {
        details.put("phase", check.phase());
      }
      challenge.ifPresent(key -> details.put("challenge", key.id().toString()));
      pass.ifPresent(id -> details.put("pass", id.toString()));
      evidence.forEach(each -> details.put("evidence." + each.kind(), each.digest().hex()));
      linking.ifPresent(made -> {
        details.put("linked", made.follows().isPresent() ? "AT_THE_COUNTER" : "BY_RENEWAL");
        made.follows().ifPresent(first -> details.put("follows", first.toString()));
      });
      return AuditEvent.of(
          check.at(),
          AuditKind.CHECK,
          actor,
          check.id(),
          check.person(),
          check.reason() == null ? "ANSWERED" : check.reason(),
          details);
    }
  }

  /** A decision on consent, once per check. */
  record ConsentStation(ConsentDecision decision, Actor actor, Optional<StationEvent> told)
      implements Station {
    @Override
    public AuditEvent audited() {
      return AuditEvent.of(
          decision.decidedAt(),
          AuditKind.CONSENT,
          actor,
          decision.check(),
          decision.person(),
          decision.granted().isEmpty() ? "NOTHING_GRANTED" : "GRANTED",
          Map.of(
              "institution", decision.institution().digits(),
              "granted", words(decision.granted()),
              "expiresAt", decision.expiresAt().toString()));
    }
  }

  /** A medical read under a grant, with a digest of exactly what was shown. */
  record ReadStation(
      ConsentGrant grant,
      Instant at,
      Actor actor,
      YearMonth from,
      YearMonth to,
      int records,
      Digest shown)
      implements Station {
    @Override
    public AuditEvent audited() {
      return AuditEvent.of(
          at,
          AuditKind.READ,
          actor,
          grant.check(),
          grant.person(),
          "SHOWN",
          Map.of(
              "institution", grant.institution().digits(),
              "category", grant.category().word(),
              "from", from.toString(),
              "to", to.toString(),
              "records", Integer.toString(records),
              "shown", shown.hex()));
    }

    @Override
    public Optional<StationEvent> told() {
      return Optional.empty();
    }
  }

  /** A read that was refused for want of a live grant. */
  record RefusedReadStation(
      CheckId check,
      @Nullable PersonId person,
      MedicalCategory category,
      Instant at,
      Actor actor,
      String reason)
      implements Station {
    @Override
    public AuditEvent audited() {
      return AuditEvent.of(
          at, AuditKind.READ, actor, check, person, reason, Map.of("category", category.word()));
    }

    @Override
    public Optional<StationEvent> told() {
      return Optional.empty();
    }
  }

  /**
   * A look-up without a card.
   *
   * @param asked digest of the identifiers asked for, which are not themselves written
   * @param person whom it found, if one
   * @param particulars more words for the audit: what the asker went by; never a name or number
   */
  record LookUpStation(
      CoverageAnswer answer,
      @Nullable PersonId person,
      LocalDate on,
      Digest asked,
      Instant at,
      Actor actor,
      Map<String, String> particulars)
      implements Station {
    public LookUpStation {
      particulars = Map.copyOf(particulars);
    }

    public LookUpStation(
        CoverageAnswer answer,
        @Nullable PersonId person,
        LocalDate on,
        Digest asked,
        Instant at,
        Actor actor) {
      this(answer, person, on, asked, at, actor, Map.of());
    }

    @Override
    public AuditEvent audited() {
      Map<String, String> details = new TreeMap<>(particulars);
      details.put("on", on.toString());
      details.put("asked", asked.hex());
      return AuditEvent.of(
          at, AuditKind.LOOK_UP, actor, null, person, answer.validity().name(), details);
    }

    @Override
    public Optional<StationEvent> told() {
      return Optional.empty();
    }
  }

  /** What a feed brought in. */
  record IntakeStation(IntakeReport report, Instant at, Actor actor) implements Station {
    @Override
    public AuditEvent audited() {
      return AuditEvent.of(
          at,
          AuditKind.INTAKE,
          actor,
          null,
          null,
          report.wholeRefused()
              ? "REFUSED_WHOLE"
              : report.rejectedLines() == 0 ? "TAKEN_IN" : "TAKEN_IN_IN_PART",
          Map.of(
              "batch", report.batch().value(),
              "accepted", Integer.toString(report.accepted()),
              "duplicates", Integer.toString(report.duplicates()),
              "rejected", Integer.toString(report.rejectedLines())));
    }

    @Override
    public Optional<StationEvent> told() {
      return Optional.empty();
    }
  }

  /**
   * What is done at a desk or by a receipt computer beside checks: changes of the record, and the
   * entry that says who made them. When a deed that must change something changes nothing, nothing
   * of the station is written.
   *
   * @param deeds the one that may be overtaken first
   */
  record DeskStation(AuditEvent audited, List<Deed> deeds, Optional<StationEvent> told)
      implements Station {
    public DeskStation {
      deeds = List.copyOf(deeds);
      if (deeds.stream().skip(1).anyMatch(Deed::mustChange)) {
        throw new IllegalArgumentException("Only the first deed decides whether a station is");
      }
    }

    /** An entry alone: something was asked, refused or begun, and nothing changed. */
    public DeskStation(AuditEvent audited) {
      this(audited, List.of(), Optional.empty());
    }
  }

  /**
   * A record of a terminal whose line was down, judged afterwards: it is written once under its
   * number, together with the check that it became.
   *
   * @param check empty when it became none: it could not be read, or was a check before
   * @param particulars more words for the audit
   */
  record ReconciledStation(
      Reconciliation reconciliation,
      Optional<CheckStation> check,
      Actor actor,
      Map<String, String> particulars,
      Optional<StationEvent> told)
      implements Station {
    public ReconciledStation {
      particulars = Map.copyOf(particulars);
      check.ifPresent(made -> {
        if (!made.check().offered().isEmpty()) {
          throw new IllegalArgumentException("Nobody is there to be asked for consent");
        }
        if (!made.check().id().equals(reconciliation.check()) || made.challenge().isEmpty()) {
          throw new IllegalArgumentException("A record is the check that it names, once");
        }
      });
    }

    @Override
    public AuditEvent audited() {
      Map<String, String> details = new TreeMap<>(particulars);
      details.put("line", "DEGRADED");
      details.put("chain", reconciliation.chain());
      details.put("number", Long.toString(reconciliation.number()));
      details.put("record", reconciliation.digest().hex());
      if (check.isEmpty()) {
        return AuditEvent.of(
            reconciliation.at(),
            AuditKind.RECONCILIATION,
            actor,
            null,
            null,
            reconciliation.outcome(),
            details);
      }
      AuditEvent checked = check.orElseThrow().audited();
      details.putAll(checked.details());
      return AuditEvent.of(
          checked.at(),
          checked.kind(),
          actor,
          checked.check(),
          checked.person(),
          checked.outcome(),
          details);
    }
  }

  private static String words(Set<MedicalCategory> categories) {
    return categories.stream().sorted().map(MedicalCategory::word).collect(Collectors.joining(","));
  }
}
