package jp.kazashi.qualification.holder;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import jp.kazashi.qualification.person.PersonId;
import org.jspecify.annotations.Nullable;

/**
 * A holder's registration for use (利用登録), from one instant until it is ended, if it is.
 *
 * @param predecessor the certificate's link that this one replaced on renewal
 */
public record Registration(
    HolderLink link,
    PersonId person,
    Instant registeredAt,
    @Nullable Instant endedAt,
    @Nullable HolderLink predecessor) {
  public Registration {
    registeredAt = registeredAt.truncatedTo(ChronoUnit.MICROS);
    endedAt = endedAt == null ? null : endedAt.truncatedTo(ChronoUnit.MICROS);
    if (link.equals(predecessor)) {
      throw new IllegalArgumentException("A certificate does not replace itself");
    }
  }

  public boolean livesAt(Instant at) {
    return !at.isBefore(registeredAt) && (endedAt == null || at.isBefore(endedAt));
  }
}
