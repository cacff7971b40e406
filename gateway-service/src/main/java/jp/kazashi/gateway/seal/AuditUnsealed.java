package jp.kazashi.gateway.seal;

import java.time.Duration;

/** Nothing is written behind entries that have waited too long for their seal. */
public final class AuditUnsealed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AuditUnsealed(Duration age) {
    super("The oldest entry has waited " + age + " for its seal");
  }
}
