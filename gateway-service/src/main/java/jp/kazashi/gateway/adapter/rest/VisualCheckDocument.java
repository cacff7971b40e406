package jp.kazashi.gateway.adapter.rest;

import java.time.Instant;
import java.util.UUID;
import jp.kazashi.gateway.desk.ConfirmBySight;
import jp.kazashi.qualification.staff.VisualPass;

/**
 * A pass for one visit with the method STAFF.
 *
 * @param expiresAt in real time, whatever the clock of a simulated world says
 */
public record VisualCheckDocument(
    UUID pass, String terminal, Instant expiresAt, ReceiptDocument receipt) {
  static VisualCheckDocument of(ConfirmBySight.Outcome.Issued issued) {
    return new VisualCheckDocument(
        issued.pass().id(),
        issued.pass().terminal(),
        issued.pass().issuedAt().plus(VisualPass.LIFE),
        ReceiptDocument.of(issued.receipt()));
  }
}
