package jp.kazashi.gateway.desk;

import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.port.HashPasswords;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.staff.LockoutPolicy;
import jp.kazashi.qualification.staff.PasswordHash;
import jp.kazashi.qualification.staff.StaffAccount;
import jp.kazashi.qualification.staff.StaffSession;
import jp.kazashi.qualification.store.Deed;
import jp.kazashi.qualification.store.KeepStaff;
import jp.kazashi.qualification.store.KeepStaffSessions;

/** Signs staff in and out. Whoever may not come in learns neither whether the account exists. */
public final class SignIn {
  private static final int TOKEN_BYTES = 32;
  private static final int MOST_RACES = 8;

  private final KeepStaff staff;
  private final KeepStaffSessions sessions;
  private final HashPasswords passwords;
  private final Desk desk;
  private final LockoutPolicy lockouts;
  private final Duration life;
  private final InstantSource steady;
  private final RandomGenerator random;
  private final Uni<PasswordHash> nobodys;

  /**
   * @param steady measures what lasts; no world moves it
   * @param life how long a session lasts
   */
  public SignIn(
      KeepStaff staff,
      KeepStaffSessions sessions,
      HashPasswords passwords,
      Desk desk,
      LockoutPolicy lockouts,
      Duration life,
      InstantSource steady,
      RandomGenerator random) {
    this.staff = staff;
    this.sessions = sessions;
    this.passwords = passwords;
    this.desk = desk;
    this.lockouts = lockouts;
    this.life = life;
    this.steady = steady;
    this.random = random;
    // What is checked when there is no account, so that this takes as long.
    this.nobodys = passwords.hash(token()).memoize().indefinitely();
  }

  /** What a sign-in comes to. */
  public sealed interface Outcome {
    record SignedIn(String token, StaffSession session, StaffAccount account, AuditReceipt receipt)
        implements Outcome {}

    record Declined(Reason reason) implements Outcome {}
  }

  public Uni<Outcome> signIn(Caller caller, String login, String password) {
    return counted(caller, login, MOST_RACES)
        .chain(attempt ->
            switch (attempt) {
              case Attempt.Nobody() ->
                  nobodys
                      .chain(hash -> passwords.fits(password, hash))
                      .chain(ignored -> refuse(caller, Reason.STAFF_SIGN_IN_REFUSED, Map.of()));
              case Attempt.Closed(var account) ->
                  refuse(caller, Reason.STAFF_LOCKED, about(account));
              case Attempt.Counted(var account) ->
                  passwords
                      .fits(password, account.password())
                      .chain(fits -> fits ? open(caller, account) : wrong(caller, account));
            });
  }

  /** The living session behind a token that came through this caller's certificate. */
  public Uni<Optional<StaffAccount>> find(Caller caller, String token) {
    Instant at = steady.instant();
    return sessions
        .byToken(digest(token))
        .map(found ->
            found
                .filter(each -> each.session().holds(caller.certificate(), at))
                .map(KeepStaffSessions.SignedIn::account)
                .filter(StaffAccount::active)
                .filter(account -> account.institution().equals(caller.institution())));
  }

  public Uni<AuditReceipt> signOut(Caller caller, String token) {
    return desk.surely(
        caller,
        AuditKind.STAFF,
        null,
        "SIGNED_OUT",
        Map.of(),
        new Deed.EndSession(digest(token), steady.instant()));
  }

  private sealed interface Attempt {
    record Nobody() implements Attempt {}

    record Closed(StaffAccount account) implements Attempt {}

    /** The account with the lockout as if the password were wrong: who guesses pays in advance. */
    record Counted(StaffAccount account) implements Attempt {}
  }

  private Uni<Attempt> counted(Caller caller, String login, int races) {
    return staff
        .byLogin(caller.institution(), login)
        .chain(found -> {
          if (found.filter(StaffAccount::active).isEmpty()) {
            return Uni.createFrom().item(new Attempt.Nobody());
          }
          StaffAccount account = found.orElseThrow();
          Instant at = steady.instant();
          if (account.lockout().holdsAt(at) || races == 0) {
            return Uni.createFrom().item(new Attempt.Closed(account));
          }
          var after = lockouts.afterWrong(account.lockout(), at);
          return staff
              .lockout(account.id(), account.lockout(), after)
              .chain(moved ->
                  moved
                      ? Uni.createFrom().item(new Attempt.Counted(account.with(after)))
                      : counted(caller, login, races - 1));
        });
  }

  private Uni<Outcome> open(Caller caller, StaffAccount account) {
    Instant at = steady.instant();
    String token = token();
    var session =
        new StaffSession(
            digest(token), account.id(), caller.certificate(), at, at.plus(life), null);
    return desk.done(
            caller.with(account),
            AuditKind.STAFF,
            "SIGNED_IN",
            about(account),
            new Deed.MoveLockout(account.id(), account.lockout(), lockouts.afterRight()),
            new Deed.OpenSession(session))
        .chain(receipt ->
            receipt.isPresent()
                ? Uni.createFrom()
                    .item(new Outcome.SignedIn(token, session, account, receipt.get()))
                // Somebody guessed at the account meanwhile; their failure stands.
                : desk.surely(
                        caller.with(account),
                        AuditKind.STAFF,
                        null,
                        "SIGNED_IN",
                        about(account),
                        new Deed.OpenSession(session))
                    .map(late -> new Outcome.SignedIn(token, session, account, late)));
  }

  private Uni<Outcome> wrong(Caller caller, StaffAccount account) {
    return refuse(
        caller,
        account.lockout().holdsAt(steady.instant())
            ? Reason.STAFF_LOCKED
            : Reason.STAFF_SIGN_IN_REFUSED,
        about(account));
  }

  private Uni<Outcome> refuse(Caller caller, Reason reason, Map<String, String> details) {
    return desk.surely(caller, AuditKind.STAFF, null, reason.name(), details)
        .map(receipt -> new Outcome.Declined(reason));
  }

  private static Map<String, String> about(StaffAccount account) {
    return Map.of("account", account.id().toString());
  }

  private String token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Digest digest(String token) {
    return Digest.of(token.getBytes(StandardCharsets.UTF_8));
  }
}
