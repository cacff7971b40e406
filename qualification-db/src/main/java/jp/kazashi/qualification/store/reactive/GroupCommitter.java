package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.kazashi.qualification.audit.AuditChain;
import jp.kazashi.qualification.audit.AuditEpoch;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.EpochLost;
import jp.kazashi.qualification.store.Station;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The one committer of a node. Whatever waits when it is free goes into one transaction, so that a
 * batch grows with the queue and nobody waits for it to fill. A station that the database will not
 * take is found by halving and fails alone.
 */
public final class GroupCommitter implements CommitStation {
  private static final int MOST = 256;

  private final Database database;
  private final Partitions partitions;
  private final AuditEpoch epoch;
  private final Context loop;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean working = new AtomicBoolean();

  /**
   * Where the chain stands; only the committer's own loop touches it. Null when it must be read.
   */
  private @Nullable AuditChain chain;

  /**
   * @param loop the event loop on which every batch is written, so that none runs in the context of
   *     one caller's request
   */
  public GroupCommitter(Mutiny.SessionFactory sessions, AuditEpoch epoch, Context loop) {
    this.database = new Database(sessions);
    this.partitions = new Partitions(database);
    this.epoch = epoch;
    this.chain = AuditChain.of(epoch);
    this.loop = loop;
  }

  @Override
  public Uni<Committed> commit(Station station) {
    Uni<Committed> committed =
        Uni.createFrom()
            .emitter(emitter -> {
              waiting.add(new Waiting(station, emitter));
              wake();
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
      return;
    }
    write(batch).subscribe().with(done -> work(), bug -> goOnAfter(batch, bug));
  }

  private List<Waiting> take() {
    List<Waiting> batch = new ArrayList<>();
    while (batch.size() < MOST && waiting.peek() != null) {
      batch.add(waiting.remove());
    }
    return batch;
  }

  private void goOnAfter(List<Waiting> batch, Throwable bug) {
    fail(batch, bug);
    work();
  }

  private Uni<Void> write(List<Waiting> batch) {
    Batch stations = new Batch(epoch.openedAt(), batch.stream().map(Waiting::station).toList());
    return partitions
        .make(stations.partitions())
        .chain(this::head)
        .chain(head -> database.writing(session -> stations.write(session, head)))
        .onItem()
        .invoke(outcome -> tell(batch, outcome))
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(failure -> setAside(batch, failure));
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

  private void tell(List<Waiting> batch, Batch.Outcome outcome) {
    chain = outcome.chain();
    for (int at = 0; at < batch.size(); at++) {
      batch.get(at).emitter().complete(outcome.committed().get(at));
    }
  }

  /** Nothing of the batch was written, as far as is known: the chain is read before it grows. */
  private Uni<Void> setAside(List<Waiting> batch, Throwable failure) {
    chain = null;
    partitions.forget();
    if (failure instanceof EpochLost || !SqlFailure.isOfContent(failure)) {
      fail(batch, failure);
      return Uni.createFrom().voidItem();
    }
    if (batch.size() > 1) {
      int half = batch.size() / 2;
      return write(batch.subList(0, half)).chain(() -> write(batch.subList(half, batch.size())));
    }
    // Alone, its own fault or the chain's: reading the head tells.
    return head()
        .onItem()
        .invoke(head -> fail(batch, failure))
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(lost -> {
          fail(batch, lost);
          return Uni.createFrom().voidItem();
        });
  }

  private static void fail(List<Waiting> batch, Throwable failure) {
    batch.forEach(each -> each.emitter().fail(failure));
  }
}
