package jp.kazashi.simulator.pki;

/** What the authority knows of a serial number. */
public sealed interface SerialStatus {
  record Good() implements SerialStatus {}

  record Revoked(Revocation revocation) implements SerialStatus {}

  record NeverIssued() implements SerialStatus {}
}
