package jp.kazashi.simulator.card;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many tries every PIN has left, and what it was changed to. Both outlive removal and restart,
 * as in a card; insertions of one card share them. A PIN not mentioned has all its tries and is
 * what it was when the card was made.
 */
public final class PinCounters {

  /** What came of a try. */
  sealed interface Trial {
    record Right() implements Trial {}

    /** {@code left} may be zero: this was the mistake that blocks. */
    record Wrong(int left) implements Trial {}

    record Blocked() implements Trial {}
  }

  private static final String CHANGED = ".changed";

  private final @Nullable Path file;
  private final Map<String, Integer> left = new TreeMap<>();
  private final Map<String, String> changed = new TreeMap<>();

  private PinCounters(@Nullable Path file) {
    this.file = file;
  }

  public static PinCounters inMemory() {
    return new PinCounters(null);
  }

  /**
   * Reads what an earlier run left behind, and keeps every change there.
   *
   * @throws UncheckedIOException if the file cannot be read or is not of our making
   */
  public static PinCounters keptIn(Path file) {
    PinCounters counters = new PinCounters(file);
    try {
      if (Files.exists(file)) {
        counters.read(Files.readAllLines(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The PIN counters in " + file + " cannot be read.", e);
    }
    return counters;
  }

  private void read(List<String> lines) throws IOException {
    for (String line : lines) {
      int equals = line.indexOf('=');
      try {
        String key = line.substring(0, equals);
        String value = line.substring(equals + 1);
        if (key.endsWith(CHANGED)) {
          changed.put(key.substring(0, key.length() - CHANGED.length()), value);
        } else {
          left.put(key, Integer.valueOf(value));
        }
      } catch (IndexOutOfBoundsException | NumberFormatException e) {
        throw new IOException("Not a PIN counter: " + line, e);
      }
    }
  }

  public synchronized int left(PinReference pin) {
    return left.getOrDefault(key(pin), pin.limit());
  }

  /** A blocked PIN is not even compared. */
  synchronized Trial count(PinReference pin, BooleanSupplier right) {
    int before = left(pin);
    if (before == 0) {
      return new Trial.Blocked();
    }
    if (right.getAsBoolean()) {
      set(pin, pin.limit());
      return new Trial.Right();
    }
    set(pin, before - 1);
    return new Trial.Wrong(before - 1);
  }

  /** For stories (a card that comes blocked) and for the desk of the municipality (unblocked). */
  public synchronized void set(PinReference pin, int tries) {
    if (tries < 0 || tries > pin.limit()) {
      throw new IllegalArgumentException("This PIN has at most " + pin.limit() + " tries.");
    }
    if (tries == left(pin)) {
      return;
    }
    if (tries == pin.limit()) {
      left.remove(key(pin));
    } else {
      left.put(key(pin), tries);
    }
    keep();
  }

  synchronized Optional<String> changed(PinReference pin) {
    return Optional.ofNullable(changed.get(key(pin)));
  }

  synchronized void change(PinReference pin, String digits) {
    changed.put(key(pin), digits);
    keep();
  }

  private void keep() {
    if (file == null) {
      return;
    }
    List<String> lines =
        Stream.concat(
                left.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()),
                changed.entrySet().stream().map(e -> e.getKey() + CHANGED + "=" + e.getValue()))
            .toList();
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(next, lines);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("The PIN counters cannot be kept in " + file + ".", e);
    }
  }

  private static String key(PinReference pin) {
    return pin.card() + "." + pin.pin();
  }
}
