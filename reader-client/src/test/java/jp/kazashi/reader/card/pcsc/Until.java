package jp.kazashi.reader.card.pcsc;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;

/** Waits for what another process will do, and says what it waited for in vain. */
final class Until {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(20);

  private Until() {}

  static void isTrue(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        Assertions.fail("It did not come true: " + what);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }
}
