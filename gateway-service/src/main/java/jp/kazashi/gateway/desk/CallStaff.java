package jp.kazashi.gateway.desk;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.staff.StaffCall;
import jp.kazashi.qualification.staff.StaffCall.Ending;
import jp.kazashi.qualification.staff.StaffCall.Want;
import jp.kazashi.qualification.store.Deed;
import jp.kazashi.qualification.store.FindCalls;
import jp.kazashi.qualification.store.FindCalls.KeptCall;
import jp.kazashi.qualification.store.ReadEvents;

/**
 * Carries a call for staff from the terminal of a kiosk to all desks of its institution, and back
 * who answered. A terminal has at most one call of a kind; each lasts a bounded time.
 */
public final class CallStaff {
  private final FindCalls calls;
  private final ReadEvents events;
  private final EventWaiters waiters;
  private final Desk desk;
  private final InstantSource steady;

  /**
   * @param steady measures how long a call lasts; no world moves it
   */
  public CallStaff(
      FindCalls calls, ReadEvents events, EventWaiters waiters, Desk desk, InstantSource steady) {
    this.calls = calls;
    this.events = events;
    this.waiters = waiters;
    this.desk = desk;
    this.steady = steady;
  }

  /** How it stands with a call. */
  public enum CallState {
    WAITING,
    ANSWERED,
    WITHDRAWN,
    EXPIRED
  }

  /** A call as it stands now. */
  public record Standing(StaffCall call, CallState state, Instant at, Optional<UUID> pass) {}

  /**
   * The open calls of an institution.
   *
   * @param asOf every event up to that id is in them
   */
  public record Open(long asOf, List<Standing> calls) {}

  /** The same call told again rings no second time; empty when another terminal's has that id. */
  public Uni<Optional<Standing>> call(Caller caller, UUID id, Want want) {
    var call = new StaffCall(id, caller.institution(), caller.system(), want, steady.instant());
    return desk.told(
            caller,
            AuditKind.STAFF_CALL,
            "CALLED",
            about(call),
            telling(call, CallState.WAITING),
            new Deed.Call(call))
        .chain(rung -> own(caller, id))
        .map(own -> own.filter(standing -> standing.call().want() == want));
  }

  /** The terminal's own call; as soon as it is not open any more, or after so long. */
  public Uni<Optional<Standing>> follow(Caller caller, UUID id, Duration longest, Executor loop) {
    return follow(caller, id, steady.instant().plus(longest), loop);
  }

  private Uni<Optional<Standing>> follow(Caller caller, UUID id, Instant until, Executor loop) {
    Instant now = steady.instant();
    if (!now.isBefore(until)) {
      return own(caller, id);
    }
    // Waiting begins before reading, so that nobody is woken in between unheard.
    Uni<Boolean> news =
        waiters.next(caller.institution(), Duration.between(now, until)).emitOn(loop);
    return own(caller, id)
        .chain(own ->
            own.filter(standing -> standing.state() == CallState.WAITING).isPresent()
                ? news.chain(woken -> follow(caller, id, woken ? until : now, loop))
                : Uni.createFrom().item(own));
  }

  public Uni<Open> open(InstitutionCode institution) {
    return events
        .newest()
        .chain(asOf -> {
          Instant now = steady.instant();
          return calls
              .open(institution, now)
              .map(open ->
                  new Open(
                      asOf,
                      open.stream()
                          .map(call -> new Standing(call, CallState.WAITING, now, Optional.empty()))
                          .toList()));
        });
  }

  /** By the terminal whose call it is: nobody waits there any more. */
  public Uni<Optional<Standing>> takeBack(Caller caller, UUID id) {
    return own(caller, id)
        .chain(own ->
            own.isEmpty()
                ? Uni.createFrom().item(own)
                : end(caller, own.get(), Ending.WITHDRAWN).chain(() -> own(caller, id)));
  }

  /** By a member of staff at any desk of the institution: somebody comes. */
  public Uni<Optional<Standing>> answer(Caller caller, UUID id) {
    return find(caller.institution(), id)
        .chain(found ->
            found.isEmpty()
                ? Uni.createFrom().item(found)
                : end(caller, found.get(), Ending.ANSWERED)
                    .chain(() -> find(caller.institution(), id)));
  }

  /** Of a call that is over already nothing is changed, and nobody told. */
  private Uni<Void> end(Caller caller, Standing standing, Ending ending) {
    if (standing.state() != CallState.WAITING) {
      return Uni.createFrom().voidItem();
    }
    StaffCall call = standing.call();
    return desk.told(
            caller,
            AuditKind.STAFF_CALL,
            ending.name(),
            about(call),
            telling(call, CallState.valueOf(ending.name())),
            new Deed.EndCall(
                call.institution(), call.id(), ending, Optional.empty(), steady.instant()))
        .replaceWithVoid();
  }

  private Uni<Optional<Standing>> own(Caller caller, UUID id) {
    return find(caller.institution(), id)
        .map(found -> found.filter(standing -> standing.call().terminal().equals(caller.system())));
  }

  Uni<Optional<Standing>> find(InstitutionCode institution, UUID id) {
    return calls
        .byId(institution, id)
        .map(found -> found.map(kept -> standing(kept, steady.instant())));
  }

  private static Standing standing(KeptCall kept, Instant at) {
    CallState state =
        kept.ending()
            .map(ending -> CallState.valueOf(ending.name()))
            .orElse(kept.isOpen(at) ? CallState.WAITING : CallState.EXPIRED);
    return new Standing(kept.call(), state, at, kept.pass());
  }

  /** Where and what for: nobody knows who it is. */
  static Desk.Telling telling(StaffCall call, CallState state) {
    String json =
        """
        {"call":"%s","terminal":"%s","want":"%s","state":"%s"}\
        """
            .formatted(call.id(), call.terminal(), call.want(), state);
    return new Desk.Telling("call", call.id(), json);
  }

  private static Map<String, String> about(StaffCall call) {
    return Map.of(
        "call", call.id().toString(), "terminal", call.terminal(), "want", call.want().name());
  }
}
