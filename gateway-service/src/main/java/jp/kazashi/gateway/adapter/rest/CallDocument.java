package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import jp.kazashi.gateway.desk.CallStaff;
import jp.kazashi.qualification.staff.StaffCall;
import org.jspecify.annotations.Nullable;

/**
 * A call for staff. It says nothing of who called.
 *
 * @param secondsWaited since it was made
 * @param secondsLeft until it ends by itself
 * @param pass the visual pass it was answered with; told to the terminal it is for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CallDocument(
    UUID call,
    String terminal,
    StaffCall.Want want,
    CallStaff.CallState state,
    long secondsWaited,
    long secondsLeft,
    @Nullable UUID pass) {

  /** As any desk is told. */
  static CallDocument of(CallStaff.Standing standing) {
    return of(standing, null);
  }

  static CallDocument toItsTerminal(CallStaff.Standing standing) {
    return of(standing, standing.pass().orElse(null));
  }

  private static CallDocument of(CallStaff.Standing standing, @Nullable UUID pass) {
    StaffCall call = standing.call();
    return new CallDocument(
        call.id(),
        call.terminal(),
        call.want(),
        standing.state(),
        seconds(call.calledAt(), standing.at()),
        standing.state() == CallStaff.CallState.WAITING ? seconds(standing.at(), call.endsAt()) : 0,
        pass);
  }

  private static long seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toSeconds());
  }
}
