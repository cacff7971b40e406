package jp.kazashi.reader.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import jp.kazashi.consent.desk.LookBook;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.consent.desk.StaffDoor;
import jp.kazashi.consent.desk.Told;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.LocalReason;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Who sits at this desk. The gateway lets people in and keeps the lockout; here it is known which
 * browser holds which of its sessions, and whoever does nothing for a while has gone.
 */
public final class Seats implements StaffDoor {

  static final Duration IDLE = Duration.ofMinutes(15);

  /** So long nobody is kept waiting again by a gateway that did not answer at once. */
  private static final Duration NOT_ASKED_AGAIN = Duration.ofSeconds(15);

  private static final String NO_SESSION = "STAFF_SESSION_MISSING";
  private static final int KEY_BYTES = 32;
  private static final int MOST = 64;

  private final Optional<DeskLink> link;
  private final LocalSignIn local;
  private final Diary diary;
  private final LocalReasons reasons;
  private final InstantSource real;
  private final LongSupplier ticks;
  private final SecureRandom random;
  private final Map<String, Taken> taken = new ConcurrentHashMap<>();
  private final List<Runnable> onSeated = new CopyOnWriteArrayList<>();
  private final AtomicLong notAskedBefore;

  Seats(
      Optional<DeskLink> link,
      LocalSignIn local,
      Diary diary,
      LocalReasons reasons,
      InstantSource real,
      LongSupplier ticks,
      SecureRandom random) {
    this.link = link;
    this.local = local;
    this.diary = diary;
    this.reasons = reasons;
    this.real = real;
    this.ticks = ticks;
    this.random = random;
    this.notAskedBefore = new AtomicLong(ticks.getAsLong());
  }

  /** A seat with what only the gateway should see of it. */
  private static final class Taken {
    private final Seat seat;
    private final @Nullable StaffSession session;
    private final long ends;
    private volatile long seen;

    Taken(Seat seat, @Nullable StaffSession session, long ends, long seen) {
      this.seat = seat;
      this.session = session;
      this.ends = ends;
      this.seen = seen;
    }

    boolean isOver(long now) {
      return now - ends >= 0 || now - seen >= IDLE.toNanos();
    }
  }

  @Override
  public Told<Seat> signIn(String login, String password) {
    if (link.isEmpty()) {
      return Telling.no(reasons, LocalReason.NO_DESK_KEY);
    }
    StaffLogin who = new StaffLogin(login, password);
    return switch (link.get().open(who)) {
      case GatewayReply.Given<DeskLink.Welcome> given -> welcome(who, given.value());
      case GatewayReply.Refused<DeskLink.Welcome> refused -> refused(who, refused.refusal());
    };
  }

  private Told<Seat> welcome(StaffLogin who, DeskLink.Welcome welcome) {
    local.remember(who.login(), who.password(), welcome.name(), welcome.right());
    diary.note(who.login(), Doing.SIGNED_IN, "", "");
    Seat seat = new Seat(key(), who.login(), welcome.name(), welcome.right(), false);
    Duration life = Duration.between(real.instant(), welcome.expiresAt());
    return sit(seat, welcome.session(), life);
  }

  private Told<Seat> refused(StaffLogin who, Refusal refusal) {
    if (!refusal.isOfDeadLine()) {
      if (local.find(who.login(), who.password()).isPresent()) {
        // The account was closed or locked meanwhile: what is known of it here is no longer true.
        local.forget(who.login());
      }
      diary.note(who.login(), Doing.SIGN_IN_REFUSED, refusal.reason().value(), "");
      return Telling.no(refusal);
    }
    Optional<LocalSignIn.Found> found = local.find(who.login(), who.password());
    if (found.isEmpty()) {
      diary.note(who.login(), Doing.SIGN_IN_REFUSED, refusal.reason().value(), "");
      return Telling.no(reasons, LocalReason.LOCAL_SIGN_IN_REFUSED);
    }
    diary.note(who.login(), Doing.LOCAL_SIGN_IN, "", "");
    Seat seat = new Seat(key(), who.login(), found.get().name(), found.get().right(), true);
    return sit(seat, null, LocalSignIn.LONGEST);
  }

  private Told<Seat> sit(Seat seat, @Nullable StaffSession session, Duration life) {
    long now = ticks.getAsLong();
    sweep();
    taken.put(seat.key(), new Taken(seat, session, now + life.toNanos(), now));
    onSeated.forEach(Runnable::run);
    return new Told.Yes<>(seat);
  }

  /** Whoever's time has run out leaves, and so does the longest idle of too many. */
  private void sweep() {
    long now = ticks.getAsLong();
    for (Taken one : List.copyOf(taken.values())) {
      if (one.isOver(now)) {
        leave(one, Doing.TIMED_OUT);
      }
    }
    while (taken.size() >= MOST) {
      taken.values().stream()
          .max((a, b) -> Long.compare(now - a.seen, now - b.seen))
          .ifPresent(idle -> leave(idle, Doing.TIMED_OUT));
    }
  }

  @Override
  public Optional<Seat> seat(String key) {
    Optional<Taken> one = present(key);
    one.ifPresent(seated -> seated.seen = ticks.getAsLong());
    return one.map(seated -> seated.seat);
  }

  @Override
  public boolean isSeated(String key) {
    return present(key).isPresent();
  }

  private Optional<Taken> present(String key) {
    Taken one = taken.get(key);
    if (one != null && one.isOver(ticks.getAsLong())) {
      Thread.startVirtualThread(() -> leave(one, Doing.TIMED_OUT));
      return Optional.empty();
    }
    return Optional.ofNullable(one);
  }

  @Override
  public boolean isLetIn(Seat seat) {
    Optional<StaffSession> session = session(seat);
    if (session.isPresent() && ticks.getAsLong() - notAskedBefore.get() >= 0) {
      var _ = calls(session.get());
    }
    return isSeated(seat.key());
  }

  /** Whose session the gateway has ended leaves here as well; the open calls, if it answered. */
  Optional<JsonNode> look() {
    Optional<JsonNode> open = Optional.empty();
    for (StaffSession session : sessions()) {
      Optional<JsonNode> before = open;
      open = calls(session).or(() -> before);
    }
    return open;
  }

  /** The open calls of the institution, and by the way whether the session lives. */
  Optional<JsonNode> calls(StaffSession session) {
    if (link.isEmpty()) {
      return Optional.empty();
    }
    return switch (link.get().calls(session)) {
      case GatewayReply.Given<JsonNode> given -> Optional.of(given.value());
      case GatewayReply.Refused<JsonNode> refused -> {
        Refusal why = refused.refusal();
        if (why.reason().value().equals(NO_SESSION)) {
          ended(session);
        } else if (why.isOfDeadLine()) {
          notAskedBefore.set(ticks.getAsLong() + NOT_ASKED_AGAIN.toNanos());
        }
        yield Optional.empty();
      }
    };
  }

  @Override
  public void signOut(Seat seat) {
    Taken one = taken.get(seat.key());
    if (one != null) {
      leave(one, Doing.SIGNED_OUT);
    }
  }

  private void leave(Taken one, Doing how) {
    if (taken.remove(one.seat.key(), one)) {
      diary.note(one.seat.login(), how, "", "");
      StaffSession session = one.session;
      if (session != null && link.isPresent()) {
        // Whatever comes of it: here the seat is given up.
        var _ = link.get().send(session, "DELETE", "/v1/staff/sessions", Map.of());
      }
    }
  }

  /** Its session at the gateway; none of a seat that is local or given up. */
  Optional<StaffSession> session(Seat seat) {
    return present(seat.key()).flatMap(one -> Optional.ofNullable(one.session));
  }

  /** A session through which events may be heard; whoever sits there does not matter to them. */
  Optional<StaffSession> anySession() {
    return sessions().stream().findFirst();
  }

  private List<StaffSession> sessions() {
    long now = ticks.getAsLong();
    return taken.values().stream()
        .filter(one -> !one.isOver(now))
        .flatMap(one -> Stream.ofNullable(one.session))
        .toList();
  }

  /** Is told whenever somebody sits down. */
  void whenSeated(Runnable listener) {
    onSeated.add(listener);
  }

  /** The gateway does not know that session any more. */
  void ended(StaffSession session) {
    taken.values().stream()
        .filter(one -> session.equals(one.session))
        .toList()
        .forEach(one -> leave(one, Doing.TIMED_OUT));
  }

  /** Asks for a member of staff with a session of the gateway's. */
  <T> Told<T> with(Seat seat, Asking<T> asking) {
    Optional<StaffSession> session = session(seat);
    if (session.isEmpty() || link.isEmpty()) {
      return Telling.no(
          reasons, seat.local() ? LocalReason.LOCAL_SIGN_IN_ONLY : LocalReason.SIGNED_OUT);
    }
    Told<T> told = asking.ask(link.get(), session.get());
    if (told instanceof Told.No<T>(String reason, var _) && reason.equals(NO_SESSION)) {
      ended(session.get());
      return Telling.no(reasons, LocalReason.SIGNED_OUT);
    }
    return told;
  }

  /** Something asked over the desk's line. */
  interface Asking<T> {
    Told<T> ask(DeskLink link, StaffSession session);
  }

  // ---------------------------------------------------------------- accounts

  @Override
  public Told<List<Account>> accounts(Seat seat) {
    return with(
        seat, (line, session) -> Telling.told(line.get(session, "/v1/staff"), Seats::readAccounts));
  }

  private static List<Account> readAccounts(JsonNode answer) {
    List<Account> accounts = new ArrayList<>();
    answer.path("staff").forEach(one -> accounts.add(account(one)));
    return accounts;
  }

  private static Account account(JsonNode one) {
    return new Account(
        one.path("id").asText(),
        one.path("login").asText(),
        one.path("name").asText(),
        Seat.Right.valueOf(one.path("role").asText()),
        one.path("active").asBoolean());
  }

  @Override
  public Told<Account> add(
      Seat seat, String login, String name, Seat.Right right, String password) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("login", login);
    body.put("name", name);
    body.put("role", right.name());
    body.put("password", password);
    return with(
        seat,
        (line, session) ->
            Telling.told(
                line.send(session, "POST", "/v1/staff", body), answer -> noted(seat, answer)));
  }

  @Override
  public Told<Account> change(Seat seat, String account, Change change) {
    if (!account.matches("[0-9a-f-]{36}")) {
      return Telling.no(reasons, LocalReason.NOTHING_WAITS);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    change.right().ifPresent(right -> body.put("role", right.name()));
    change.active().ifPresent(active -> body.put("active", active));
    change.password().ifPresent(password -> body.put("password", password));
    if (change.unlock()) {
      body.put("unlock", true);
    }
    return with(
        seat,
        (line, session) ->
            Telling.told(
                line.send(session, "PATCH", "/v1/staff/" + account, body),
                answer -> {
                  local.forget(answer.path("login").asText());
                  return noted(seat, answer);
                }));
  }

  private Account noted(Seat seat, JsonNode answer) {
    diary.note(seat.login(), Doing.ACCOUNT, answer.path("login").asText(), answer);
    return account(answer);
  }

  @Override
  public Told<LookBook> looks(Seat seat, LookBook.Asked asked) {
    return with(
        seat,
        (line, session) ->
            Telling.told(
                line.looks(session, asked),
                book -> {
                  diary.note(seat.login(), Doing.LOOKS, "", "");
                  return book;
                }));
  }

  @Override
  public List<Deed> deeds(Seat seat) {
    return seat.administers()
        ? diary.deeds()
        : diary.deeds().stream().filter(deed -> deed.login().equals(seat.login())).toList();
  }

  private String key() {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
