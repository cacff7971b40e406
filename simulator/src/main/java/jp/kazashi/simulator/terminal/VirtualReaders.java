package jp.kazashi.simulator.terminal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import jp.kazashi.simulator.card.VirtualCard;

/** All virtual readers of a world: those on the counter, and one per visit that has no counter. */
public final class VirtualReaders implements AutoCloseable {

  public static final String KIOSK = "Kiosk";
  public static final String PHONE = "Phone";
  public static final String SECOND_KIOSK = "Kiosk-2";
  public static final String SECOND_PHONE = "Phone-2";
  private static final String HEADLESS = "Headless-";

  /** Ten times what the longest visit may take: whoever opened it before is gone. */
  private static final Duration LEASE = Duration.ofMinutes(10);

  private final Map<String, VirtualReader> readers = new TreeMap<>();
  private final List<Consumer<VirtualReader>> listeners = new CopyOnWriteArrayList<>();
  private final Changes changes = new Changes();
  // A card takes its time; whoever carries its commands must not wait for it.
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final LongSupplier nanoTime;
  private final Map<String, Long> openedAt = new HashMap<>();
  private long headless;

  public VirtualReaders() {
    this(System::nanoTime);
  }

  VirtualReaders(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    open(KIOSK);
    open(PHONE);
  }

  /** Readers for a terminal beside the first. */
  public void openSecondTerminal() {
    open(SECOND_KIOSK);
    open(SECOND_PHONE);
  }

  public synchronized List<String> names() {
    return List.copyOf(readers.keySet());
  }

  public synchronized Optional<VirtualReader> reader(String name) {
    return Optional.ofNullable(readers.get(name));
  }

  /** A fresh reader with that card in it; its number is never used again in this run. */
  public VirtualReader openHeadless(VirtualCard card) {
    forgotten().forEach(this::closeHeadless);
    VirtualReader reader;
    synchronized (this) {
      headless++;
      reader = open(HEADLESS + headless);
      openedAt.put(reader.name(), nanoTime.getAsLong());
    }
    reader.insert(card);
    return reader;
  }

  /** Whoever opened these was killed before it could close them. */
  private synchronized List<String> forgotten() {
    long now = nanoTime.getAsLong();
    return openedAt.entrySet().stream()
        .filter(opened -> now - opened.getValue() > LEASE.toNanos())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The card leaves with the reader. False if there is no such reader, or it is on the counter. */
  public boolean closeHeadless(String name) {
    VirtualReader closed;
    synchronized (this) {
      closed = name.startsWith(HEADLESS) ? readers.remove(name) : null;
      openedAt.remove(name);
    }
    if (closed == null) {
      return false;
    }
    if (!closed.remove()) {
      changes.advance();
    }
    return true;
  }

  /** Called after each change, in the thread that caused it. */
  public void onChange(Consumer<VirtualReader> listener) {
    listeners.add(listener);
  }

  private synchronized VirtualReader open(String name) {
    VirtualReader reader = new VirtualReader(name, executor, this::changed);
    readers.put(name, reader);
    return reader;
  }

  private void changed(VirtualReader reader) {
    changes.advance();
    listeners.forEach(listener -> listener.accept(reader));
  }

  long changes() {
    return changes.count();
  }

  CompletableFuture<Long> change(long known, Duration limit) {
    return changes.beyond(known, limit).thenApply(moved -> changes.count());
  }

  /** Takes all cards out. */
  @Override
  public void close() {
    names().forEach(name -> reader(name).ifPresent(VirtualReader::remove));
    executor.shutdown();
  }
}
