package jp.kazashi.gateway.check;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Calendar rules hold in Japan, wherever a node stands. */
final class Calendar {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  private Calendar() {}

  static LocalDate dateOf(Instant at) {
    return at.atZone(TOKYO).toLocalDate();
  }
}
