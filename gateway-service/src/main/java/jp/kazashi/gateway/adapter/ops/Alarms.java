package jp.kazashi.gateway.adapter.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * What an operator should look at although the node still serves: said once in the log when it
 * begins and when it ends, and meanwhile by a metric and by {@code /q/health/well}.
 */
public final class Alarms {
  private static final Logger LOG = Logger.getLogger(Alarms.class);

  private final Map<Kind, String> raised = new ConcurrentHashMap<>();

  /** What can be wrong. */
  public enum Kind {
    /** The files of TLS were changed into something unusable; the earlier ones stay in use. */
    TLS_FILES,
    /** Redis does not answer: each node limits by itself. */
    REDIS,
    /** Entries of the audit wait for their seal; before they wait too long this must end. */
    SEALS,
    /** Nobody tells what was revoked, or what they tell decides nothing. */
    REVOCATION,
    /** A revocation list cannot be fetched or used; the last good one stays. */
    CRL,
    /** Another start took over this node's name: it answers nothing any more. */
    NODE_REPLACED
  }

  public Alarms(MeterRegistry meters) {
    for (Kind kind : Kind.values()) {
      Gauge.builder("kazashi.alarm", raised, map -> map.containsKey(kind) ? 1 : 0)
          .tag("kind", nameOf(kind))
          .description("1 while something wants an operator's eyes")
          .register(meters);
    }
  }

  public void raise(Kind kind, String why) {
    if (!why.equals(raised.put(kind, why))) {
      LOG.errorf("event=alarm kind=%s why=\"%s\"", nameOf(kind), why);
    }
  }

  public void clear(Kind kind) {
    if (raised.remove(kind) != null) {
      LOG.infof("event=alarm-over kind=%s", nameOf(kind));
    }
  }

  /** What is wrong now, and why. */
  Map<String, String> now() {
    Map<String, String> now = new TreeMap<>();
    raised.forEach((kind, why) -> now.put(nameOf(kind), why));
    return now;
  }

  private static String nameOf(Kind kind) {
    return switch (kind) {
      case TLS_FILES -> "tls-files";
      case REDIS -> "redis";
      case SEALS -> "seals";
      case REVOCATION -> "revocation";
      case CRL -> "crl";
      case NODE_REPLACED -> "node-replaced";
    };
  }
}
