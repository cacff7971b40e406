package jp.kazashi.reader.desk;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.LocalReason;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.StaffPass;
import jp.kazashi.reader.visit.StaffPasses;
import org.jspecify.annotations.Nullable;

/**
 * Hands the pass that staff drew at the desk to the visit at this terminal's kiosk: once, to the
 * visit that is there now, and to no later one.
 */
public final class SightPasses implements StaffPasses {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** The gateway's own limit is three minutes; what is older is not worth asking with. */
  private static final Duration FRESH = Duration.ofSeconds(150);

  private final LocalReasons reasons;
  private final LongSupplier ticks;
  private final Asking asking;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private @Nullable StaffPass pass;
  private long drawn;
  private boolean waiting;
  private int visit;

  /**
   * @param asking hears of who waits at the kiosk
   */
  SightPasses(LocalReasons reasons, LongSupplier ticks, Asking asking) {
    this.reasons = reasons;
    this.ticks = ticks;
    this.asking = asking;
  }

  /** What is heard of somebody at the kiosk who waits for staff to look. */
  interface Asking {
    void begins();

    /**
     * Nobody waits any more.
     *
     * @param inVain they are still there, and nobody has come
     */
    void ends(boolean inVain);
  }

  /** By the visit: takes the pass that is there, or waits for staff to draw one. */
  @Override
  public GatewayReply<StaffPass> draw() {
    int mine = begin();
    boolean asks = !isReady();
    if (asks) {
      asking.begins();
    }
    boolean inVain = await(mine);
    if (asks) {
      // Before the pass is taken or thrown away: what is drawn from now on is for nobody.
      asking.ends(inVain);
    }
    return take(mine)
        .<GatewayReply<StaffPass>>map(GatewayReply.Given::new)
        .orElseGet(() ->
            new GatewayReply.Refused<>(reasons.refusal(LocalReason.NOBODY_CONFIRMED_BY_SIGHT)));
  }

  private int begin() {
    lock.lock();
    try {
      waiting = true;
      return visit;
    } finally {
      lock.unlock();
    }
  }

  /** True if nobody came although the patient stayed. */
  private boolean await(int mine) {
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (!isReady() && mine == visit && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !isReady() && mine == visit;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private Optional<StaffPass> take(int mine) {
    lock.lock();
    try {
      Optional<StaffPass> given =
          mine == visit && isReady() ? Optional.ofNullable(pass) : Optional.empty();
      pass = null;
      waiting = false;
      return given;
    } finally {
      lock.unlock();
    }
  }

  /** By the desk: for the visit that is there now. */
  void give(StaffPass fresh) {
    lock.lock();
    try {
      pass = fresh;
      drawn = ticks.getAsLong();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a visit waits for staff to look. */
  boolean isAwaited() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /** The patient has gone: nothing that was drawn for them is used for another. */
  public void forget() {
    lock.lock();
    try {
      pass = null;
      visit++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isReady() {
    lock.lock();
    try {
      return pass != null && ticks.getAsLong() - drawn < FRESH.toNanos();
    } finally {
      lock.unlock();
    }
  }
}
