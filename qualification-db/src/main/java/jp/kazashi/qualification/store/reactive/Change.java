package jp.kazashi.qualification.store.reactive;

import java.util.Arrays;
import jp.kazashi.qualification.store.Deed;
import org.jspecify.annotations.Nullable;

/** A deed as the one statement that does it. */
final class Change {
  final String sql;
  private final @Nullable Object[] parameters;

  private Change(String sql, @Nullable Object... parameters) {
    this.sql = sql;
    this.parameters = parameters;
  }

  @Nullable Object[] parameters() {
    return Arrays.copyOf(parameters, parameters.length);
  }

  static Change of(Deed deed) {
    return switch (deed) {
      case Deed.AddStaff(var account) ->
          new Change(
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
              Database.timeOrNull(account.lockout().until()));
      case Deed.ChangeStaff(var account) ->
          new Change(
              "update staff set name = $2, role = $3, password = $4, active = $5 where id = $1",
              account.id().value(),
              account.name(),
              account.role().name(),
              account.password().encoded(),
              account.active());
      case Deed.MoveLockout(var staff, var before, var after) ->
          new Change(
              """
              update staff set failures = $4, locked_until = $5
              where id = $1 and failures = $2 and locked_until is not distinct from $3
              """,
              staff.value(),
              before.failures(),
              Database.timeOrNull(before.until()),
              after.failures(),
              Database.timeOrNull(after.until()));
      case Deed.OpenSession(var session) ->
          new Change(
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
              Database.timeOrNull(session.endedAt()));
      case Deed.EndSession(var token, var at) ->
          new Change(
              "update staff_session set ended_at = $2 where token = $1 and ended_at is null",
              Database.bytes(token),
              Database.time(at));
      case Deed.EndSessions(var staff, var at) ->
          new Change(
              "update staff_session set ended_at = $2 where staff_id = $1 and ended_at is null",
              staff.value(),
              Database.time(at));
      case Deed.IssuePass(var pass) ->
          new Change(
              """
              insert into visual_pass (id, staff_id, institution, terminal, issued_at)
              values ($1, $2, $3, $4, $5)
              """,
              pass.id(),
              pass.staff().value(),
              pass.institution().digits(),
              pass.terminal(),
              Database.time(pass.issuedAt()));
      case Deed.PutReference(var institution, var number, var person, var at) ->
          new Change(
              """
              insert into reference_number (institution, number, person_id, registered_at)
              values ($1, $2, $3, $4)
              on conflict (institution, number) do update
                set person_id = excluded.person_id, registered_at = excluded.registered_at
              """,
              institution.digits(),
              number.value(),
              person.value(),
              Database.time(at));
    };
  }
}
