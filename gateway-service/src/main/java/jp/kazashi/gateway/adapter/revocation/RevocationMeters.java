package jp.kazashi.gateway.adapter.revocation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import jp.kazashi.jpki.revocation.UnavailableCause;

/** What the sources do, in numbers. They name sources and causes, never a certificate. */
public final class RevocationMeters {
  private final MeterRegistry meters;

  public RevocationMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  /** An exchange with a source came to this, after so long. */
  void exchanged(URI source, String outcome, Duration took) {
    Timer.builder("kazashi.revocation.exchange")
        .description("exchanges with a source of revocation, by what they came to")
        .tag("source", source.toString())
        .tag("outcome", outcome)
        .register(meters)
        .record(took);
  }

  /** An answer or a list decided nothing. */
  void unusable(URI source, UnavailableCause cause) {
    meters
        .counter("kazashi.revocation.unusable", "source", source.toString(), "cause", word(cause))
        .increment();
  }

  /** The next source was asked because this one took its time. */
  void hedged(URI source) {
    meters.counter("kazashi.revocation.hedged", "source", source.toString()).increment();
  }

  /** A source was left out because it is taken for dead. */
  void leftOut(URI source) {
    meters.counter("kazashi.revocation.left.out", "source", source.toString()).increment();
  }

  /** Where a remembered answer was found: on this node, in Redis, or nowhere. */
  void recalled(String where) {
    meters.counter("kazashi.revocation.recalled", "where", where).increment();
  }

  /** A remembered answer did not stand when it was judged again. */
  void outlived() {
    meters.counter("kazashi.revocation.outlived").increment();
  }

  /** What a gathering was decided by: memory, ocsp, crl, or nothing. */
  void gathered(String by) {
    meters.counter("kazashi.revocation.gathered", "by", by).increment();
  }

  /** Shows a number that is asked for when somebody looks. */
  void show(String name, String what, String tag, String value, Supplier<Number> number) {
    Gauge.builder(name, number).description(what).tag(tag, value).register(meters);
  }

  private static String word(UnavailableCause cause) {
    return cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
