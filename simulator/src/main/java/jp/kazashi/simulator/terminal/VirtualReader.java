package jp.kazashi.simulator.terminal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jp.kazashi.simulator.card.VirtualCard;
import org.jspecify.annotations.Nullable;

/** A slot for one card. */
public final class VirtualReader {

  private static final Duration SWAP = Duration.ofMillis(200);

  private final String name;
  private final Executor executor;
  private final Consumer<VirtualReader> onChange;
  private final Changes changes = new Changes();
  private @Nullable SeatedCard seated;
  private @Nullable VirtualCard coming;

  VirtualReader(String name, Executor executor, Consumer<VirtualReader> onChange) {
    this.name = name;
    this.executor = executor;
    this.onChange = onChange;
  }

  public String name() {
    return name;
  }

  /** The name of the card that is in, or in the hand that puts it in. */
  public synchronized Optional<String> card() {
    return seated()
        .map(SeatedCard::name)
        .or(() -> Optional.ofNullable(coming).map(VirtualCard::name));
  }

  public synchronized Presence presence() {
    return new Presence(seated != null, changes.count());
  }

  /**
   * A card that is in makes room first. No hand swaps cards in an instant: the next one is seated a
   * moment later, so that whoever looks now and then sees the reader empty in between.
   */
  public void insert(VirtualCard card) {
    if (exchange(null, card)) {
      CompletableFuture.delayedExecutor(SWAP.toMillis(), TimeUnit.MILLISECONDS, executor)
          .execute(() -> seatIfStillComing(card));
    } else {
      seatIfStillComing(card);
    }
  }

  private void seatIfStillComing(VirtualCard card) {
    synchronized (this) {
      if (coming != card || seated != null) {
        return;
      }
      seated = new SeatedCard(card, executor, this::eject);
      coming = null;
      changes.advance();
    }
    onChange.accept(this);
  }

  /** False if there was none. */
  public boolean remove() {
    return exchange(null, null);
  }

  /** Only the card that asks for it: another one may have been put in since. */
  private void eject(SeatedCard card) {
    exchange(card, null);
  }

  /**
   * Takes out what is in, and remembers what comes next. Whoever is replaced is told, even where
   * two hands reach into the reader at once.
   *
   * @param only the one card to be taken out; any when null
   */
  private boolean exchange(@Nullable SeatedCard only, @Nullable VirtualCard next) {
    SeatedCard before;
    boolean waited;
    synchronized (this) {
      before = seated;
      if (only != null && only != before) {
        return false;
      }
      waited = coming != null;
      coming = next;
      seated = null;
      if (before != null) {
        changes.advance();
      }
    }
    if (before != null) {
      before.remove();
      onChange.accept(this);
    }
    return before != null || waited;
  }

  CompletableFuture<Presence> change(long known, Duration limit) {
    return changes.beyond(known, limit).thenApply(moved -> presence());
  }

  Optional<SeatedCard.Connection> connect() {
    return seated().map(SeatedCard::connect);
  }

  private synchronized Optional<SeatedCard> seated() {
    return Optional.ofNullable(seated);
  }
}
