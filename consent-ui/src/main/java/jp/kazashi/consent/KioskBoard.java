package jp.kazashi.consent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The board of one kiosk. A patient's time at it is a {@link Sitting}; only the present sitting can
 * change what is shown or hear what is said, so that a visit that still has something to finish
 * never shows it to the next patient.
 */
public final class KioskBoard implements VisitBoard {

  /** WCAG 2.2.1: a time limit can be extended at least ten times. */
  private static final int EXTENSIONS = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition heard = lock.newCondition();
  private final List<Consumer<Shown>> listeners = new CopyOnWriteArrayList<>();
  private final Circumstances usual;
  private final PinPad pad = new PinPad();

  private Shown shown;
  private @Nullable Sitting present;
  private PatientInput.@Nullable Reply said;
  private int extensions;
  private int keys;

  public KioskBoard(Language firstLanguage) {
    this(firstLanguage, Set.of(Comfort.KEYS));
  }

  /** The language and the comforts are those of every patient until they choose others. */
  public KioskBoard(Language firstLanguage, Set<Comfort> comforts) {
    this.usual = new Circumstances(firstLanguage, comforts, Carrier.CARD);
    this.shown = new Shown(1, new ScreenView.PutCard(), usual, false, Optional.empty(), 0);
  }

  /** A patient has put a card down. Any sitting before this one is over. */
  public Sitting sit() {
    return sit(Carrier.CARD);
  }

  /** A patient has come with this. Any sitting before this one is over. */
  public Sitting sit(Carrier carrier) {
    lock.lock();
    try {
      forget();
      shown = shown.with(shown.patient().carrying(carrier));
      Sitting sitting = new Sitting();
      present = sitting;
      return sitting;
    } finally {
      lock.unlock();
    }
  }

  /** Shows this to whoever comes by; any sitting is over, its choices and its call forgotten. */
  public void clear(ScreenView view) {
    lock.lock();
    try {
      forget();
      present = null;
      heard.signalAll();
      publish(new Shown(shown.screen() + 1, view, usual, false, Optional.empty(), 0));
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody without a card has chosen a language or a comfort, or called. */
  public boolean wasTouched() {
    lock.lock();
    try {
      return present == null && (shown.staffCalled() || !shown.patient().equals(usual));
    } finally {
      lock.unlock();
    }
  }

  /** Staff have taken the call: only a new one rings again. */
  public void attended() {
    lock.lock();
    try {
      if (shown.staffCalled()) {
        publish(shown.withStaffCalled(false));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Shown shown() {
    lock.lock();
    try {
      return shown;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Subscription subscribe(Consumer<Shown> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public Taken accept(long screen, PatientInput input) {
    lock.lock();
    try {
      Taken taken = weigh(screen, input);
      if (taken == Taken.TAKEN) {
        take(input);
      } else if (input instanceof PatientInput.Pin pin) {
        pin.wipe();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private Taken weigh(long screen, PatientInput input) {
    return switch (input) {
      case PatientInput.CallStaff call -> Taken.TAKEN;
      case PatientInput.Speak speak -> Taken.TAKEN;
      case PatientInput.Turn turn -> Taken.TAKEN;
      case PadKey key ->
          weigh(
              screen, shown.view() instanceof ScreenView.EnterPin && (!key.sends() || pad.full()));
      case PatientInput.MoreTime more ->
          weigh(screen, shown.view().asks() && extensions < EXTENSIONS);
      case PatientInput.Reply reply -> weigh(screen, shown.view().asksFor(reply));
    };
  }

  private Taken weigh(long screen, boolean askedFor) {
    if (screen != shown.screen() || said != null) {
      return Taken.STALE;
    }
    return askedFor ? Taken.TAKEN : Taken.NOT_ASKED;
  }

  private void take(PatientInput input) {
    switch (input) {
      case PatientInput.CallStaff call -> publish(shown.withStaffCalled(true));
      case PatientInput.Speak speak ->
          publish(shown.with(shown.patient().speaking(speak.language())));
      case PatientInput.Turn turn -> publish(shown.with(shown.patient().turning(turn.comfort())));
      case PadKey key -> press(key);
      case PatientInput.MoreTime more -> {
        extensions++;
        heard.signalAll();
      }
      case PatientInput.Reply reply -> hear(reply);
    }
  }

  /** Who types is there, and is waited for anew. */
  private void press(PadKey key) {
    if (key.sends()) {
      hear(pad.take());
    } else {
      pad.press(key);
      keys++;
      heard.signalAll();
      publish(shown.withTyped(pad.typed()));
    }
  }

  private void hear(PatientInput.Reply reply) {
    pad.wipe();
    said = reply;
    heard.signalAll();
  }

  private void publish(Shown now) {
    shown = now;
    listeners.forEach(listener -> listener.accept(now));
  }

  private void forget() {
    if (said instanceof PatientInput.Pin pin) {
      pin.wipe();
    }
    said = null;
    pad.wipe();
    extensions = 0;
  }

  /** What came of a question. */
  public sealed interface Heard {
    /** The patient said this. */
    record Said(PatientInput.Reply reply) implements Heard {}

    /** The patient said nothing in time. */
    record Silence() implements Heard {}

    /** The patient is no longer there. */
    record Gone() implements Heard {}
  }

  /** One patient's time at the kiosk. */
  public final class Sitting {

    private boolean carrierAway;

    private Sitting() {}

    /** Shows this, if the patient is still there. */
    public void show(ScreenView view) {
      lock.lock();
      try {
        turnTo(view, Optional.empty());
      } finally {
        lock.unlock();
      }
    }

    /** Shows this and waits for what the patient says. */
    public Heard ask(ScreenView view, Duration patience) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        return turnTo(view, Optional.of(patience)) ? listen(patience) : new Heard.Gone();
      } finally {
        lock.unlock();
      }
    }

    /** The patient has gone: the screen is wiped at once and nothing of this sitting comes back. */
    public void leave() {
      lock.lock();
      try {
        if (present == this) {
          clear(new ScreenView.PutCard());
        }
      } finally {
        lock.unlock();
      }
    }

    /**
     * What the patient tapped with is away, as it should be once it has signed: what only it could
     * answer is not asked any more.
     */
    public void carrierIsAway() {
      lock.lock();
      try {
        carrierAway = true;
        if (shown.view() instanceof ScreenView.EnterPin) {
          leave();
        }
      } finally {
        lock.unlock();
      }
    }

    /** Whether the patient has gone. */
    public boolean isOver() {
      lock.lock();
      try {
        return present != this;
      } finally {
        lock.unlock();
      }
    }

    private boolean turnTo(ScreenView view, Optional<Duration> patience) {
      if (carrierAway && view instanceof ScreenView.EnterPin) {
        leave();
      }
      if (present != this) {
        return false;
      }
      forget();
      publish(shown.next(view, patience));
      return true;
    }

    private Heard listen(Duration patience) throws InterruptedException {
      int alive = extensions + keys;
      long nanos = patience.toNanos();
      while (present == this && said == null && nanos > 0) {
        nanos = heard.awaitNanos(nanos);
        if (alive != extensions + keys) {
          alive = extensions + keys;
          nanos = patience.toNanos();
        }
      }
      return present == this ? whatWasSaid() : new Heard.Gone();
    }

    private Heard whatWasSaid() {
      PatientInput.Reply reply = said;
      said = null;
      if (reply == null) {
        return new Heard.Silence();
      }
      // What comes now is for a screen that is over.
      shown = shown.next(shown.view(), Optional.empty());
      return new Heard.Said(reply);
    }
  }
}
