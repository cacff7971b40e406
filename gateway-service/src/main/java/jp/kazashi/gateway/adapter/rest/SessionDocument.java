package jp.kazashi.gateway.adapter.rest;

import java.time.Instant;

/**
 * A session.
 *
 * @param token to be sent as the header Staff-Session with every further request of the desk, only
 *     through the client certificate that it was opened through
 * @param expiresAt in real time, whatever the clock of a simulated world says
 */
public record SessionDocument(
    String token, Instant expiresAt, StaffDocument staff, ReceiptDocument receipt) {
  /** A token never reaches a log. */
  @Override
  public String toString() {
    return "SessionDocument[…]";
  }
}
