package jp.kazashi.gateway.adapter.revocation;

import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.certificate.ParsedCertificate;
import jp.kazashi.jpki.revocation.ListJudge;
import jp.kazashi.jpki.revocation.ListJudge.Standing.Unusable;
import jp.kazashi.jpki.revocation.ListJudge.Standing.Usable;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationList;

/**
 * The last good revocation list of each source. A list is judged before it comes in, and stays,
 * also when it is out of time, until a better one comes: what it lists is revoked for ever.
 */
public final class CrlShelf {
  private final ListJudge judge;
  private final Map<URI, Kept> kept = new ConcurrentHashMap<>();

  public CrlShelf(ListJudge judge) {
    this.judge = judge;
  }

  /**
   * A list as it is kept.
   *
   * @param authority SHA-256 of the key of the CA that signed it, as questions name it
   */
  record Kept(CrlSnapshot snapshot, ParsedCertificate by, Octets authority, Instant until) {
    Kept(CrlSnapshot snapshot, ParsedCertificate by, Instant until) {
      this(snapshot, by, by.keyHash(HashAlgorithm.SHA256), until);
    }

    boolean isUsable(Instant at) {
      return !snapshot.list().thisUpdate().isAfter(at) && !until.isBefore(at);
    }
  }

  /** What became of a list that was brought. */
  sealed interface Taking {
    record Taken(Kept now) implements Taking {}

    /**
     * Left where it came from.
     *
     * @param why a word for log and metric
     */
    record Refused(String why) implements Taking {}
  }

  /** Puts a list where its source's last one was, unless that one is better. */
  synchronized Taking offer(RevocationList list, URI source, Instant at) {
    return switch (judge.judge(list, at)) {
      case Unusable(var cause) -> new Taking.Refused(cause.name());
      case Usable(var by, var until) ->
          offer(new Kept(new CrlSnapshot(list, source, at), by, until), at);
    };
  }

  private Taking offer(Kept brought, Instant at) {
    URI source = brought.snapshot().source();
    Kept before = kept.get(source);
    if (before != null && before.isUsable(at)) {
      if (!before.by().equals(brought.by())) {
        return new Taking.Refused("OTHER_AUTHORITY");
      }
      if (!ListJudge.follows(brought.snapshot().list(), before.snapshot().list())) {
        return new Taking.Refused("OLDER");
      }
    }
    kept.put(source, brought);
    return new Taking.Taken(brought);
  }

  Optional<Kept> of(URI source) {
    return Optional.ofNullable(kept.get(source));
  }

  /** The lists of a certificate's issuer, the latest first. */
  List<CrlSnapshot> about(CertId certificate) {
    return kept.values().stream()
        .filter(each -> each.authority().equals(certificate.issuerKeyHash()))
        .map(Kept::snapshot)
        .sorted(
            Comparator.comparing((CrlSnapshot each) -> each.list().thisUpdate())
                .reversed()
                .thenComparing(CrlSnapshot::source))
        .toList();
  }

  /** When an authority's lists were last good for use: now, or when the last one ran out. */
  Optional<Instant> lastUsable(Octets authority, Instant at) {
    return kept.values().stream()
        .filter(each -> each.authority().equals(authority))
        .filter(each -> !each.snapshot().list().thisUpdate().isAfter(at))
        .map(each -> each.until().isBefore(at) ? each.until() : at)
        .max(Comparator.naturalOrder());
  }

  /** Until when one of an authority's lists can be used. */
  Optional<Instant> usableUntil(Octets authority, Instant at) {
    return kept.values().stream()
        .filter(each -> each.authority().equals(authority) && each.isUsable(at))
        .map(Kept::until)
        .max(Comparator.naturalOrder());
  }
}
