package jp.kazashi.gateway.check;

import java.time.Instant;
import java.util.Optional;
import jp.kazashi.jpki.holder.ExpiryPolicy;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.holder.Registration;
import jp.kazashi.qualification.holder.RenewalRule;
import jp.kazashi.qualification.store.HolderCoverage;

/**
 * A certificate that was renewed before the grace of its predecessor had ended is linked by itself
 * (design §10). When the one in between is not known here, whether it came in time cannot be told:
 * then registration is asked for.
 */
final class Succession {
  private Succession() {}

  /** The registration that is carried over, and what it ties the holder to. */
  record Carried(Registration registration, HolderCoverage.Linked person) {}

  /**
   * @param expiry how the grace of cards is counted
   */
  static Optional<Carried> of(HolderLink own, Kin.Listed kin, ExpiryPolicy expiry) {
    return kin.before().stream()
        .findFirst()
        .flatMap(before -> carriedOver(own, kin, before, expiry));
  }

  private static Optional<Carried> carriedOver(
      HolderLink own, Kin.Listed kin, Kin.Before before, ExpiryPolicy expiry) {
    if (!(before.coverage() instanceof HolderCoverage.Linked linked)
        || before.ends().isEmpty()
        || !linked.person().code().equals(kin.code())) {
      return Optional.empty();
    }
    // The rule takes the last instant of the grace, the policy tells the first after it.
    Instant graceEnds = expiry.endOfGrace(before.ends().get()).minusNanos(1);
    Registration predecessor =
        new Registration(before.link(), linked.person().id(), linked.registeredAt(), null, null);
    return RenewalRule.carriedOver(predecessor, graceEnds, own, kin.began())
        .map(registration -> new Carried(registration, linked));
  }
}
