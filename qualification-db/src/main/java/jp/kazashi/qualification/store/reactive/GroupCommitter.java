package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.kazashi.qualification.audit.AuditChain;
import jp.kazashi.qualification.audit.AuditEpoch;
import jp.kazashi.qualification.store.CommitLimits;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.CommitUnknown;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.EpochLost;
import jp.kazashi.qualification.store.NotCommitted;
import jp.kazashi.qualification.store.Station;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The one committer of a node. Whatever waits when it is free goes into one transaction, so that a
 * batch grows with the queue and nobody waits for it to fill. A station that the database will not
 * take is found by halving and fails alone. A batch that takes too long is given up: who waits is
 * answered, and what is still under way rolls itself back unless its commit was sent before. Should
 * that one land late, the key (chain, number) keeps it and what is written next apart.
 */
public final class GroupCommitter implements CommitStation {
  private static final int MOST = 256;

  /** Each may hold a connection until the database, or the kernel, lets go of it. */
  private static final int MOST_GIVEN_UP = 4;

  private final Database database;
  private final Partitions partitions;
  private final AuditEpoch epoch;
  private final Context loop;
  private final CommitLimits limits;
  private final BlockingQueue<Waiting> waiting;
  private final AtomicBoolean working = new AtomicBoolean();

  /**
   * Where the chain stands; only the committer's own loop touches it. Null when it must be read.
   */
  private @Nullable AuditChain chain;

  /** How many batches that were given up have not come to their end; of the loop too. */
  private int givenUp;

  /**
   * A committer that begins behind the opening of its epoch.
   *
   * @param loop the event loop on which every batch is written, so that none runs in the context of
   *     one caller's request
   */
  public GroupCommitter(
      Mutiny.SessionFactory sessions, AuditEpoch epoch, Context loop, CommitLimits limits) {
    this.database = new Database(sessions);
    this.partitions = new Partitions(database);
    this.epoch = epoch;
    this.chain = AuditChain.of(epoch);
    this.loop = loop;
    this.limits = limits;
    this.waiting = new ArrayBlockingQueue<>(limits.waiting());
  }

  @Override
  public Uni<Committed> commit(Station station) {
    Uni<Committed> committed =
        Uni.createFrom()
            .emitter(emitter -> {
              if (waiting.offer(new Waiting(station, emitter))) {
                wake();
              } else {
                emitter.fail(new NotCommitted(NotCommitted.Cause.QUEUE_FULL));
              }
            });
    // Whoever asked goes on where they were, not on the committer's loop.
    Context caller = Vertx.currentContext();
    return caller == null
        ? committed
        : committed.emitOn(goOn -> caller.runOnContext(ignored -> goOn.run()));
  }

  private record Waiting(Station station, UniEmitter<? super Committed> emitter) {}

  private void wake() {
    if (working.compareAndSet(false, true)) {
      loop.runOnContext(ignored -> work());
    }
  }

  private void work() {
    List<Waiting> batch = take();
    if (batch.isEmpty()) {
      working.set(false);
      // One may have come between the last look and this.
      if (!waiting.isEmpty()) {
        wake();
      }
    } else if (givenUp == MOST_GIVEN_UP) {
      fail(batch, new NotCommitted(NotCommitted.Cause.TOO_SLOW));
      work();
    } else {
      new Attempt(batch).begin();
    }
  }

  private List<Waiting> take() {
    List<Waiting> batch = new ArrayList<>();
    waiting.drainTo(batch, MOST);
    return batch;
  }

  /** One batch under way, until it has come to its end or to the end of its time. */
  private final class Attempt {
    private final List<Waiting> batch;
    private boolean over;
    private boolean commitSent;
    private long timer;

    /** Behind what the last write was to go. */
    private @Nullable AuditChain behind;

    Attempt(List<Waiting> batch) {
      this.batch = batch;
    }

    void begin() {
      timer = loop.owner().setTimer(limits.longest().toMillis(), ignored -> giveUp());
      write(batch).subscribe().with(done -> end(), this::endWith);
    }

    private void end() {
      if (over) {
        givenUp--;
        return;
      }
      over = true;
      loop.owner().cancelTimer(timer);
      work();
    }

    private void endWith(Throwable bug) {
      if (!over) {
        fail(batch, bug);
      }
      end();
    }

    /** Nobody is cancelled: a connection that comes late is still given back. */
    private void giveUp() {
      if (over) {
        return;
      }
      over = true;
      givenUp++;
      dropChain();
      fail(batch, commitSent ? new CommitUnknown() : new NotCommitted(NotCommitted.Cause.TOO_SLOW));
      // They would only wait as long behind the same silence.
      List<Waiting> rest = new ArrayList<>();
      waiting.drainTo(rest);
      fail(rest, new NotCommitted(NotCommitted.Cause.TOO_SLOW));
      work();
    }

    private Uni<Void> write(List<Waiting> part) {
      Batch stations = new Batch(epoch.openedAt(), part.stream().map(Waiting::station).toList());
      return partitions
          .make(stations.partitions())
          .invoke(this::stopIfOver)
          .chain(GroupCommitter.this::head)
          .invoke(this::begun)
          .chain(head ->
              database.writing(session -> stations.write(session, head).invoke(this::commitNext)))
          .onItem()
          .invoke(outcome -> tell(part, outcome))
          .replaceWithVoid()
          .onFailure()
          .recoverWithUni(failure -> setAside(part, failure));
    }

    private void begun(AuditChain head) {
      stopIfOver();
      behind = head;
      commitSent = false;
    }

    private void stopIfOver() {
      if (over) {
        throw new NotCommitted(NotCommitted.Cause.TOO_SLOW);
      }
    }

    /** The last thing before the commit: from here on only the database knows. */
    private void commitNext() {
      stopIfOver();
      commitSent = true;
    }

    private void tell(List<Waiting> part, Batch.Outcome outcome) {
      if (over) {
        return;
      }
      chain = outcome.chain();
      for (int at = 0; at < part.size(); at++) {
        part.get(at).emitter().complete(outcome.committed().get(at));
      }
    }

    /** Nothing of the part was written, as far as is known: the chain is read before it grows. */
    private Uni<Void> setAside(List<Waiting> part, Throwable failure) {
      if (over) {
        return Uni.createFrom().voidItem();
      }
      dropChain();
      if (failure instanceof EpochLost || !SqlFailure.isOfContent(failure)) {
        boolean unknown = commitSent && !SqlFailure.isRolledBack(failure);
        fail(part, unknown ? new CommitUnknown() : failure);
        return Uni.createFrom().voidItem();
      }
      if (part.size() > 1) {
        int half = part.size() / 2;
        return write(part.subList(0, half)).chain(() -> write(part.subList(half, part.size())));
      }
      return alone(part, failure);
    }

    /** Its own fault or the chain's, which grew unseen: reading the head tells. */
    private Uni<Void> alone(List<Waiting> part, Throwable failure) {
      AuditChain assumed = behind;
      return head()
          .invoke(this::stopIfOver)
          .chain(head -> {
            if (!head.equals(assumed)) {
              return write(part);
            }
            fail(part, failure);
            return Uni.createFrom().voidItem();
          })
          .onFailure()
          .recoverWithUni(lost -> {
            fail(part, lost);
            return Uni.createFrom().voidItem();
          });
    }
  }

  private Uni<AuditChain> head() {
    AuditChain known = chain;
    if (known != null) {
      return Uni.createFrom().item(known);
    }
    return database
        .reading(session -> ChainHead.read(session, epoch.chain(), epoch.openedAt()))
        .map(head -> {
          if (head.closed()) {
            throw new EpochLost(epoch.chain());
          }
          return head.chain();
        });
  }

  private void dropChain() {
    chain = null;
    partitions.forget();
  }

  private static void fail(List<Waiting> batch, Throwable failure) {
    batch.forEach(each -> each.emitter().fail(failure));
  }
}
