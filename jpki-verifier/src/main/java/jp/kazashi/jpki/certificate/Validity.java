package jp.kazashi.jpki.certificate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.x509.Time;

/** A validity period; both ends are valid seconds. */
record Validity(Instant notBefore, Instant notAfter) {
  private static final Pattern UTC_TIME = Pattern.compile("(\\d\\d)(\\d{10})Z");
  private static final Pattern GENERALIZED_TIME = Pattern.compile("(\\d{4})(\\d{10})Z");
  private static final int LAST_UTC_YEAR = 2049;

  /** The period, when both times have the one form RFC 5280 §4.1.2.5 allows and are in order. */
  static Optional<Validity> read(Time notBefore, Time notAfter) {
    return instant(notBefore)
        .flatMap(from -> instant(notAfter).map(to -> new Validity(from, to)))
        .filter(validity -> !validity.notAfter.isBefore(validity.notBefore));
  }

  boolean begunAt(Instant at) {
    return !at.isBefore(notBefore);
  }

  boolean endedAt(Instant at) {
    return !at.isBefore(notAfter.plusSeconds(1));
  }

  boolean holdsAt(Instant at) {
    return begunAt(at) && !endedAt(at);
  }

  private static Optional<Instant> instant(Time time) {
    ASN1Primitive form = time.toASN1Primitive();
    return switch (form) {
      case ASN1UTCTime utc -> utcTime(text(utc));
      case ASN1GeneralizedTime generalized -> generalizedTime(text(generalized));
      default -> Optional.empty();
    };
  }

  // §4.1.2.5.1: two digits mean 1950 to 2049.
  private static Optional<Instant> utcTime(String text) {
    Matcher parts = UTC_TIME.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int twoDigits = Integer.parseInt(parts.group(1));
    return instant(twoDigits + (twoDigits < 50 ? 2000 : 1900), parts.group(2));
  }

  // §4.1.2.5.2: only for years that UTCTime does not have.
  private static Optional<Instant> generalizedTime(String text) {
    Matcher parts = GENERALIZED_TIME.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(1)) <= LAST_UTC_YEAR) {
      return Optional.empty();
    }
    return instant(Integer.parseInt(parts.group(1)), parts.group(2));
  }

  private static Optional<Instant> instant(int year, String rest) {
    try {
      return Optional.of(
          LocalDateTime.of(
                  year,
                  twoDigits(rest, 0),
                  twoDigits(rest, 2),
                  twoDigits(rest, 4),
                  twoDigits(rest, 6),
                  twoDigits(rest, 8))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int twoDigits(String text, int from) {
    return Integer.parseInt(text.substring(from, from + 2));
  }

  // As it was written: Bouncy Castle's own reading mends what it should refuse.
  private static String text(ASN1Primitive time) {
    try {
      byte[] encoded = time.getEncoded(ASN1Encoding.DER);
      return new String(encoded, 2, encoded.length - 2, ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalStateException("A time that was read can be written", e);
    }
  }
}
