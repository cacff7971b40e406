package jp.kazashi.simulator.terminal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import jp.kazashi.simulator.card.VirtualCard;
import org.jspecify.annotations.Nullable;

/** A slot for one card. */
public final class VirtualReader {

  private final String name;
  private final Executor executor;
  private final Consumer<VirtualReader> onChange;
  private final Changes changes = new Changes();
  private @Nullable SeatedCard seated;

  VirtualReader(String name, Executor executor, Consumer<VirtualReader> onChange) {
    this.name = name;
    this.executor = executor;
    this.onChange = onChange;
  }

  public String name() {
    return name;
  }

  /** The name of the card that is in, if one is. */
  public Optional<String> card() {
    return seated().map(SeatedCard::name);
  }

  public synchronized Presence presence() {
    return new Presence(seated != null, changes.count());
  }

  /** A card that is in makes room: removed first, so that everyone sees two changes. */
  public void insert(VirtualCard card) {
    remove();
    exchange(new SeatedCard(card, executor));
  }

  /** False if there was none. */
  public boolean remove() {
    return exchange(null);
  }

  /** Whoever is replaced is told, even where two hands reach into the reader at once. */
  private boolean exchange(@Nullable SeatedCard card) {
    SeatedCard before = seat(card);
    if (before != null) {
      before.remove();
    }
    if (before != card) {
      onChange.accept(this);
    }
    return before != null;
  }

  private synchronized @Nullable SeatedCard seat(@Nullable SeatedCard card) {
    SeatedCard before = seated;
    if (before != card) {
      seated = card;
      changes.advance();
    }
    return before;
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
