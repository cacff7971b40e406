package jp.kazashi.jpki;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;

/**
 * A Time of a certificate, a CRL (RFC 5280 §4.1.2.5) or an OCSP answer, read as it was written:
 * Bouncy Castle's own reading mends what it should refuse.
 *
 * @param asPrescribed whether the year was written in the form that its century asks for
 */
public record EncodedTime(Instant instant, boolean asPrescribed) {
  public static final int UTC_TIME = 0x17;
  public static final int GENERALIZED_TIME = 0x18;

  private static final int LAST_UTC_YEAR = 2049;
  private static final int YEAR_DIGITS_OF_UTC_TIME = 2;
  private static final int YEAR_DIGITS_OF_GENERALIZED_TIME = 4;
  private static final int DIGITS_AFTER_YEAR = 10;

  /** The time behind a tag, when it is one and to the second in UTC. */
  public static Optional<EncodedTime> read(int tag, byte[] content) {
    return switch (tag) {
      case UTC_TIME -> utcTime(content);
      case GENERALIZED_TIME -> generalizedTime(content);
      default -> Optional.empty();
    };
  }

  public static Optional<EncodedTime> read(DerReader.Element element) {
    return read(element.tag(), element.contentOctets());
  }

  /** The same of a value that Bouncy Castle holds, by the octets it came as. */
  public static Optional<EncodedTime> read(ASN1Primitive value) {
    try {
      return read(DerReader.at(value.getEncoded(ASN1Encoding.DER), 0).next());
    } catch (IOException e) {
      throw new IllegalStateException("Memory does not fail", e);
    }
  }

  // §4.1.2.5.1: two digits mean 1950 to 2049.
  private static Optional<EncodedTime> utcTime(byte[] content) {
    if (!isToTheSecond(content, YEAR_DIGITS_OF_UTC_TIME)) {
      return Optional.empty();
    }
    int twoDigits = number(content, 0, YEAR_DIGITS_OF_UTC_TIME);
    return time(twoDigits + (twoDigits < 50 ? 2000 : 1900), content, YEAR_DIGITS_OF_UTC_TIME, true);
  }

  // §4.1.2.5.2: meant for years that UTCTime does not have.
  private static Optional<EncodedTime> generalizedTime(byte[] content) {
    if (!isToTheSecond(content, YEAR_DIGITS_OF_GENERALIZED_TIME)) {
      return Optional.empty();
    }
    int year = number(content, 0, YEAR_DIGITS_OF_GENERALIZED_TIME);
    return time(year, content, YEAR_DIGITS_OF_GENERALIZED_TIME, year > LAST_UTC_YEAR);
  }

  private static boolean isToTheSecond(byte[] content, int yearDigits) {
    int last = yearDigits + DIGITS_AFTER_YEAR;
    if (content.length != last + 1 || content[last] != 'Z') {
      return false;
    }
    for (int at = 0; at < last; at++) {
      if (content[at] < '0' || content[at] > '9') {
        return false;
      }
    }
    return true;
  }

  private static Optional<EncodedTime> time(
      int year, byte[] content, int from, boolean asPrescribed) {
    try {
      return Optional.of(
          new EncodedTime(
              LocalDateTime.of(
                      year,
                      number(content, from, 2),
                      number(content, from + 2, 2),
                      number(content, from + 4, 2),
                      number(content, from + 6, 2),
                      number(content, from + 8, 2))
                  .toInstant(ZoneOffset.UTC),
              asPrescribed));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(byte[] digits, int from, int count) {
    int number = 0;
    for (int at = from; at < from + count; at++) {
      number = number * 10 + digits[at] - '0';
    }
    return number;
  }
}
