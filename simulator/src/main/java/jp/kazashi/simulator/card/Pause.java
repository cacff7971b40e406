package jp.kazashi.simulator.card;

import java.time.Duration;

/** How a card takes its time. */
@FunctionalInterface
public interface Pause {

  void of(Duration time);

  /** Really waits; an interrupt ends it and stays set. */
  static Pause real() {
    return time -> {
      try {
        Thread.sleep(time);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }
}
