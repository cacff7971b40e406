package jp.kazashi.gateway.desk;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.RandomIds;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.jpki.statement.TerminalId;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.staff.StaffAccount;
import jp.kazashi.qualification.staff.StaffCall;
import jp.kazashi.qualification.staff.VisualPass;
import jp.kazashi.qualification.store.Deed;

/** A pass for one visit whose holder a named member of staff has looked at. */
public final class ConfirmBySight {
  private final CallStaff calls;
  private final Desk desk;
  private final InstantSource steady;
  private final RandomGenerator random;

  public ConfirmBySight(CallStaff calls, Desk desk, InstantSource steady, RandomGenerator random) {
    this.calls = calls;
    this.desk = desk;
    this.steady = steady;
    this.random = random;
  }

  /** What asking for a pass comes to. */
  public sealed interface Outcome {
    record Issued(VisualPass pass, AuditReceipt receipt) implements Outcome {}

    record Declined(Reason reason) implements Outcome {}
  }

  /** For whoever is at that terminal; the desk hands it on itself. */
  public Uni<Outcome> issue(Caller caller, StaffAccount staff, TerminalId terminal) {
    VisualPass pass = pass(caller, staff, terminal);
    return desk.surely(
            caller,
            AuditKind.VISUAL_PASS,
            null,
            "ISSUED",
            about(pass, Map.of()),
            new Deed.IssuePass(pass))
        .map(receipt -> new Outcome.Issued(pass, receipt));
  }

  /** For whoever waits at that terminal since this call, which it answers: the terminal has it. */
  public Uni<Outcome> issue(Caller caller, StaffAccount staff, TerminalId terminal, UUID call) {
    return calls
        .find(caller.institution(), call)
        .map(found -> found.filter(standing -> waitsAt(terminal, standing)))
        .chain(found ->
            found.isPresent()
                ? answer(caller, pass(caller, staff, terminal), found.get().call())
                : Uni.createFrom().item(new Outcome.Declined(Reason.CALL_OVER)));
  }

  private static boolean waitsAt(TerminalId terminal, CallStaff.Standing standing) {
    return standing.state() == CallStaff.CallState.WAITING
        && standing.call().want() == StaffCall.Want.SIGHT
        && standing.call().terminal().equals(terminal.value());
  }

  /** Of two who answer at once, one issues the pass. */
  private Uni<Outcome> answer(Caller caller, VisualPass pass, StaffCall call) {
    return desk.told(
            caller,
            AuditKind.VISUAL_PASS,
            "ISSUED",
            about(pass, Map.of("call", call.id().toString())),
            CallStaff.telling(call, CallStaff.CallState.ANSWERED),
            new Deed.EndCall(
                call.institution(),
                call.id(),
                StaffCall.Ending.ANSWERED,
                Optional.of(pass.id()),
                steady.instant()),
            new Deed.IssuePass(pass))
        .map(receipt ->
            receipt
                .<Outcome>map(written -> new Outcome.Issued(pass, written))
                .orElseGet(() -> new Outcome.Declined(Reason.CALL_OVER)));
  }

  private VisualPass pass(Caller caller, StaffAccount staff, TerminalId terminal) {
    return new VisualPass(
        RandomIds.next(random),
        staff.id(),
        caller.institution(),
        terminal.value(),
        steady.instant());
  }

  private static Map<String, String> about(VisualPass pass, Map<String, String> more) {
    Map<String, String> details = new HashMap<>(more);
    details.put("pass", pass.id().toString());
    details.put("terminal", pass.terminal());
    return Map.copyOf(details);
  }
}
