package jp.kazashi.consent.pages;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.desk.FailureDesk.Judged;
import jp.kazashi.consent.desk.FailureDesk.Standing;
import jp.kazashi.consent.desk.FailureDesk.Waiting;

/** A line that is as the test wants it. */
final class FailureInHand {

  static final Standing WELL =
      new Standing(false, false, Optional.empty(), List.of(), 0, Optional.empty(), List.of());
  static final Standing DOWN =
      new Standing(true, false, Optional.empty(), List.of(), 0, Optional.empty(), List.of());
  static final Standing DOWN_WITH_TROUBLE =
      new Standing(
          true,
          false,
          Optional.of(new Sentence("保存先がないため、記録できません。", "There is no folder to record in.")),
          List.of(),
          0,
          Optional.empty(),
          List.of());
  static final Standing RECORDING =
      new Standing(
          true,
          true,
          Optional.empty(),
          List.of(
              new Waiting("visit-1", Instant.parse("2026-12-01T00:20:00Z"), "kiosk-1"),
              new Waiting("visit-2", Instant.parse("2026-12-01T00:24:00Z"), "kiosk-1")),
          2,
          Optional.of(Instant.parse("2026-12-01T00:14:00Z")),
          List.of());
  static final Standing JUDGED =
      new Standing(
          false,
          false,
          Optional.empty(),
          List.of(),
          1,
          Optional.of(Instant.parse("2026-12-01T00:14:00Z")),
          List.of(
              new Judged(
                  7,
                  false,
                  "架空 花子",
                  "1980-01-02",
                  "CERTIFICATE_REVOKED",
                  Optional.of(new Sentence("資格確認書で確認してください。", "Use the document."))),
              new Judged(8, true, "架空 太郎", "1975-03-04", "", Optional.empty()),
              new Judged(9, false, "", "", "RECORD_UNREADABLE", Optional.empty())));

  private volatile Standing standing = WELL;

  void is(Standing now) {
    standing = now;
  }

  Standing standing() {
    return standing;
  }
}
