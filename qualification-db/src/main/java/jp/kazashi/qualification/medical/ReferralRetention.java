package jp.kazashi.qualification.medical;

import java.time.LocalDate;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/** 診療情報提供書: six months, or a week from when it was received (AC-11). */
public record ReferralRetention(Period unreceived, Period received) {
  public static ReferralRetention ordinary() {
    return new ReferralRetention(Period.ofMonths(6), Period.ofDays(7));
  }

  /** The first day on which it is gone. */
  public LocalDate endsOn(LocalDate createdOn, @Nullable LocalDate receivedOn) {
    LocalDate unread = createdOn.plus(unreceived);
    if (receivedOn == null) {
      return unread;
    }
    LocalDate read = receivedOn.plus(received);
    return read.isBefore(unread) ? read : unread;
  }

  public boolean kept(LocalDate createdOn, @Nullable LocalDate receivedOn, LocalDate today) {
    return today.isBefore(endsOn(createdOn, receivedOn));
  }
}
