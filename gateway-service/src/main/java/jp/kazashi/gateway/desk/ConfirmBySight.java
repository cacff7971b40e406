package jp.kazashi.gateway.desk;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.RandomIds;
import jp.kazashi.jpki.statement.TerminalId;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.staff.StaffAccount;
import jp.kazashi.qualification.staff.VisualPass;
import jp.kazashi.qualification.store.Deed;

/** A pass for one visit whose holder a named member of staff has looked at. */
public final class ConfirmBySight {
  private final Desk desk;
  private final InstantSource steady;
  private final RandomGenerator random;

  public ConfirmBySight(Desk desk, InstantSource steady, RandomGenerator random) {
    this.desk = desk;
    this.steady = steady;
    this.random = random;
  }

  public record Issued(VisualPass pass, AuditReceipt receipt) {}

  public Uni<Issued> issue(Caller caller, StaffAccount staff, TerminalId terminal) {
    var pass =
        new VisualPass(
            RandomIds.next(random),
            staff.id(),
            caller.institution(),
            terminal.value(),
            steady.instant());
    return desk.surely(
            caller,
            AuditKind.VISUAL_PASS,
            null,
            "ISSUED",
            Map.of("pass", pass.id().toString(), "terminal", pass.terminal()),
            new Deed.IssuePass(pass))
        .map(receipt -> new Issued(pass, receipt));
  }
}
