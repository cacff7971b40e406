package jp.kazashi.gateway.adapter.revocation;

import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.adapter.http.BoundedHttp;
import jp.kazashi.gateway.adapter.http.BoundedHttp.Bounds;
import jp.kazashi.gateway.adapter.http.BoundedHttp.Reply;
import jp.kazashi.gateway.adapter.http.BoundedHttp.TooLarge;
import jp.kazashi.gateway.adapter.revocation.CrlShelf.Kept;
import jp.kazashi.gateway.adapter.revocation.CrlShelf.Taking;
import jp.kazashi.jpki.revocation.ListLimits;
import jp.kazashi.jpki.revocation.RevocationList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the lists of the configured sources warm, so that no check ever waits for one. What cannot
 * be fetched, read or believed leaves the last good list where it is.
 */
public final class CrlPrefetch {
  private static final Logger LOG = Logger.getLogger(CrlPrefetch.class);
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  private final Vertx vertx;
  private final BoundedHttp http;
  private final CrlShelf shelf;
  private final Settings settings;
  private final RevocationMeters meters;
  private final InstantSource clock;
  private final InstantSource steady;
  private final RandomGenerator random;
  private final Map<URI, Slot> slots = new HashMap<>();

  /**
   * Which lists, how often, and within which bounds.
   *
   * @param budget longest time one list may take to come
   */
  public record Settings(List<URI> sources, Duration every, Duration budget, ListLimits limits) {
    public Settings {
      sources = List.copyOf(sources);
    }
  }

  /**
   * Nothing is fetched before {@link #look}.
   *
   * @param clock the world's, by which lists live
   * @param steady one that nobody sets, by which is waited
   */
  public CrlPrefetch(
      Vertx vertx,
      BoundedHttp http,
      CrlShelf shelf,
      Settings settings,
      RevocationMeters meters,
      InstantSource clock,
      InstantSource steady,
      RandomGenerator random) {
    this.vertx = vertx;
    this.http = http;
    this.shelf = shelf;
    this.settings = settings;
    this.meters = meters;
    this.clock = clock;
    this.steady = steady;
    this.random = random;
    settings.sources().forEach(source -> slots.put(source, new Slot(source)));
  }

  /** Fetches what is due; the rest is left alone. Never fails. */
  public Uni<Void> look() {
    List<Uni<Void>> due = slots.values().stream().filter(Slot::begins).map(Slot::fetch).toList();
    return due.isEmpty()
        ? Uni.createFrom().voidItem()
        : Uni.join().all(due).andCollectFailures().replaceWithVoid();
  }

  /** Whether every source was tried, with whatever success. */
  public boolean hasLooked() {
    return slots.values().stream().allMatch(Slot::wasTried);
  }

  /** Which sources could not be used at the last look, and why. */
  public Optional<String> trouble() {
    List<String> failing =
        slots.values().stream().flatMap(slot -> slot.trouble().stream()).sorted().toList();
    return failing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", failing));
  }

  /** One source, and what is known of its list. */
  private final class Slot {
    private final RefreshRule rule = new RefreshRule(settings.every());
    private final URI source;
    private @Nullable String tag;
    private @Nullable String modified;
    private @Nullable String failure;
    private int failures;
    private boolean tried;
    private boolean fetching;
    private Instant notBefore = Instant.MIN;
    private Instant pauseEnds = Instant.MIN;
    private Instant wanted = Instant.MIN;

    Slot(URI source) {
      this.source = source;
    }

    /** Whether it is due, and nobody is at it. */
    synchronized boolean begins() {
      if (fetching || steady.instant().isBefore(notBefore) || !isDue(clock.instant())) {
        return false;
      }
      fetching = true;
      return true;
    }

    private boolean isDue(Instant at) {
      Optional<Kept> kept = shelf.of(source);
      boolean jumpedBack = kept.map(list -> list.snapshot().fetchedAt().isAfter(at)).orElse(false);
      return kept.isEmpty()
          || jumpedBack
          || !steady.instant().isBefore(pauseEnds)
          || !at.isBefore(wanted);
    }

    Uni<Void> fetch() {
      Instant begun = steady.instant();
      return http.get(
              source, conditions(), new Bounds(settings.limits().mostOctets(), settings.budget()))
          .chain(this::take)
          .onFailure()
          .recoverWithItem(failed -> word(failed))
          .invoke(outcome ->
              meters.exchanged(source, outcome, Duration.between(begun, steady.instant())))
          .invoke(this::done)
          .replaceWithVoid();
    }

    private synchronized Map<String, String> conditions() {
      Map<String, String> conditions = new HashMap<>();
      if (tag != null) {
        conditions.put("If-None-Match", tag);
      } else if (modified != null) {
        conditions.put("If-Modified-Since", modified);
      }
      return conditions;
    }

    private Uni<String> take(Reply reply) {
      if (reply.status() == NOT_MODIFIED) {
        return Uni.createFrom().item("unchanged");
      }
      if (reply.status() != OK) {
        return Uni.createFrom().item("refused");
      }
      // Reading and verifying a list of a million takes its time: not on the event loop.
      return Uni.createFrom()
          .completionStage(
              () -> vertx.executeBlocking(() -> judged(reply), false).toCompletionStage());
    }

    private String judged(Reply reply) {
      Optional<RevocationList> list =
          RevocationList.read(reply.body().getBytes(), settings.limits());
      if (list.isEmpty()) {
        return "malformed";
      }
      Instant at = clock.instant();
      return switch (shelf.offer(list.get(), source, at)) {
        case Taking.Taken(var now) -> {
          taken(now, reply.headers());
          yield "taken";
        }
        case Taking.Refused(var why) -> why.toLowerCase(Locale.ROOT).replace('_', '-');
      };
    }

    private synchronized void taken(Kept now, MultiMap headers) {
      tag = headers.get("ETag");
      modified = headers.get("Last-Modified");
      wanted = rule.wanted(now.snapshot().list(), now.until(), random);
      LOG.infof(
          "event=crl-taken source=%s entries=%d until=%s",
          source, now.snapshot().list().size(), now.until());
    }

    private synchronized void done(String outcome) {
      boolean good = outcome.equals("taken") || outcome.equals("unchanged");
      Instant now = steady.instant();
      fetching = false;
      tried = true;
      failures = good ? 0 : failures + 1;
      notBefore = now.plus(good ? RefreshRule.SHORTEST : rule.afterFailures(failures, random));
      pauseEnds = now.plus(rule.pause(random));
      if (!good && !outcome.equals(failure)) {
        LOG.warnf("event=crl-missed source=%s cause=%s", source, outcome);
      }
      failure = good ? null : outcome;
    }

    synchronized boolean wasTried() {
      return tried;
    }

    synchronized Optional<String> trouble() {
      return Optional.ofNullable(failure).map(why -> source + ": " + why);
    }
  }

  private static String word(Throwable failed) {
    return switch (failed) {
      case TimeoutException late -> "timed-out";
      case TooLarge large -> "too-large";
      default -> "unreachable";
    };
  }
}
