package jp.kazashi.qualification.holder;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a renewed certificate is registered by itself: when its predecessor's registration had
 * not ended by dates before the renewal. After the grace the holder is asked again (A6).
 */
public final class RenewalRule {
  private RenewalRule() {}

  /**
   * The registration of the renewed certificate, if none has to be asked for.
   *
   * @param graceEnds the last instant of the predecessor's grace
   * @param renewedAt when the new certificate began
   */
  public static Optional<Registration> carriedOver(
      Registration predecessor, Instant graceEnds, HolderLink renewed, Instant renewedAt) {
    return predecessor.livesAt(renewedAt) && !renewedAt.isAfter(graceEnds)
        ? Optional.of(
            new Registration(renewed, predecessor.person(), renewedAt, null, predecessor.link()))
        : Optional.empty();
  }
}
