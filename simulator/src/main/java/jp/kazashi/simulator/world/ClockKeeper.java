package jp.kazashi.simulator.world;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Moves the world's clock, one move at a time, and lets every part acknowledge. */
final class ClockKeeper {
  private final WorldClock clock;
  private final ClockPush push;
  private final List<Runnable> here = new CopyOnWriteArrayList<>();

  ClockKeeper(WorldClock clock, ClockPush push) {
    this.clock = clock;
    this.push = push;
  }

  WorldClock clock() {
    return clock;
  }

  /** Does this too at every move, before the other parts are told. */
  void also(Runnable inThisPart) {
    here.add(inThisPart);
  }

  /** Returns the parts that did not acknowledge in time: none, normally. */
  synchronized List<String> move(ClockChange change) throws IOException {
    clock.change(change);
    here.forEach(Runnable::run);
    return push.push(clock.offsetMillis());
  }

  /** After a restart of the simulator: a move it was killed in reaches everybody after all. */
  synchronized void repeat() {
    push.push(clock.offsetMillis());
  }
}
