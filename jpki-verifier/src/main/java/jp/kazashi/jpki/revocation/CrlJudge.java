package jp.kazashi.jpki.revocation;

import static jp.kazashi.jpki.revocation.UnavailableCause.CRITICAL_EXTENSION_UNKNOWN;
import static jp.kazashi.jpki.revocation.UnavailableCause.DELTA_WITHOUT_BASE;
import static jp.kazashi.jpki.revocation.UnavailableCause.EXPIRED_NOT_COVERED;
import static jp.kazashi.jpki.revocation.UnavailableCause.FROM_THE_FUTURE;
import static jp.kazashi.jpki.revocation.UnavailableCause.INDIRECT_LIST;
import static jp.kazashi.jpki.revocation.UnavailableCause.NO_EVIDENCE;
import static jp.kazashi.jpki.revocation.UnavailableCause.OTHER_CERTIFICATE;
import static jp.kazashi.jpki.revocation.UnavailableCause.OUT_OF_SCOPE;
import static jp.kazashi.jpki.revocation.UnavailableCause.REASONS_NOT_COVERED;
import static jp.kazashi.jpki.revocation.UnavailableCause.SIGNATURE_INVALID;
import static jp.kazashi.jpki.revocation.UnavailableCause.STALE;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.certificate.PublicationPoint;
import jp.kazashi.jpki.certificate.SignatureTable;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.revocation.ListedSerials.Entry;
import jp.kazashi.jpki.revocation.RevocationStatus.Good;
import jp.kazashi.jpki.revocation.RevocationStatus.Revoked;
import jp.kazashi.jpki.revocation.RevocationStatus.Unavailable;

/** Judges what revocation lists say of one certificate (RFC 5280 §6.3.3). */
public final class CrlJudge {
  private final ListRules rules;
  private final ListSigners signers;

  public CrlJudge(ListRules rules, TrustAnchors anchors, SignatureTable table) {
    this.rules = rules;
    this.signers = new ListSigners(anchors, table, this::isGood);
  }

  public RevocationStatus judge(List<RevocationList> lists, Link link, Instant at) {
    return new Walk(lists, link, at, Set.of()).status();
  }

  private boolean isGood(List<RevocationList> lists, Link link, Instant at, Set<Link> asking) {
    return new Walk(lists, link, at, asking).status() instanceof Good;
  }

  /** The lists about one certificate, place by place. */
  private final class Walk {
    private final List<RevocationList> lists;
    private final Link link;
    private final Instant at;
    private final Set<Link> asking;
    private int covered;
    private UnavailableCause cause = NO_EVIDENCE;

    Walk(List<RevocationList> lists, Link link, Instant at, Set<Link> asking) {
      this.lists = lists;
      this.link = link;
      this.at = at;
      this.asking = asking;
    }

    RevocationStatus status() {
      for (ListScope scope : ListScope.of(link)) {
        for (RevocationList list : lists) {
          Optional<RevocationStatus> revoked = revoked(scope, list);
          if (revoked.isPresent()) {
            return revoked.get();
          }
          if (covered == PublicationPoint.ALL_REASONS) {
            return new Good();
          }
        }
      }
      return new Unavailable(covered == 0 ? cause : REASONS_NOT_COVERED);
    }

    private Optional<RevocationStatus> revoked(ListScope scope, RevocationList list) {
      Optional<UnavailableCause> unusable = unusable(scope, list);
      if (unusable.isPresent()) {
        remember(unusable.get());
        return Optional.empty();
      }
      Optional<Entry> entry = delta(list).flatMap(this::change).or(() -> entry(list));
      // Design rule 4: what proves a revocation is never too old.
      if (entry.isPresent() && entry.get().reason() != RevocationReason.REMOVE_FROM_CRL) {
        return Optional.of(new Revoked(entry.get().reason(), entry.get().since()));
      }
      Optional<UnavailableCause> silent = untimely(list).or(() -> forgetful(list));
      if (silent.isPresent()) {
        remember(silent.get());
      } else {
        covered |= scope.reasonsOf(list);
      }
      return Optional.empty();
    }

    private Optional<UnavailableCause> unusable(ListScope scope, RevocationList list) {
      ListExtensions extensions = list.extensions();
      if (extensions.unreadCritical()) {
        return Optional.of(CRITICAL_EXTENSION_UNKNOWN);
      }
      if (extensions.isDelta()) {
        return Optional.of(DELTA_WITHOUT_BASE);
      }
      if (extensions.isIndirect() && !rules.indirect()) {
        return Optional.of(INDIRECT_LIST);
      }
      if (!scope.isIssuedAsMeant(list, link)) {
        return Optional.of(OTHER_CERTIFICATE);
      }
      if (!scope.isCovered(list, link) || (scope.reasonsOf(list) & ~covered) == 0) {
        return Optional.of(OUT_OF_SCOPE);
      }
      return signers.signed(list, lists, link, at, asking)
          ? Optional.empty()
          : Optional.of(SIGNATURE_INVALID);
    }

    private Optional<Entry> entry(RevocationList list) {
      List<Entry> entries = list.about(link.certificate().issuer(), link.certificate().serial());
      return entries.stream()
          .filter(entry -> entry.reason() != RevocationReason.REMOVE_FROM_CRL)
          .findFirst()
          .or(() -> entries.stream().findFirst());
    }

    // A delta that is over releases nobody, but what it revokes stays revoked.
    private Optional<Entry> change(RevocationList delta) {
      return entry(delta)
          .filter(entry ->
              entry.reason() != RevocationReason.REMOVE_FROM_CRL || untimely(delta).isEmpty());
    }

    // §5.2.4 and §6.3.3 (c): the newest of the same issuer, scope and key, made on this list or an
    // older one.
    private Optional<RevocationList> delta(RevocationList complete) {
      return lists.stream()
          .filter(list -> list.extensions().isDelta() && !list.extensions().unreadCritical())
          .filter(list -> list.issuer().matches(complete.issuer()))
          .filter(list -> list.extensions().scope().equals(complete.extensions().scope()))
          .filter(list ->
              list.extensions().authorityKeyId().equals(complete.extensions().authorityKeyId()))
          .filter(list -> follows(list.extensions(), complete.extensions()))
          .filter(list -> signers.signed(list, lists, link, at, asking))
          .max(Comparator.comparing(list -> list.extensions().number().orElse(BigInteger.ZERO)));
    }

    private static boolean follows(ListExtensions delta, ListExtensions complete) {
      Optional<BigInteger> base = delta.deltaOf();
      return base.isPresent()
          && complete.number().map(number -> number.compareTo(base.get()) >= 0).orElse(false)
          && delta
              .number()
              .flatMap(number -> complete.number().map(other -> number.compareTo(other) >= 0))
              .orElse(false);
    }

    private Optional<UnavailableCause> untimely(RevocationList list) {
      Freshness freshness = rules.freshness();
      if (freshness.isFuture(list.thisUpdate(), at)) {
        return Optional.of(FROM_THE_FUTURE);
      }
      boolean over =
          list.nextUpdate()
              .map(next -> freshness.isOver(next, at))
              .orElse(!rules.withoutNextUpdate());
      return over || freshness.isOld(list.thisUpdate(), at) ? Optional.of(STALE) : Optional.empty();
    }

    // An expired serial that is not listed may have dropped off: then the list has no say.
    private Optional<UnavailableCause> forgetful(RevocationList list) {
      return link.isCovered(list.thisUpdate(), list.extensions().keepsExpiredSince())
          ? Optional.empty()
          : Optional.of(EXPIRED_NOT_COVERED);
    }

    // That a list is somebody else's says less than what is wrong with the right one.
    private void remember(UnavailableCause now) {
      if (cause == NO_EVIDENCE || cause == OTHER_CERTIFICATE) {
        cause = now;
      }
    }
  }
}
