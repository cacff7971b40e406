package jp.kazashi.reader.face;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How long each stage took, in the order of the stages. */
final class Stopwatch {

  private final LongSupplier ticks;
  private final SequencedMap<String, Duration> times = new LinkedHashMap<>();

  Stopwatch(LongSupplier ticks) {
    this.ticks = ticks;
  }

  <T> T time(String stage, Supplier<T> work) {
    long begun = ticks.getAsLong();
    T result = work.get();
    times.put(stage, Duration.ofNanos(ticks.getAsLong() - begun));
    return result;
  }

  SequencedMap<String, Duration> times() {
    return times;
  }
}
