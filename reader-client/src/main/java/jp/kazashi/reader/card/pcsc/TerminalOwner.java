package jp.kazashi.reader.card.pcsc;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that touches a terminal. Drivers and the services behind them serialise their
 * calls in ways of their own; a wait in one thread can hold up a signature in another. So nobody
 * waits inside the service: between the jobs it is given, the owner looks whether a card is there,
 * and tells those who wait for a change.
 *
 * <p>A job that makes no progress for too long is left alone with its thread, and the next job gets
 * a fresh one. The thread rests when there is nothing to do.
 */
final class TerminalOwner {

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Duration LOOK_AFTER_TROUBLE = Duration.ofMillis(250);
  private static final Duration REST_AFTER = Duration.ofSeconds(5);

  private final TerminalSource source;
  private final @Nullable String wanted;
  private final Duration patience;
  private @Nullable Worker worker;
  private @Nullable CardTerminal known;
  private boolean present;
  private long removals;
  private int waiting;

  /**
   * An owner at rest.
   *
   * @param wanted the terminal's name; null for the first one
   * @param patience how long a single call may take
   */
  TerminalOwner(TerminalSource source, @Nullable String wanted, Duration patience) {
    this.source = source;
    this.wanted = wanted;
    this.patience = patience;
  }

  synchronized String name() {
    if (wanted != null) {
      return wanted;
    }
    return known == null ? "first reader" : known.getName();
  }

  /** A terminal that has vanished, or a service that is away, has no card. */
  boolean look() {
    try {
      return call(this::lookNow, seen -> {});
    } catch (CardException e) {
      return false;
    }
  }

  /**
   * Waits until a card is there, or is not.
   *
   * @return false at the limit, or when the thread was interrupted; its flag is then set
   */
  boolean await(boolean wantedPresence, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    long removalsBefore = enter();
    try {
      return look() == wantedPresence || awaitChange(wantedPresence, removalsBefore, end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      leave();
    }
  }

  private synchronized long enter() {
    waiting++;
    return removals;
  }

  private synchronized void leave() {
    waiting--;
  }

  /** A card that has left and come back meanwhile did leave. */
  private synchronized boolean awaitChange(boolean wantedPresence, long removalsBefore, long end)
      throws InterruptedException {
    while (present != wantedPresence && (wantedPresence || removals == removalsBefore)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      worker();
      TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, LOOK_EVERY.toNanos()));
    }
    return true;
  }

  /** Somebody found out otherwise that the card has left. */
  synchronized void noteRemoval() {
    removals++;
    present = false;
    notifyAll();
  }

  /** For the owner's own thread, or work handed to it. */
  CardTerminal terminal() throws CardException {
    synchronized (this) {
      if (known != null) {
        return known;
      }
    }
    CardTerminal found = find();
    synchronized (this) {
      known = found;
    }
    return found;
  }

  /** A list without readers is an exception on some systems and empty on others. */
  private CardTerminal find() throws CardException {
    try {
      for (CardTerminal terminal : source.terminals().list()) {
        if (wanted == null || wanted.equals(terminal.getName())) {
          return terminal;
        }
      }
    } catch (CardException e) {
      source.troubled(e);
      throw e;
    } catch (RuntimeException e) {
      throw CardTrouble.ofDriver(e);
    }
    throw new CardException(
        wanted == null ? "No reader is connected." : "No reader is named '" + wanted + "'.");
  }

  /** The terminal, and perhaps the service, has to be found anew. */
  void troubled(CardException trouble) {
    synchronized (this) {
      known = null;
    }
    source.troubled(trouble);
  }

  private boolean lookNow() {
    boolean now = false;
    try {
      now = terminal().isCardPresent();
    } catch (CardException e) {
      troubled(e);
    } catch (RuntimeException e) {
      troubled(CardTrouble.ofDriver(e));
    }
    synchronized (this) {
      if (present && !now) {
        removals++;
      }
      present = now;
      notifyAll();
    }
    return now;
  }

  /** In the job: what comes now may again take as long as a single call may. */
  void progress() {
    if (Thread.currentThread() instanceof Worker current) {
      current.busySince = System.nanoTime();
    }
  }

  /**
   * Has the owner's thread do this, and waits for it.
   *
   * @param leftAlone what becomes of the result if the work comes back when nobody waits any more
   * @throws CardException what the work threw, or that it did not come back
   */
  <R> R call(Callable<R> work, Consumer<R> leftAlone) throws CardException {
    if (Thread.currentThread() instanceof Worker current && current.belongsTo(this)) {
      return now(work);
    }
    Job<R> job = new Job<>(work, leftAlone);
    Worker doing = give(job);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return job.outcome.get(doing.left(patience), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          if (doing.left(patience) <= 0) {
            leaveAlone(doing);
            throw new CardException("The reader does not answer.", e);
          }
        } catch (ExecutionException e) {
          throw thrown(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <R> R now(Callable<R> work) throws CardException {
    try {
      return work.call();
    } catch (CardException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static CardException thrown(ExecutionException e) {
    return switch (e.getCause()) {
      case CardException trouble -> trouble;
      case RuntimeException bug -> throw bug;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException(e);
    };
  }

  private synchronized Worker give(Job<?> job) {
    Worker given = worker();
    given.jobs.add(job);
    return given;
  }

  private synchronized Worker worker() {
    Worker current = worker;
    if (current == null || !current.isAlive()) {
      current = new Worker();
      worker = current;
      current.start();
    }
    return current;
  }

  private synchronized void leaveAlone(Worker stuck) {
    stuck.leftAlone = true;
    if (worker == stuck) {
      worker = null;
      known = null;
      source.stuck();
    }
    stuck.jobs.forEach(Job::refuse);
  }

  /** True if there is really nothing to do. */
  private synchronized boolean rest(Worker tired) {
    if (worker == tired && waiting == 0 && tired.jobs.isEmpty()) {
      worker = null;
    }
    return worker != tired;
  }

  private synchronized boolean isFound() {
    return known != null;
  }

  private synchronized boolean isAwaited() {
    return waiting > 0;
  }

  private static final class Job<R> {

    private final Callable<R> work;
    private final Consumer<R> leftAlone;
    private final CompletableFuture<R> outcome = new CompletableFuture<>();

    private Job(Callable<R> work, Consumer<R> leftAlone) {
      this.work = work;
      this.leftAlone = leftAlone;
    }

    private void perform(Worker by) {
      try {
        R result = work.call();
        if (by.leftAlone) {
          leftAlone.accept(result);
        } else {
          outcome.complete(result);
        }
      } catch (Exception | Error e) {
        // It is thrown to whoever gave the job.
        outcome.completeExceptionally(e);
      }
    }

    private void refuse() {
      outcome.completeExceptionally(new CardException("The reader does not answer."));
    }
  }

  private final class Worker extends Thread {

    private final LinkedBlockingQueue<Job<?>> jobs = new LinkedBlockingQueue<>();
    private volatile boolean leftAlone;
    private volatile boolean busy;
    private volatile long busySince;
    private long lookAt = System.nanoTime();

    private Worker() {
      super("card-reader");
      setDaemon(true);
    }

    private boolean belongsTo(TerminalOwner owner) {
      return owner == TerminalOwner.this;
    }

    /** Who has nothing to do is not stuck. */
    private long left(Duration patience) {
      return busy ? busySince + patience.toNanos() - System.nanoTime() : patience.toNanos();
    }

    @Override
    public void run() {
      while (!leftAlone) {
        Job<?> job = next();
        busySince = System.nanoTime();
        busy = true;
        if (job != null) {
          job.perform(this);
        } else if (!isAwaited() && rest(this)) {
          return;
        }
        if (isAwaited() && System.nanoTime() - lookAt >= 0) {
          lookAndPlanNext();
        }
        busy = false;
      }
    }

    private @Nullable Job<?> next() {
      long pause = isAwaited() ? lookAt - System.nanoTime() : REST_AFTER.toNanos();
      try {
        return jobs.poll(pause, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt this thread.
        return null;
      }
    }

    private void lookAndPlanNext() {
      busySince = System.nanoTime();
      lookNow();
      lookAt = System.nanoTime() + (isFound() ? LOOK_EVERY : LOOK_AFTER_TROUBLE).toNanos();
    }
  }
}
