package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.staff.Lockout;
import jp.kazashi.qualification.staff.PasswordHash;
import jp.kazashi.qualification.staff.StaffAccount;
import jp.kazashi.qualification.staff.StaffId;
import jp.kazashi.qualification.staff.StaffRole;
import jp.kazashi.qualification.staff.StaffSession;
import jp.kazashi.qualification.staff.VisualPass;
import jp.kazashi.qualification.store.KeepStaff;
import jp.kazashi.qualification.store.KeepStaffSessions;
import jp.kazashi.qualification.store.KeepVisualPasses;
import org.hibernate.reactive.mutiny.Mutiny;

public final class StaffInDatabase implements KeepStaff, KeepStaffSessions, KeepVisualPasses {
  private static final String ACCOUNT =
      "s.id, s.institution, s.login, s.name, s.role, s.password, s.active, s.failures,"
          + " s.locked_until";

  private final Database database;

  public StaffInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<Boolean> add(StaffAccount account) {
    return database
        .change(
            """
            insert into staff
              (id, institution, login, name, role, password, active, failures, locked_until)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (institution, login) do nothing
            """,
            account.id().value(),
            account.institution().digits(),
            account.login(),
            account.name(),
            account.role().name(),
            account.password().encoded(),
            account.active(),
            account.lockout().failures(),
            Database.timeOrNull(account.lockout().until()))
        .map(added -> added == 1);
  }

  @Override
  public Uni<Optional<StaffAccount>> byLogin(InstitutionCode institution, String login) {
    return one("where s.institution = $1 and s.login = $2", institution.digits(), login);
  }

  @Override
  public Uni<Optional<StaffAccount>> byId(StaffId id) {
    return one("where s.id = $1", id.value());
  }

  @Override
  public Uni<List<StaffAccount>> of(InstitutionCode institution) {
    return database.rows(
        row -> account(row, 0),
        "select " + ACCOUNT + " from staff s where s.institution = $1 order by s.login",
        institution.digits());
  }

  @Override
  public Uni<Void> change(StaffAccount account) {
    return database
        .change(
            "update staff set name = $2, role = $3, password = $4, active = $5 where id = $1",
            account.id().value(),
            account.name(),
            account.role().name(),
            account.password().encoded(),
            account.active())
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> lockout(StaffId id, Lockout before, Lockout after) {
    return database
        .change(
            """
            update staff set failures = $4, locked_until = $5
            where id = $1 and failures = $2 and locked_until is not distinct from $3
            """,
            id.value(),
            before.failures(),
            Database.timeOrNull(before.until()),
            after.failures(),
            Database.timeOrNull(after.until()))
        .map(changed -> changed == 1);
  }

  @Override
  public Uni<Void> open(StaffSession session) {
    return database
        .change(
            """
            insert into staff_session
              (token, staff_id, certificate, opened_at, expires_at, ended_at)
            values ($1, $2, $3, $4, $5, $6)
            """,
            Database.bytes(session.token()),
            session.staff().value(),
            Database.bytes(session.certificate()),
            Database.time(session.openedAt()),
            Database.time(session.expiresAt()),
            Database.timeOrNull(session.endedAt()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<SignedIn>> byToken(Digest token) {
    return database.first(
        row ->
            new SignedIn(
                new StaffSession(
                    row.digest(0),
                    new StaffId(row.uuid(1)),
                    row.digest(2),
                    row.instant(3),
                    row.instant(4),
                    row.instantOrNull(5)),
                account(row, 6)),
        "select t.token, t.staff_id, t.certificate, t.opened_at, t.expires_at, t.ended_at, "
            + ACCOUNT
            + " from staff_session t join staff s on s.id = t.staff_id where t.token = $1",
        Database.bytes(token));
  }

  @Override
  public Uni<Void> end(Digest token, Instant at) {
    return database
        .change(
            "update staff_session set ended_at = $2 where token = $1 and ended_at is null",
            Database.bytes(token),
            Database.time(at))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> endAll(StaffId staff, Instant at) {
    return database
        .change(
            "update staff_session set ended_at = $2 where staff_id = $1 and ended_at is null",
            staff.value(),
            Database.time(at))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> issue(VisualPass pass) {
    return database
        .change(
            """
            insert into visual_pass (id, staff_id, institution, terminal, issued_at)
            values ($1, $2, $3, $4, $5)
            """,
            pass.id(),
            pass.staff().value(),
            pass.institution().digits(),
            pass.terminal(),
            Database.time(pass.issuedAt()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<IssuedPass>> byId(UUID id) {
    return database.first(
        row ->
            new IssuedPass(
                new VisualPass(
                    row.uuid(0),
                    new StaffId(row.uuid(1)),
                    new InstitutionCode(row.text(2)),
                    row.text(3),
                    row.instant(4)),
                row.truth(5)),
        """
        select p.id, p.staff_id, p.institution, p.terminal, p.issued_at,
          exists (select from spent_pass s where s.pass_id = p.id)
        from visual_pass p where p.id = $1
        """,
        id);
  }

  private Uni<Optional<StaffAccount>> one(String where, Object... parameters) {
    return database.first(
        row -> account(row, 0), "select " + ACCOUNT + " from staff s " + where, parameters);
  }

  private static StaffAccount account(Cells row, int from) {
    return new StaffAccount(
        new StaffId(row.uuid(from)),
        new InstitutionCode(row.text(from + 1)),
        row.text(from + 2),
        row.text(from + 3),
        StaffRole.valueOf(row.text(from + 4)),
        new PasswordHash(row.text(from + 5)),
        row.truth(from + 6),
        new Lockout(row.whole(from + 7), row.instantOrNull(from + 8)));
  }
}
