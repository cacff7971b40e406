package jp.kazashi.jpki.revocation;

import static jp.kazashi.jpki.revocation.UnavailableCause.CRITICAL_EXTENSION_UNKNOWN;
import static jp.kazashi.jpki.revocation.UnavailableCause.DELTA_WITHOUT_BASE;
import static jp.kazashi.jpki.revocation.UnavailableCause.FROM_THE_FUTURE;
import static jp.kazashi.jpki.revocation.UnavailableCause.INDIRECT_LIST;
import static jp.kazashi.jpki.revocation.UnavailableCause.SIGNATURE_INVALID;
import static jp.kazashi.jpki.revocation.UnavailableCause.STALE;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.jpki.certificate.ParsedCertificate;
import jp.kazashi.jpki.certificate.SignatureTable;
import jp.kazashi.jpki.certificate.TrustAnchors;

/**
 * Judges a complete list by itself, before anybody asks it about a certificate: whether it is worth
 * keeping, and which of two is.
 */
public final class ListJudge {
  private final ListRules rules;
  private final TrustAnchors anchors;

  public ListJudge(ListRules rules, TrustAnchors anchors) {
    this.rules = rules;
    this.anchors = anchors;
  }

  /** What a list is worth at an instant. */
  public sealed interface Standing {
    /**
     * Somebody's list, and in time.
     *
     * @param by the anchor that signed it
     * @param until from when on it is stale
     */
    record Usable(ParsedCertificate by, Instant until) implements Standing {}

    record Unusable(UnavailableCause cause) implements Standing {}
  }

  public Standing judge(RevocationList list, Instant at) {
    ListExtensions extensions = list.extensions();
    if (extensions.unreadCritical()) {
      return new Standing.Unusable(CRITICAL_EXTENSION_UNKNOWN);
    }
    if (extensions.isDelta()) {
      return new Standing.Unusable(DELTA_WITHOUT_BASE);
    }
    if (extensions.isIndirect() && !rules.indirect()) {
      return new Standing.Unusable(INDIRECT_LIST);
    }
    if (rules.freshness().isFuture(list.thisUpdate(), at)) {
      return new Standing.Unusable(FROM_THE_FUTURE);
    }
    Instant until = until(list);
    if (until.isBefore(at)) {
      return new Standing.Unusable(STALE);
    }
    return signer(list)
        .<Standing>map(by -> new Standing.Usable(by, until))
        .orElseGet(() -> new Standing.Unusable(SIGNATURE_INVALID));
  }

  /**
   * Whether a usable list follows on another: made later, and numbered no lower (RFC 5280 §5.2.3).
   */
  public static boolean follows(RevocationList later, RevocationList earlier) {
    Optional<BigInteger> number = earlier.extensions().number();
    boolean numbered =
        number
            .map(before ->
                later.extensions().number().map(now -> now.compareTo(before) >= 0).orElse(false))
            .orElse(true);
    return numbered && !later.thisUpdate().isBefore(earlier.thisUpdate());
  }

  /** The last instant at which its age and its nextUpdate are good. */
  private Instant until(RevocationList list) {
    Freshness freshness = rules.freshness();
    Instant aged = list.thisUpdate().plus(freshness.age()).plus(freshness.skew());
    Instant over =
        list.nextUpdate()
            .map(next -> next.plus(freshness.skew()))
            .orElse(rules.withoutNextUpdate() ? Instant.MAX : Instant.MIN);
    return over.isBefore(aged) ? over : aged;
  }

  private Optional<ParsedCertificate> signer(RevocationList list) {
    return anchors.certificates().stream()
        .filter(ParsedCertificate::maySignCrls)
        .filter(anchor -> anchor.subject().matches(list.issuer()))
        .filter(anchor ->
            anchor
                .key(SignatureTable.EVERY_SCHEME)
                .map(key -> list.isSignedBy(key, SignatureTable.EVERY_SCHEME))
                .orElse(false))
        .findFirst();
  }
}
