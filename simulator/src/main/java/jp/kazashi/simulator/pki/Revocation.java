package jp.kazashi.simulator.pki;

import java.time.Instant;

/** That a certificate was revoked, why (CRLReason, RFC 5280 §5.3.1) and since when. */
public record Revocation(Reason reason, Instant since) {
  /** The reasons J-LIS has use for. */
  public enum Reason {
    UNSPECIFIED(0),
    KEY_COMPROMISE(1),
    AFFILIATION_CHANGED(3),
    SUPERSEDED(4),
    CESSATION_OF_OPERATION(5),
    CERTIFICATE_HOLD(6);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }
}
