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
      case Deed.Call(var call) ->
          new Change(
              """
              insert into staff_call (institution, terminal, want, id, called_at, ends_at)
              select $1::text, $2::text, $3::text, $4::uuid, $5::timestamptz, $6::timestamptz
              where not exists (
                select from staff_call
                where institution = $1 and id = $4 and (terminal <> $2 or want <> $3))
              on conflict (institution, terminal, want) do update
                set id = excluded.id, called_at = excluded.called_at, ends_at = excluded.ends_at,
                  ending = null, pass_id = null
                where staff_call.id <> excluded.id
                  or (staff_call.ending is null and staff_call.ends_at <= excluded.called_at)
              """,
              call.institution().digits(),
              call.terminal(),
              call.want().name(),
              call.id(),
              Database.time(call.calledAt()),
              Database.time(call.endsAt()));
      case Deed.EndCall(var institution, var id, var ending, var pass, var at) ->
          new Change(
              """
              update staff_call set ending = $3, pass_id = $4
              where institution = $1 and id = $2 and ending is null and ends_at > $5
              """,
              institution.digits(),
              id,
              ending.name(),
              pass.orElse(null),
              Database.time(at));
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
