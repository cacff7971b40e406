package jp.kazashi.qualification.consent;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.medical.MedicalCategory;

/** The decisions of one person at one institution, as far as they can matter to one check. */
public record ConsentLedger(List<ConsentDecision> decisions) {
  public ConsentLedger {
    decisions = List.copyOf(decisions);
    boolean sameCounter =
        decisions.stream()
                .map(decision -> List.of(decision.person(), decision.institution()))
                .distinct()
                .count()
            <= 1;
    if (!sameCounter) {
      throw new IllegalArgumentException("A ledger is of one person at one institution");
    }
  }

  /** The grant of this check for this category, if it lives at that instant. */
  public Optional<ConsentGrant> live(CheckId check, MedicalCategory category, Instant at) {
    return decided(check)
        .filter(decision -> decision.granted().contains(category))
        .filter(decision -> lives(decision, at))
        .map(decision -> new ConsentGrant(decision, category));
  }

  /** Everything this check may show at that instant. */
  public Set<MedicalCategory> liveCategories(CheckId check, Instant at) {
    Set<MedicalCategory> live = EnumSet.noneOf(MedicalCategory.class);
    for (MedicalCategory category : MedicalCategory.values()) {
      if (live(check, category, at).isPresent()) {
        live.add(category);
      }
    }
    return live;
  }

  /** What was decided in this check's visit, alive or not. */
  public Optional<ConsentDecision> decided(CheckId check) {
    return decisions.stream().filter(decision -> decision.check().equals(check)).findFirst();
  }

  private boolean lives(ConsentDecision decision, Instant at) {
    return !at.isBefore(decision.decidedAt())
        && at.isBefore(decision.expiresAt())
        && decisions.stream().noneMatch(later -> replaces(later, decision, at));
  }

  /** A later visit at the same institution replaces earlier grants, also with nothing. */
  private static boolean replaces(ConsentDecision later, ConsentDecision decision, Instant at) {
    return later.decidedAt().isAfter(decision.decidedAt()) && !later.decidedAt().isAfter(at);
  }
}
