package jp.kazashi.gateway.adapter.rest;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import jp.kazashi.gateway.check.AccessLog;
import jp.kazashi.gateway.check.SeenData;
import jp.kazashi.gateway.check.Sentence;
import jp.kazashi.gateway.check.ShowAccessLog;

/**
 * Who saw what of the patient, newest first.
 *
 * @param more whether there is more than is told here
 */
public record AccessLogDocument(
    UUID checkId, List<Entry> entries, boolean more, ReceiptDocument receipt) {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final DateTimeFormatter JAPANESE =
      DateTimeFormatter.ofPattern("uuuu年M月d日 H時mm分", Locale.JAPANESE).withZone(TOKYO);
  private static final DateTimeFormatter ENGLISH =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH).withZone(TOKYO);

  /**
   * One time that somebody saw something.
   *
   * @param when the same as {@code at}, in words, as clocks in Japan show it
   */
  public record Entry(
      Instant at, Sentence when, String facilityName, SeenData kind, Sentence what) {
    static Entry of(AccessLog.Seen seen) {
      return new Entry(
          seen.at(),
          new Sentence(JAPANESE.format(seen.at()), ENGLISH.format(seen.at())),
          seen.facility(),
          seen.what(),
          seen.what().words());
    }
  }

  static AccessLogDocument of(UUID check, ShowAccessLog.Outcome.Shown shown) {
    return new AccessLogDocument(
        check,
        shown.log().seen().stream().map(Entry::of).toList(),
        shown.log().more(),
        ReceiptDocument.of(shown.receipt()));
  }
}
