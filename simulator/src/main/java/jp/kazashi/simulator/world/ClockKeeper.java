package jp.kazashi.simulator.world;

import java.io.IOException;
import java.util.List;

/** Moves the world's clock, one move at a time, and lets every part acknowledge. */
final class ClockKeeper {
  private final WorldClock clock;
  private final ClockPush push;

  ClockKeeper(WorldClock clock, ClockPush push) {
    this.clock = clock;
    this.push = push;
  }

  WorldClock clock() {
    return clock;
  }

  /** Returns the parts that did not acknowledge in time: none, normally. */
  synchronized List<String> move(ClockChange change) throws IOException {
    clock.change(change);
    return push.push(clock.offsetMillis());
  }

  /** After a restart of the simulator: a move it was killed in reaches everybody after all. */
  synchronized void repeat() {
    push.push(clock.offsetMillis());
  }
}
