package jp.kazashi.reader.desk;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import jp.kazashi.consent.DeskBoard;
import jp.kazashi.consent.StaffCall;
import jp.kazashi.consent.StaffCall.Want;
import jp.kazashi.reader.link.CallLink;
import jp.kazashi.reader.link.CallLink.Standing;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.StaffPass;
import org.jspecify.annotations.Nullable;

/**
 * What rings at this terminal's own desk rings at every desk of the institution: carries the calls
 * of this kiosk to the gateway, and back that somebody at another desk answered. Nothing here waits
 * for the line: without it the own desk rings alone.
 */
final class Bell implements AutoCloseable {

  /** After that a call that was taken back ends by itself. */
  private static final int MOST_TRIES = 10;

  private static final int SLOWEST = 16;

  private final ArrivalList arrivals;
  private final CallLink gateway;
  private final Supplier<UUID> names;
  private final LongSupplier ticks;
  private final Duration pause;
  private final Consumer<StaffPass> passes;
  private final Map<Want, Ringing> ringing = new EnumMap<>(Want.class);
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param pause before a line that did not answer is tried again, at first
   * @param passes where a pass goes that was drawn at another desk for who waits here
   */
  Bell(
      ArrivalList arrivals,
      CallLink gateway,
      Supplier<UUID> names,
      LongSupplier ticks,
      Duration pause,
      Consumer<StaffPass> passes) {
    this.arrivals = arrivals;
    this.gateway = gateway;
    this.names = names;
    this.ticks = ticks;
    this.pause = pause;
    this.passes = passes;
  }

  /** From now on, what rings at the own desk is carried on. */
  void listen() {
    arrivals.subscribe(change -> {
      if (change instanceof DeskBoard.Change.Calls) {
        carry(arrivals.ownCalls());
      }
    });
  }

  private synchronized void carry(List<StaffCall> own) {
    for (Want want : Want.values()) {
      boolean rings = own.stream().anyMatch(call -> call.want() == want);
      Ringing now = ringing.get(want);
      if (rings && now == null && closed.getCount() > 0) {
        Ringing begun = new Ringing(names.get().toString(), want);
        ringing.put(want, begun);
        Thread.ofVirtual().name("bell").start(begun::carry);
      } else if (!rings && now != null) {
        ringing.remove(want);
        now.end();
      }
    }
  }

  /**
   * What rings here for that is about to end because somebody goes there: told so, rather than that
   * nobody waits any more.
   */
  synchronized void attendedBy(Want want, Answering answering) {
    Ringing now = ringing.get(want);
    if (now != null) {
      now.attendedBy(answering);
    }
  }

  /** Answers the call of that name, as who goes there. */
  interface Answering {
    GatewayReply<?> answer(String call);
  }

  @Override
  public synchronized void close() {
    closed.countDown();
    ringing.values().forEach(Ringing::fallSilent);
    ringing.clear();
  }

  /** One call, as long as it rings. */
  private final class Ringing {
    private final String call;
    private final Want want;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean told;
    private @Nullable Answering answering;

    Ringing(String call, Want want) {
      this.call = call;
      this.want = want;
    }

    void carry() {
      for (int lost = 0; !isOver(); lost++) {
        if (tell()) {
          lost = 0;
          follow();
        }
        awaitEnd(lost);
      }
    }

    /** True if the gateway rings. */
    private boolean tell() {
      beginTelling();
      return switch (gateway.ring(call, want)) {
        case GatewayReply.Given<Standing> given -> rings(given.value());
        case GatewayReply.Refused<Standing> refused -> false;
      };
    }

    private boolean rings(Standing standing) {
      switch (standing) {
        case Standing.Waiting waiting -> {
          if (isOver()) {
            // It ended here while the gateway was being told.
            conclude();
          }
          return true;
        }
        case Standing.Answered answered -> answered(answered.pass());
        case Standing.Over over -> {}
      }
      return false;
    }

    private void follow() {
      int lost = 0;
      while (!isOver()) {
        long asked = ticks.getAsLong();
        switch (gateway.follow(call)) {
          case GatewayReply.Given<Standing> given -> {
            lost = 0;
            if (!rings(given.value())) {
              return;
            }
            if (ticks.getAsLong() - asked < pause.toNanos()) {
              awaitEnd(0);
            }
          }
          case GatewayReply.Refused<Standing> refused -> {
            if (!refused.refusal().isOfDeadLine()) {
              return;
            }
            awaitEnd(lost++);
          }
        }
      }
    }

    /** Taken while it still rings here: a pass that comes late is for nobody. */
    private void answered(Optional<StaffPass> pass) {
      synchronized (this) {
        if (isOver()) {
          return;
        }
        ended.countDown();
        pass.ifPresent(passes);
      }
      arrivals.answered(want);
    }

    /** From now on the gateway may know, also if no answer says so. */
    private synchronized void beginTelling() {
      told = true;
    }

    private synchronized boolean isOver() {
      return ended.getCount() == 0;
    }

    private synchronized void fallSilent() {
      ended.countDown();
    }

    /** It rings here no more: nowhere else either. */
    synchronized void end() {
      if (!isOver() && told) {
        Thread.ofVirtual().name("bell").start(this::conclude);
      }
      ended.countDown();
    }

    synchronized void attendedBy(Answering someone) {
      if (!isOver()) {
        answering = someone;
      }
    }

    private synchronized Optional<Answering> answering() {
      return Optional.ofNullable(answering);
    }

    /** Whose session has ended meanwhile cannot say it; that nobody waits is true all the same. */
    private void conclude() {
      Optional<Answering> someone = answering();
      if (someone.isEmpty() || !isGiven(() -> someone.get().answer(call))) {
        boolean _ = isGiven(() -> gateway.takeBack(call));
      }
    }

    /** A dead line is tried again for a while. */
    private boolean isGiven(Supplier<GatewayReply<?>> asking) {
      for (int tries = 0; tries < MOST_TRIES; tries++) {
        switch (asking.get()) {
          case GatewayReply.Given<?> given -> {
            return true;
          }
          case GatewayReply.Refused<?> refused -> {
            if (!refused.refusal().isOfDeadLine()) {
              return false;
            }
          }
        }
        if (closesWithin(slower(tries))) {
          return false;
        }
      }
      return false;
    }

    /** Before the line is tried again; who rings no more has nothing to wait for. */
    private void awaitEnd(int times) {
      try {
        boolean _ = ended.await(slower(times).toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }

    private Duration slower(int times) {
      return pause.multipliedBy(Math.min(SLOWEST, 1L << Math.min(times, 10)));
    }

    /** Nothing tells that a dead line is back: it is tried again, until this desk closes. */
    private boolean closesWithin(Duration wait) {
      try {
        return closed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return true;
      }
    }
  }
}
