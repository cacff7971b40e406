package jp.kazashi.consent;

import java.time.Instant;

/** Somebody at a kiosk asks for staff. */
public record StaffCall(String terminal, Instant at, Want want) {

  /** What for. */
  public enum Want {
    /** Somebody is to come. */
    HELP,
    /** Somebody is to look whether the holder is the one on the card. */
    SIGHT
  }
}
