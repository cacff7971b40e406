package jp.kazashi.gateway.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationJudge.Finding;
import jp.kazashi.jpki.revocation.RevocationStatus.Unavailable;
import jp.kazashi.jpki.revocation.UnavailableCause;

/**
 * What is done about a card that holds in everything except that nobody can say now whether it was
 * revoked. The only place where that is ever softened (design rule 4).
 */
public sealed interface OutagePolicy {
  /** Nothing is answered. */
  record Refuse() implements OutagePolicy {}

  /**
   * Eligibility alone is answered, and marked so.
   *
   * @param longest how long after evidence was last to be had
   */
  record EligibilityOnly(Duration longest) implements OutagePolicy {
    public EligibilityOnly {
      if (!longest.isPositive()) {
        throw new IllegalArgumentException("An outage that is borne for no time is refused");
      }
    }
  }

  /** Silence, and lists that ran out in it; never an answer that lies or speaks of another card. */
  Set<UnavailableCause> SILENCE =
      Set.of(
          UnavailableCause.NO_EVIDENCE,
          UnavailableCause.UNANSWERED,
          UnavailableCause.NOT_SUCCESSFUL);

  /**
   * Whether such a card is answered all the same.
   *
   * @param evidence all that was gathered
   * @param findings what each piece of it proves
   * @param lastHad when evidence about this issuer's cards was last to be had
   */
  default Optional<Softening> soften(
      List<RevocationEvidence> evidence,
      List<Finding> findings,
      Optional<Instant> lastHad,
      Instant at) {
    return switch (this) {
      case Refuse() -> Optional.empty();
      case EligibilityOnly(Duration longest) ->
          lastHad
              .filter(last -> isWithin(longest, last, at))
              .filter(last -> isSilence(evidence, findings))
              .map(Softening::new);
    };
  }

  /** Whether a card would be answered now if nothing came of asking. */
  default boolean bears(Optional<Instant> lastHad, Instant at) {
    return soften(List.of(), List.of(), lastHad, at).isPresent();
  }

  private static boolean isWithin(Duration longest, Instant last, Instant at) {
    return !last.isAfter(at) && !at.isAfter(last.plus(longest));
  }

  private static boolean isSilence(List<RevocationEvidence> evidence, List<Finding> findings) {
    return findings.stream()
        .allMatch(finding ->
            finding.status() instanceof Unavailable(var cause)
                && (SILENCE.contains(cause)
                    || (cause == UnavailableCause.STALE && isOfList(finding, evidence))));
  }

  private static boolean isOfList(Finding finding, List<RevocationEvidence> evidence) {
    return evidence.stream()
        .anyMatch(piece -> piece instanceof CrlSnapshot && piece.source().equals(finding.source()));
  }
}
