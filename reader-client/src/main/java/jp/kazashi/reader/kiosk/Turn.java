package jp.kazashi.reader.kiosk;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Whose turn it is at a kiosk with two readers: one patient at a time, on one screen. */
public final class Turn {

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private boolean taken;
  private int waiting;

  /** Waits until nobody else has it. */
  void take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      waiting++;
      changed.signalAll();
      while (taken) {
        changed.await();
      }
      taken = true;
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  /** False if somebody has it. */
  boolean takeIfFree() {
    lock.lock();
    try {
      if (taken || waiting > 0) {
        return false;
      }
      taken = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void giveBack() {
    lock.lock();
    try {
      taken = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * By who has it: until somebody at the other reader wants it, or the next is there, or so long.
   */
  void linger(Duration longest, BooleanSupplier nextIsThere) {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (waiting == 0 && !nextIsThere.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Something has changed for who lingers. */
  void look() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
