package jp.kazashi.gateway.adapter.redis;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import jp.kazashi.gateway.adapter.ops.Alarms;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.port.LimitRequests;
import org.jspecify.annotations.Nullable;

/**
 * Limits per terminal and per institution over fixed windows. A node takes its share of a window
 * from Redis in small leases, so that most requests cost no round trip. Windows are numbered by
 * Redis's clock, carried on by this node's monotonic time. While Redis is away a node grants a
 * whole window by itself, and asks again after a moment.
 */
public final class RequestLimits implements LimitRequests {
  private static final Ruling ADMITTED = new Ruling.Admitted();
  private static final int LEASES_A_WINDOW = 20;
  private static final int MOST_BUCKETS = 50_000;
  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SYNC_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final SharedCounts shared;
  private final Allowance terminal;
  private final Allowance institution;
  private final Allowance failedLookUps;
  private final LongSupplier nanoTime;
  private final Alarms alarms;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final AtomicBoolean syncing = new AtomicBoolean();

  /** What to add to monotonic time to have the time all nodes share; none until Redis said. */
  private volatile long aheadMillis;

  private volatile long syncedAt;
  private volatile boolean everSynced;
  private volatile long awayUntil;
  private volatile boolean away;

  /** So many in one window. */
  public record Allowance(String name, int permits, Duration window) {
    int lease() {
      return Math.max(1, permits / LEASES_A_WINDOW);
    }
  }

  public RequestLimits(
      SharedCounts shared,
      Allowance terminal,
      Allowance institution,
      Allowance failedLookUps,
      LongSupplier nanoTime,
      Alarms alarms) {
    this.shared = shared;
    this.terminal = terminal;
    this.institution = institution;
    this.failedLookUps = failedLookUps;
    this.nanoTime = nanoTime;
    this.alarms = alarms;
  }

  @Override
  public Uni<Ruling> admit(Caller caller) {
    String whole = caller.role() + "/" + caller.organisation();
    Bucket own = bucket(terminal, whole + "/" + caller.system());
    Bucket all = bucket(institution, caller.organisation());
    // Nearly always both have something left, and nothing needs to be waited for.
    return take(own).chain(first -> first instanceof Ruling.Admitted ? take(all) : item(first));
  }

  @Override
  public Uni<Ruling> mayLookUp(Caller caller) {
    Bucket bucket = bucket(failedLookUps, caller.organisation());
    Window window = window(failedLookUps);
    return askShared(shared.sum(key(bucket, window)))
        .map(sum -> bucket.atLeast(window, sum))
        .onFailure()
        .recoverWithItem(() -> bucket.used(window))
        .map(used -> used < failedLookUps.permits() ? ADMITTED : limited(window));
  }

  @Override
  public Uni<Void> lookUpFailed(Caller caller) {
    Bucket bucket = bucket(failedLookUps, caller.organisation());
    Window window = window(failedLookUps);
    bucket.use(window);
    return askShared(shared.add(key(bucket, window), 1, keep(failedLookUps)))
        .invoke(sum -> bucket.atLeast(window, sum))
        .replaceWithVoid()
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Ruling> take(Bucket bucket) {
    syncIfDue();
    Window window = window(bucket.allowance);
    return switch (bucket.take(window, isAway())) {
      case GRANTED -> item(ADMITTED);
      case SPENT -> item(limited(window));
      case LEASE -> lease(bucket, window);
    };
  }

  /** Whoever needs a lease while one is under way waits for that one. */
  private Uni<Ruling> lease(Bucket bucket, Window window) {
    return bucket
        .leasing(() -> {
          int wanted = bucket.allowance.lease();
          return askShared(shared.add(key(bucket, window), wanted, keep(bucket.allowance)))
              .invoke(sum -> bucket.leased(window, wanted, sum))
              .replaceWithVoid()
              .onFailure()
              .recoverWithNull()
              .eventually(bucket::leasingEnded)
              .memoize()
              .indefinitely();
        })
        .chain(done -> take(bucket));
  }

  private <T> Uni<T> askShared(Uni<T> question) {
    if (isAway()) {
      return Uni.createFrom().failure(new RedisAway());
    }
    return question
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onItem()
        .invoke(this::isBack)
        .onFailure()
        .invoke(this::wentAway);
  }

  private boolean isAway() {
    return away && nanoTime.getAsLong() - awayUntil < 0;
  }

  private void wentAway(Throwable why) {
    awayUntil = nanoTime.getAsLong() + QUIET_NANOS;
    away = true;
    alarms.raise(Alarms.Kind.REDIS, "Redis does not answer; limits are this node's own");
  }

  private void isBack() {
    if (away) {
      away = false;
      alarms.clear(Alarms.Kind.REDIS);
    }
  }

  private void syncIfDue() {
    long now = nanoTime.getAsLong();
    boolean due = !everSynced || now - syncedAt > SYNC_NANOS;
    if (due && !isAway() && syncing.compareAndSet(false, true)) {
      askShared(shared.millis())
          .eventually(() -> syncing.set(false))
          .subscribe()
          .with(this::synced, failed -> {});
    }
  }

  private void synced(long sharedMillis) {
    long now = nanoTime.getAsLong();
    aheadMillis = sharedMillis - TimeUnit.NANOSECONDS.toMillis(now);
    syncedAt = now;
    everSynced = true;
  }

  private record Window(long number, Duration left) {}

  private Window window(Allowance allowance) {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong()) + aheadMillis;
    long length = allowance.window().toMillis();
    long number = Math.floorDiv(millis, length);
    return new Window(number, Duration.ofMillis((number + 1) * length - millis));
  }

  private static Ruling limited(Window window) {
    return new Ruling.Limited(window.left());
  }

  private static Duration keep(Allowance allowance) {
    return allowance.window().multipliedBy(2);
  }

  private static String key(Bucket bucket, Window window) {
    return bucket.key + ":" + window.number();
  }

  private static Uni<Ruling> item(Ruling ruling) {
    return Uni.createFrom().item(ruling);
  }

  private Bucket bucket(Allowance allowance, String who) {
    String key = allowance.name() + ":" + who;
    Bucket known = buckets.get(key);
    if (known != null) {
      return known;
    }
    if (buckets.size() >= MOST_BUCKETS) {
      // Few are alive at one moment; what a fresh one forgets is a part of one window.
      buckets.values().removeIf(each -> each.isPast(window(each.allowance).number()));
    }
    return buckets.computeIfAbsent(key, name -> new Bucket(name, allowance));
  }

  private enum Taken {
    GRANTED,
    SPENT,
    LEASE
  }

  /** What one caller has left of the present window on this node. */
  private static final class Bucket {
    private final String key;
    private final Allowance allowance;
    private long number = Long.MIN_VALUE;
    private int left;
    private int used;
    private boolean spent;
    private @Nullable Uni<Void> lease;

    Bucket(String key, Allowance allowance) {
      this.key = key;
      this.allowance = allowance;
    }

    synchronized Taken take(Window window, boolean alone) {
      turnTo(window);
      if (left > 0) {
        left--;
        used++;
        return Taken.GRANTED;
      }
      if (spent) {
        return Taken.SPENT;
      }
      if (!alone) {
        return Taken.LEASE;
      }
      if (used >= allowance.permits()) {
        return Taken.SPENT;
      }
      used++;
      return Taken.GRANTED;
    }

    synchronized void leased(Window window, int wanted, long sum) {
      if (number != window.number()) {
        return;
      }
      long before = sum - wanted;
      int granted = (int) Math.max(0, Math.min(wanted, allowance.permits() - before));
      left += granted;
      spent = granted == 0;
    }

    synchronized Uni<Void> leasing(Supplier<Uni<Void>> ask) {
      Uni<Void> underWay = lease;
      if (underWay == null) {
        underWay = ask.get();
        lease = underWay;
      }
      return underWay;
    }

    synchronized void leasingEnded() {
      lease = null;
    }

    synchronized void use(Window window) {
      turnTo(window);
      used++;
    }

    synchronized int used(Window window) {
      turnTo(window);
      return used;
    }

    synchronized int atLeast(Window window, long sum) {
      turnTo(window);
      used = (int) Math.max(used, Math.min(sum, Integer.MAX_VALUE));
      return used;
    }

    synchronized boolean isPast(long present) {
      return number != present;
    }

    private void turnTo(Window window) {
      if (number != window.number()) {
        number = window.number();
        left = 0;
        used = 0;
        spent = false;
      }
    }
  }

  /** Not asked, because it did not answer a moment ago. */
  private static final class RedisAway extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RedisAway() {
      super("Redis is away", null, false, false);
    }
  }
}
