package jp.kazashi.gateway.desk;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.RandomIds;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.port.HashPasswords;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.staff.Lockout;
import jp.kazashi.qualification.staff.PasswordHash;
import jp.kazashi.qualification.staff.StaffAccount;
import jp.kazashi.qualification.staff.StaffId;
import jp.kazashi.qualification.staff.StaffRole;
import jp.kazashi.qualification.store.Deed;
import jp.kazashi.qualification.store.KeepStaff;

/** The accounts of an institution, kept by its administrators and, for a start, the operator. */
public final class Accounts {
  private static final int SHORTEST_PASSWORD = 10;

  private final KeepStaff staff;
  private final HashPasswords passwords;
  private final Desk desk;
  private final InstantSource steady;
  private final RandomGenerator random;

  public Accounts(
      KeepStaff staff,
      HashPasswords passwords,
      Desk desk,
      InstantSource steady,
      RandomGenerator random) {
    this.staff = staff;
    this.passwords = passwords;
    this.desk = desk;
    this.steady = steady;
    this.random = random;
  }

  /** What a change comes to. */
  public sealed interface Outcome {
    record Done(StaffAccount account, AuditReceipt receipt) implements Outcome {}

    record Declined(Reason reason) implements Outcome {}
  }

  /** A new account as it is asked for. */
  public record Asked(String login, String name, StaffRole role, String password) {}

  /** What is to be changed; what is left out stays. */
  public record Changes(
      Optional<String> name,
      Optional<StaffRole> role,
      Optional<String> password,
      Optional<Boolean> active,
      boolean unlock) {}

  public Uni<List<StaffAccount>> of(InstitutionCode institution) {
    return staff.of(institution);
  }

  public Uni<Outcome> add(Caller caller, InstitutionCode institution, Asked asked) {
    if (weak(asked.password(), asked.login())) {
      return declined(Reason.STAFF_PASSWORD_WEAK);
    }
    var id = new StaffId(RandomIds.next(random));
    return passwords
        .hash(asked.password())
        .map(hash ->
            new StaffAccount(
                id,
                institution,
                asked.login(),
                asked.name(),
                asked.role(),
                hash,
                true,
                Lockout.none()))
        .chain(account ->
            desk.done(
                    caller,
                    AuditKind.STAFF,
                    "ACCOUNT_ADDED",
                    about(account, "institution", institution.digits()),
                    new Deed.AddStaff(account))
                .map(receipt -> told(account, receipt, Reason.STAFF_LOGIN_TAKEN)));
  }

  public Uni<Outcome> change(Caller caller, InstitutionCode institution, UUID id, Changes changes) {
    return staff
        .byId(new StaffId(id))
        .chain(found ->
            found
                .filter(account -> account.institution().equals(institution))
                .map(account -> change(caller, account, changes))
                .orElseGet(() -> declined(Reason.NOT_FOUND)));
  }

  private Uni<Outcome> change(Caller caller, StaffAccount before, Changes changes) {
    if (isOwn(caller, before) && takesAway(changes)) {
      return declined(Reason.STAFF_OWN_ACCOUNT);
    }
    if (changes.password().filter(word -> weak(word, before.login())).isPresent()) {
      return declined(Reason.STAFF_PASSWORD_WEAK);
    }
    return hashed(changes, before).chain(hash -> write(caller, before, changes, hash));
  }

  private Uni<Outcome> write(
      Caller caller, StaffAccount before, Changes changes, PasswordHash password) {
    StaffAccount after =
        new StaffAccount(
            before.id(),
            before.institution(),
            before.login(),
            changes.name().orElse(before.name()),
            changes.role().orElse(before.role()),
            password,
            changes.active().orElse(before.active()),
            changes.unlock() ? Lockout.none() : before.lockout());
    return unlocked(caller, before, changes)
        .chain(free ->
            free
                ? desk.done(
                        caller,
                        AuditKind.STAFF,
                        "ACCOUNT_CHANGED",
                        about(after, "changed", words(changes)),
                        deeds(before, after, changes))
                    .map(receipt -> told(after, receipt, Reason.NOT_FOUND))
                : declined(Reason.STAFF_CHANGED_MEANWHILE));
  }

  private Uni<Boolean> unlocked(Caller caller, StaffAccount before, Changes changes) {
    return changes.unlock()
        ? desk.done(
                caller,
                AuditKind.STAFF,
                "ACCOUNT_UNLOCKED",
                about(before, "role", before.role().name()),
                new Deed.MoveLockout(before.id(), before.lockout(), Lockout.none()))
            .map(Optional::isPresent)
        : Uni.createFrom().item(true);
  }

  /** Whoever lost a password or an account loses every session. */
  private Deed[] deeds(StaffAccount before, StaffAccount after, Changes changes) {
    boolean shutOut = changes.password().isPresent() || !after.active();
    return shutOut
        ? new Deed[] {
          new Deed.ChangeStaff(after), new Deed.EndSessions(before.id(), steady.instant())
        }
        : new Deed[] {new Deed.ChangeStaff(after)};
  }

  private Uni<PasswordHash> hashed(Changes changes, StaffAccount before) {
    return changes
        .password()
        .map(passwords::hash)
        .orElseGet(() -> Uni.createFrom().item(before.password()));
  }

  /** An institution that locked itself out would need the operator. */
  private static boolean takesAway(Changes changes) {
    return changes.role().filter(role -> !role.mayChangeAccounts()).isPresent()
        || changes.active().filter(active -> !active).isPresent();
  }

  private static boolean isOwn(Caller caller, StaffAccount account) {
    return caller.staff().filter(self -> self.id().equals(account.id())).isPresent();
  }

  private static boolean weak(String password, String login) {
    return password.codePoints().count() < SHORTEST_PASSWORD
        || password.equalsIgnoreCase(login)
        || password.codePoints().distinct().count() < 4;
  }

  private static String words(Changes changes) {
    List<String> words = new ArrayList<>();
    changes.name().ifPresent(each -> words.add("name"));
    changes.role().ifPresent(each -> words.add("role=" + each));
    changes.password().ifPresent(each -> words.add("password"));
    changes.active().ifPresent(each -> words.add("active=" + each));
    return String.join(",", words);
  }

  private static Map<String, String> about(StaffAccount account, String key, String value) {
    return Map.of("account", account.id().toString(), key, value);
  }

  private static Outcome told(
      StaffAccount account, Optional<AuditReceipt> receipt, Reason otherwise) {
    return receipt
        .<Outcome>map(each -> new Outcome.Done(account, each))
        .orElseGet(() -> new Outcome.Declined(otherwise));
  }

  private static Uni<Outcome> declined(Reason reason) {
    return Uni.createFrom().item(new Outcome.Declined(reason));
  }
}
