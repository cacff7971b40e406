package jp.kazashi.gateway.seal;

import io.smallrye.mutiny.Uni;
import jp.kazashi.qualification.audit.AuditEpoch;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.store.OpenEpoch;

/**
 * Whether this start still holds its node's name. Once another start has taken it over, this one
 * can write nothing any more, and so answers nothing; that is never undone.
 */
public final class Tenure {
  private final OpenEpoch epochs;
  private final ChainId chain;
  private final Runnable ended;
  private volatile boolean over;

  /**
   * The tenure that an epoch gives.
   *
   * @param ended told once when it is over
   */
  public Tenure(OpenEpoch epochs, AuditEpoch epoch, Runnable ended) {
    this.epochs = epochs;
    this.chain = epoch.chain();
    this.ended = ended;
  }

  public ChainId chain() {
    return chain;
  }

  public boolean isOver() {
    return over;
  }

  /** Also a node that has nothing to write must notice. */
  public Uni<Void> look() {
    return over
        ? Uni.createFrom().voidItem()
        : epochs
            .isNewest(chain)
            .invoke(newest -> {
              if (!newest) {
                end();
              }
            })
            .replaceWithVoid();
  }

  synchronized void end() {
    if (!over) {
      over = true;
      ended.run();
    }
  }
}
