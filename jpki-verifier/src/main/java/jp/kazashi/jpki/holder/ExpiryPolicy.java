package jp.kazashi.jpki.holder;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** When a certificate's phases begin: calendar arithmetic in Asia/Tokyo, clamped to month ends. */
public record ExpiryPolicy(Anchor anchor, Period length) {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  // AC-02: the alert begins three months before the end, whatever the grace.
  private static final Period ALERT = Period.ofMonths(3);
  // A bundle brings its own rules, and no sum with a date of a certificate may overflow.
  private static final int MOST_MONTHS = 1200;
  private static final int MOST_DAYS = 36_525;

  public ExpiryPolicy {
    requireNonNull(anchor, "anchor");
    if (length.isNegative()) {
      throw new IllegalArgumentException("Grace cannot be negative");
    }
    if (length.toTotalMonths() > MOST_MONTHS || length.get(DAYS) > MOST_DAYS) {
      throw new IllegalArgumentException("Grace cannot outlast the calendar");
    }
  }

  /** The source documents' rule: three calendar months after the expiry date. */
  public static ExpiryPolicy threeMonths(Anchor anchor) {
    return new ExpiryPolicy(anchor, Period.ofMonths(3));
  }

  public static ExpiryPolicy withoutGrace() {
    return new ExpiryPolicy(Anchor.EXPIRY_DATE, Period.ZERO);
  }

  /** The phase at an instant of a certificate whose last valid second is {@code notAfter}. */
  public CertificatePhase phase(Instant notAfter, Instant at) {
    if (at.isBefore(alertFrom(notAfter))) {
      return CertificatePhase.NORMAL;
    }
    if (at.isBefore(notAfter.plusSeconds(1))) {
      return CertificatePhase.EXPIRING_SOON;
    }
    return at.isBefore(endOfGrace(notAfter)) ? CertificatePhase.GRACE : CertificatePhase.ENDED;
  }

  /** The first instant that shows the alert. */
  public Instant alertFrom(Instant notAfter) {
    return notAfter.atZone(TOKYO).minus(ALERT).toInstant();
  }

  /** The first instant past grace. */
  public Instant endOfGrace(Instant notAfter) {
    ZonedDateTime end = notAfter.atZone(TOKYO);
    return switch (anchor) {
      case EXPIRY_DATE -> end.plus(length).plusSeconds(1).toInstant();
      case END_OF_EXPIRY_MONTH -> firstOfNextMonth(end).plus(length).toInstant();
    };
  }

  // Counted from the day after the month's end, so that three months end with a month as well.
  private static ZonedDateTime firstOfNextMonth(ZonedDateTime end) {
    return YearMonth.from(end).plusMonths(1).atDay(1).atStartOfDay(TOKYO);
  }

  /** From where grace is counted. */
  public enum Anchor {
    /** The expiry date itself (the source documents' text). */
    EXPIRY_DATE,
    /** The end of the month that holds the expiry date (public notices). */
    END_OF_EXPIRY_MONTH
  }
}
