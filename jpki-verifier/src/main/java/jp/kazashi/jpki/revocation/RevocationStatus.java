package jp.kazashi.jpki.revocation;

import java.time.Instant;

/** What the evidence proves. Unavailable is neither good nor revoked. */
public sealed interface RevocationStatus {
  record Good() implements RevocationStatus {}

  record Revoked(RevocationReason reason, Instant since) implements RevocationStatus {}

  /** The issuer's responder answers for this issuer and knows no such serial. */
  record UnknownToIssuer() implements RevocationStatus {}

  record Unavailable(UnavailableCause cause) implements RevocationStatus {}
}
