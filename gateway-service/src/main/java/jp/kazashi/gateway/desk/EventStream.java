package jp.kazashi.gateway.desk;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.store.ReadEvents;
import jp.kazashi.qualification.store.ReadEvents.NumberedEvent;

/**
 * What happened at an institution, as a stream that goes on. Everything is read from the record, in
 * the order of the ids; whoever is woken only reads sooner. A subscriber that does not read is not
 * read for.
 */
public final class EventStream {
  /** How far back a subscriber may go on from. */
  public static final Duration KEPT_FOR = Duration.ofHours(24);

  private static final int PAGE = 200;

  private final ReadEvents events;
  private final EventWaiters waiters;
  private final InstantSource clock;
  private final Duration breath;
  private volatile boolean closed;

  /**
   * @param breath how long a stream stays silent before it shows that it is alive
   */
  public EventStream(
      ReadEvents events, EventWaiters waiters, InstantSource clock, Duration breath) {
    this.events = events;
    this.waiters = waiters;
    this.clock = clock;
    this.breath = breath;
  }

  /** One thing that a subscriber is told. */
  public sealed interface Told {
    /** From here on nothing is missed; the id is where to go on from. */
    record Ready(long id) implements Told {}

    record Happened(NumberedEvent event) implements Told {}

    /** Something before is too old to be told any more. */
    record Gap(long id) implements Told {}

    record Breath() implements Told {}
  }

  /**
   * What is told to one subscriber, for as long as it reads.
   *
   * @param after the id of the last event the subscriber has; empty begins now
   * @param welcome asked at each breath; a stream ends when its reader may not read any more
   * @param loop where the record is read
   */
  public Multi<Told> of(
      InstitutionCode institution,
      Optional<Long> after,
      Supplier<Uni<Boolean>> welcome,
      Executor loop) {
    Cursor cursor = new Cursor(institution, welcome, loop);
    Multi<List<Told>> begin =
        after
            .map(id -> Uni.createFrom().item(id))
            .orElseGet(events::newest)
            .map(id -> cursor.begin(id))
            .toMulti();
    Multi<List<Told>> goOn =
        Multi.createBy()
            .repeating()
            .uni(() -> next(cursor))
            .whilst(told -> !cursor.ended && !closed);
    return Multi.createBy()
        .concatenating()
        .streams(begin, goOn)
        .onItem()
        .transformToMultiAndConcatenate(told -> Multi.createFrom().iterable(told));
  }

  /** Tells what is there to all who listen and lets them go: they go on at another node. */
  public void close() {
    closed = true;
    waiters.wakeAll();
  }

  private static final class Cursor {
    private final InstitutionCode institution;
    private final Supplier<Uni<Boolean>> welcome;
    private final Executor loop;
    private long id;
    private boolean ended;

    Cursor(InstitutionCode institution, Supplier<Uni<Boolean>> welcome, Executor loop) {
      this.institution = institution;
      this.welcome = welcome;
      this.loop = loop;
    }

    List<Told> begin(long from) {
      id = from;
      return List.of(new Told.Ready(from));
    }
  }

  private Uni<List<Told>> next(Cursor cursor) {
    // Waiting begins before reading, so that nobody is woken in between unheard.
    Uni<Boolean> woken = waiters.next(cursor.institution, breath).emitOn(cursor.loop);
    return read(cursor)
        .chain(told ->
            told.isEmpty() && !closed
                ? woken.chain(news -> news ? read(cursor) : breathe(cursor))
                : Uni.createFrom().item(told));
  }

  private Uni<List<Told>> read(Cursor cursor) {
    Instant oldest = clock.instant().minus(KEPT_FOR);
    return events
        .after(cursor.institution, cursor.id, PAGE)
        .map(page -> {
          List<Told> told = new ArrayList<>();
          for (NumberedEvent each : page) {
            cursor.id = each.id();
            if (each.event().at().isBefore(oldest)) {
              told.add(new Told.Gap(each.id()));
            } else {
              told.add(new Told.Happened(each));
            }
          }
          return lastGapOnly(told);
        });
  }

  private static List<Told> lastGapOnly(List<Told> told) {
    int last = -1;
    for (int at = 0; at < told.size(); at++) {
      if (told.get(at) instanceof Told.Gap) {
        last = at;
      }
    }
    List<Told> kept = new ArrayList<>();
    for (int at = 0; at < told.size(); at++) {
      if (at == last || !(told.get(at) instanceof Told.Gap)) {
        kept.add(told.get(at));
      }
    }
    return kept;
  }

  private Uni<List<Told>> breathe(Cursor cursor) {
    return cursor
        .welcome
        .get()
        .map(still -> {
          cursor.ended = !still;
          return still ? List.<Told>of(new Told.Breath()) : List.<Told>of();
        });
  }
}
