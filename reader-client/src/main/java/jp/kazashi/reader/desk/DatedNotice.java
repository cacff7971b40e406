package jp.kazashi.reader.desk;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import jp.kazashi.consent.Sentence;

/** What the desk reads of a notice that is about a day: which day that is, first. */
final class DatedNotice {

  private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
  private static final DateTimeFormatter DAY_JA = DateTimeFormatter.ofPattern("uuuu年M月d日");
  private static final DateTimeFormatter DAY_EN =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter MOMENT_JA = DateTimeFormatter.ofPattern("M月d日 HH:mm");
  private static final DateTimeFormatter MOMENT_EN =
      DateTimeFormatter.ofPattern("d MMMM HH:mm", Locale.ENGLISH);

  private DatedNotice() {}

  /**
   * Of whatever is noticed about a check.
   *
   * @param ends when its certificate ends
   */
  static Sentence of(String notice, Sentence desk, Instant ends) {
    ZonedDateTime day = ends.atZone(JAPAN);
    return switch (notice) {
      case "CERTIFICATE_EXPIRES_SOON" ->
          new Sentence(
              "電子証明書の有効期限は" + DAY_JA.format(day) + "です。" + desk.ja(),
              "The certificate ends on " + DAY_EN.format(day) + ". " + desk.en());
      case "CERTIFICATE_IN_GRACE" ->
          new Sentence(
              "電子証明書の有効期限は" + DAY_JA.format(day) + "に切れました。" + desk.ja(),
              "The certificate ended on " + DAY_EN.format(day) + ". " + desk.en());
      default -> desk;
    };
  }

  /** Of a visit while the line was down. */
  static Sentence recorded(Instant at) {
    ZonedDateTime moment = at.atZone(JAPAN);
    return new Sentence(
        "回線が止まっていた間（" + MOMENT_JA.format(moment) + "）に記録した受付です。",
        "Recorded while the line was down (" + MOMENT_EN.format(moment) + ").");
  }
}
