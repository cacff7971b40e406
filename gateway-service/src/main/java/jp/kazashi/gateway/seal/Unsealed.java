package jp.kazashi.gateway.seal;

import java.time.Duration;
import java.util.function.LongSupplier;
import jp.kazashi.qualification.audit.AuditReceipt;
import org.jspecify.annotations.Nullable;

/**
 * What of the audit waits for its seal, as far as this node knows: the newest entry it wrote, and
 * since when something waits. A node that starts counts from its start: what was left behind before
 * is not older to it than that. Counted in monotonic time; a moved clock changes nothing.
 */
public final class Unsealed {
  private final StopRule rule;
  private final LongSupplier nanos;
  private @Nullable AuditReceipt newest;
  private boolean waits = true;
  private long since;

  public Unsealed(StopRule rule, LongSupplier nanos) {
    this.rule = rule;
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  /** How things stood when somebody looked. */
  public record Look(@Nullable AuditReceipt newest, long at) {}

  public synchronized Look look() {
    return new Look(newest, nanos.getAsLong());
  }

  public synchronized void written(AuditReceipt entry) {
    newest = entry;
    perhapsWritten();
  }

  /** Something may be there that nobody knows the place of: counted as if it were. */
  synchronized void perhapsWritten() {
    if (!waits) {
      waits = true;
      since = nanos.getAsLong();
    }
  }

  /** Everything that was there at the look is sealed; what came since then waits since then. */
  synchronized void sealedAllOf(Look look) {
    waits = newest != null && !newest.equals(look.newest());
    since = look.at();
  }

  public synchronized Duration age() {
    return waits ? Duration.ofNanos(nanos.getAsLong() - since) : Duration.ZERO;
  }

  public boolean stops() {
    return rule.stops(age());
  }

  public boolean warns() {
    return rule.warns(age());
  }
}
