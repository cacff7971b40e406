package jp.kazashi.gateway.seal;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import jp.kazashi.gateway.port.StampTime;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.AuditSeal;
import jp.kazashi.qualification.audit.AuditWitness;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.store.KeepSeals;

/**
 * Puts entries under Merkle roots that an authority stamps: of every chain, whoever wrote it, so
 * that what a dead node left behind is sealed too. Between two seals the head of this node's own
 * chain is witnessed.
 */
public final class SealAudit {
  /** Of one seal; what is more goes under the next. */
  static final int MOST_ENTRIES = 8192;

  private final KeepSeals seals;
  private final StampTime authority;
  private final Unsealed unsealed;
  private final InstantSource clock;
  private final AtomicReference<AuditReceipt> witnessed = new AtomicReference<>();

  public SealAudit(KeepSeals seals, StampTime authority, Unsealed unsealed, InstantSource clock) {
    this.seals = seals;
    this.authority = authority;
    this.unsealed = unsealed;
    this.clock = clock;
  }

  /** Everything that is there when it begins is sealed when it has come to its end. */
  public Uni<Void> sealAll() {
    Unsealed.Look look = unsealed.look();
    return seals
        .chainsToSeal()
        .chain(chains ->
            Multi.createFrom()
                .iterable(chains)
                .onItem()
                .transformToUniAndConcatenate(this::seal)
                .collect()
                .last())
        .invoke(() -> unsealed.sealedAllOf(look))
        .replaceWithVoid();
  }

  private Uni<Void> seal(ChainId chain) {
    return seals
        .unsealed(chain, MOST_ENTRIES)
        .chain(entries ->
            entries.isEmpty()
                ? Uni.createFrom().voidItem()
                : seal(chain, entries)
                    // Not ours means another node's: what it left is looked at again.
                    .chain(ours ->
                        ours && entries.size() < MOST_ENTRIES
                            ? Uni.createFrom().voidItem()
                            : seal(chain)));
  }

  private Uni<Boolean> seal(ChainId chain, List<AuditReceipt> entries) {
    return Uni.combine()
        .all()
        .unis(seals.count(chain), authority.stamp(AuditSeal.rootOf(entries)))
        .asTuple()
        .chain(ready ->
            seals.seal(
                AuditSeal.over(ready.getItem1() + 1, entries, clock.instant(), ready.getItem2())));
  }

  /** The newest entry this node knows to be written, from now on known to others too. */
  public Uni<Void> witness() {
    AuditReceipt head = unsealed.look().newest();
    Instant at = clock.instant();
    return head == null || head.equals(witnessed.get())
        ? Uni.createFrom().voidItem()
        : seals.witness(new AuditWitness(head, at)).invoke(() -> witnessed.set(head));
  }
}
