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
import java.util.function.Consumer;
import jp.kazashi.qualification.audit.AuditChain;
import jp.kazashi.qualification.audit.AuditEpoch;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.Station;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The one committer of a node. Whatever waits goes into one transaction, in which its audit entries
 * are numbered and chained; the batch grows with the queue and never waits to fill. A station that
 * cannot be written leaves its batch: the others are then written one by one.
 */
public final class GroupCommitter implements CommitStation {
  private static final int MOST_IN_A_BATCH = 256;

  private final StationWriter writer;
  private final Context loop;
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean busy = new AtomicBoolean();

  // Only ever touched by the batch under way, of which there is one.
  private volatile AuditChain chain;

  /**
   * @param loop the event loop on which every batch is written
   */
  public GroupCommitter(Mutiny.SessionFactory sessions, AuditEpoch epoch, Context loop) {
    this.writer = new StationWriter(new Database(sessions), epoch);
    this.loop = loop;
    this.chain = AuditChain.of(epoch);
  }

  @Override
  public Uni<Committed> commit(Station station) {
    Context asker = Vertx.currentContext();
    return Uni.createFrom()
        .<Committed>emitter(emitter -> {
          queue.add(new Waiting(station, emitter));
          writeNext();
        })
        .emitOn(task -> runOn(asker, task));
  }

  private record Waiting(Station station, UniEmitter<? super Committed> emitter) {}

  private static void runOn(@Nullable Context asker, Runnable task) {
    if (asker == null) {
      task.run();
    } else {
      asker.runOnContext(nothing -> task.run());
    }
  }

  private void writeNext() {
    if (queue.isEmpty() || !busy.compareAndSet(false, true)) {
      return;
    }
    loop.runOnContext(nothing -> writeBatch(take()));
  }

  private List<Waiting> take() {
    List<Waiting> batch = new ArrayList<>();
    Waiting next = queue.poll();
    while (next != null) {
      batch.add(next);
      next = batch.size() < MOST_IN_A_BATCH ? queue.poll() : null;
    }
    return batch;
  }

  private void writeBatch(List<Waiting> batch) {
    write(
        batch,
        failure -> {
          if (batch.size() == 1) {
            batch.getFirst().emitter().fail(failure);
            finish();
          } else {
            writeOneByOne(batch, 0);
          }
        },
        this::finish);
  }

  private void writeOneByOne(List<Waiting> batch, int at) {
    if (at == batch.size()) {
      finish();
      return;
    }
    Waiting one = batch.get(at);
    write(
        List.of(one),
        failure -> {
          one.emitter().fail(failure);
          writeOneByOne(batch, at + 1);
        },
        () -> writeOneByOne(batch, at + 1));
  }

  private void write(List<Waiting> batch, Consumer<Throwable> failed, Runnable done) {
    writer
        .write(chain, batch.stream().map(Waiting::station).toList())
        .subscribe()
        .with(
            written -> {
              chain = written.chain();
              for (int i = 0; i < batch.size(); i++) {
                batch.get(i).emitter().complete(written.outcomes().get(i));
              }
              done.run();
            },
            failed);
  }

  /** What came in meanwhile is the next batch. */
  private void finish() {
    busy.set(false);
    writeNext();
  }
}
