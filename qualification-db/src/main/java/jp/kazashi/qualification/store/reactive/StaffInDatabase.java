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
import jp.kazashi.qualification.store.Deed;
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
    return database.change(new Deed.AddStaff(account)).map(added -> added == 1);
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
    return database.change(new Deed.ChangeStaff(account)).replaceWithVoid();
  }

  @Override
  public Uni<Boolean> lockout(StaffId id, Lockout before, Lockout after) {
    return database.change(new Deed.MoveLockout(id, before, after)).map(changed -> changed == 1);
  }

  @Override
  public Uni<Void> open(StaffSession session) {
    return database.change(new Deed.OpenSession(session)).replaceWithVoid();
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
    return database.change(new Deed.EndSession(token, at)).replaceWithVoid();
  }

  @Override
  public Uni<Void> endAll(StaffId staff, Instant at) {
    return database.change(new Deed.EndSessions(staff, at)).replaceWithVoid();
  }

  @Override
  public Uni<Void> issue(VisualPass pass) {
    return database.change(new Deed.IssuePass(pass)).replaceWithVoid();
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
