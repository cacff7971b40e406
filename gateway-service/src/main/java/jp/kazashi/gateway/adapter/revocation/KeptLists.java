package jp.kazashi.gateway.adapter.revocation;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationList;
import jp.kazashi.qualification.store.Evidence;
import jp.kazashi.qualification.store.KeepEvidence;

/** Sees to it that a list is in the record before a check cites it by its digest alone. */
public final class KeptLists {
  /** A handful of authorities, a list a day. */
  private static final int MOST_REMEMBERED = 1_000;

  private final KeepEvidence store;
  private final Set<Octets> stored = ConcurrentHashMap.newKeySet();

  public KeptLists(KeepEvidence store) {
    this.store = store;
  }

  /** The same pieces, once their lists are kept; fails when the record cannot be written. */
  Uni<List<RevocationEvidence>> citing(List<RevocationEvidence> pieces, Instant at) {
    List<Uni<Void>> missing =
        pieces.stream()
            .filter(piece -> piece instanceof CrlSnapshot)
            .map(piece -> ((CrlSnapshot) piece).list())
            .filter(list -> !stored.contains(list.digest()))
            .map(list -> keep(list, at))
            .toList();
    return missing.isEmpty()
        ? Uni.createFrom().item(pieces)
        : Uni.join().all(missing).andFailFast().replaceWith(pieces);
  }

  private Uni<Void> keep(RevocationList list, Instant at) {
    return Uni.createFrom()
        .deferred(() -> store.keep(new Evidence("CRL", list.toArray()), at))
        .invoke(() -> {
          if (stored.size() >= MOST_REMEMBERED) {
            stored.clear();
          }
          stored.add(list.digest());
        });
  }
}
