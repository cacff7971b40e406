package jp.kazashi.qualification.staff;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import jp.kazashi.qualification.audit.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in, bound to the client certificate it was made through; the token itself is not kept.
 *
 * @param token digest of the token
 * @param endedAt when it was signed out, else null
 */
public record StaffSession(
    Digest token,
    StaffId staff,
    Digest certificate,
    Instant openedAt,
    Instant expiresAt,
    @Nullable Instant endedAt) {
  public StaffSession {
    openedAt = openedAt.truncatedTo(ChronoUnit.MICROS);
    expiresAt = expiresAt.truncatedTo(ChronoUnit.MICROS);
    endedAt = endedAt == null ? null : endedAt.truncatedTo(ChronoUnit.MICROS);
    if (!expiresAt.isAfter(openedAt)) {
      throw new IllegalArgumentException("A session ends after it began");
    }
  }

  public boolean holds(Digest throughCertificate, Instant at) {
    return certificate.equals(throughCertificate)
        && endedAt == null
        && !at.isBefore(openedAt)
        && at.isBefore(expiresAt);
  }
}
