package jp.kazashi.jpki.revocation;

import java.time.Instant;

/** What the evidence proves. Unavailable is neither good nor revoked. */
public sealed interface RevocationStatus {
  /** Of two, the one that counts: revoked outweighs all, then what the issuer never heard of. */
  default RevocationStatus weightier(RevocationStatus other) {
    return other.weight() > weight() ? other : this;
  }

  /** Of the status of a certificate and that of whoever issued it: good only when both are. */
  default RevocationStatus and(RevocationStatus issuers) {
    return issuers instanceof Good ? this : issuers;
  }

  private int weight() {
    return switch (this) {
      case Revoked _ -> 3;
      case UnknownToIssuer _ -> 2;
      case Good _ -> 1;
      case Unavailable _ -> 0;
    };
  }

  record Good() implements RevocationStatus {}

  record Revoked(RevocationReason reason, Instant since) implements RevocationStatus {}

  /** The issuer's responder answers for this issuer and knows no such serial. */
  record UnknownToIssuer() implements RevocationStatus {}

  record Unavailable(UnavailableCause cause) implements RevocationStatus {}
}
