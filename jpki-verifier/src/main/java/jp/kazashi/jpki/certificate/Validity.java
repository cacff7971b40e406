package jp.kazashi.jpki.certificate;

import java.time.Instant;
import java.util.Optional;
import jp.kazashi.jpki.DerReader;
import jp.kazashi.jpki.EncodedTime;

/**
 * A validity period; both ends are valid seconds.
 *
 * @param asPrescribed whether both times have the one form RFC 5280 §4.1.2.5 prescribes for them
 */
record Validity(Instant notBefore, Instant notAfter, boolean asPrescribed) {
  /** The period, when both times can be read and are in order. */
  static Optional<Validity> read(DerReader period) {
    Optional<EncodedTime> notBefore = EncodedTime.read(period.next());
    Optional<EncodedTime> notAfter = EncodedTime.read(period.next());
    period.end();
    return notBefore
        .flatMap(from ->
            notAfter.map(to ->
                new Validity(
                    from.instant(), to.instant(), from.asPrescribed() && to.asPrescribed())))
        .filter(validity -> !validity.notAfter.isBefore(validity.notBefore));
  }

  boolean begunAt(Instant at) {
    return !at.isBefore(notBefore);
  }

  boolean endedAt(Instant at) {
    return !at.isBefore(notAfter.plusSeconds(1));
  }

  boolean holdsAt(Instant at) {
    return begunAt(at) && !endedAt(at);
  }
}
