package jp.kazashi.qualification.staff;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import jp.kazashi.qualification.institution.InstitutionCode;

/**
 * Somebody at a kiosk needs a member of staff. It says where and what for, and of nobody who. It
 * ends when it is answered, when its terminal takes it back, and by itself.
 */
public record StaffCall(
    UUID id, InstitutionCode institution, String terminal, Want want, Instant calledAt) {

  /** What for. */
  public enum Want {
    /** Somebody is to come. */
    HELP(Duration.ofMinutes(15)),
    /** Somebody is to look whether the holder is the one on the card. */
    SIGHT(Duration.ofMinutes(2));

    private final Duration life;

    Want(Duration life) {
      this.life = life;
    }

    /** How long such a call lasts when nobody does anything about it. */
    public Duration life() {
      return life;
    }
  }

  /** How a call ended before its time. */
  public enum Ending {
    ANSWERED,
    WITHDRAWN
  }

  public StaffCall {
    calledAt = calledAt.truncatedTo(ChronoUnit.MICROS);
    if (terminal.isBlank() || terminal.length() > 64) {
      throw new IllegalArgumentException("A terminal has a name of at most 64 characters");
    }
  }

  public Instant endsAt() {
    return calledAt.plus(want.life());
  }
}
