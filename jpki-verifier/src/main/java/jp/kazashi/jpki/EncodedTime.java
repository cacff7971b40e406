package jp.kazashi.jpki;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Time of a certificate or a CRL (RFC 5280 §4.1.2.5), read as it was written: Bouncy Castle's own
 * reading mends what it should refuse.
 *
 * @param asPrescribed whether the year was written in the form that its century asks for
 */
public record EncodedTime(Instant instant, boolean asPrescribed) {
  public static final int UTC_TIME = 0x17;
  public static final int GENERALIZED_TIME = 0x18;

  private static final Pattern TWO_DIGIT_YEAR = Pattern.compile("(\\d\\d)(\\d{10})Z");
  private static final Pattern FOUR_DIGIT_YEAR = Pattern.compile("(\\d{4})(\\d{10})Z");
  private static final int LAST_UTC_YEAR = 2049;

  /** The time behind a tag, when it is one and to the second in UTC. */
  public static Optional<EncodedTime> read(int tag, byte[] content) {
    String text = new String(content, ISO_8859_1);
    return switch (tag) {
      case UTC_TIME -> utcTime(text);
      case GENERALIZED_TIME -> generalizedTime(text);
      default -> Optional.empty();
    };
  }

  // §4.1.2.5.1: two digits mean 1950 to 2049.
  private static Optional<EncodedTime> utcTime(String text) {
    Matcher parts = TWO_DIGIT_YEAR.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int twoDigits = Integer.parseInt(parts.group(1));
    return time(twoDigits + (twoDigits < 50 ? 2000 : 1900), parts.group(2), true);
  }

  // §4.1.2.5.2: meant for years that UTCTime does not have.
  private static Optional<EncodedTime> generalizedTime(String text) {
    Matcher parts = FOUR_DIGIT_YEAR.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int year = Integer.parseInt(parts.group(1));
    return time(year, parts.group(2), year > LAST_UTC_YEAR);
  }

  private static Optional<EncodedTime> time(int year, String rest, boolean asPrescribed) {
    try {
      return Optional.of(
          new EncodedTime(
              LocalDateTime.of(
                      year,
                      twoDigits(rest, 0),
                      twoDigits(rest, 2),
                      twoDigits(rest, 4),
                      twoDigits(rest, 6),
                      twoDigits(rest, 8))
                  .toInstant(ZoneOffset.UTC),
              asPrescribed));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int twoDigits(String text, int from) {
    return Integer.parseInt(text.substring(from, from + 2));
  }
}
