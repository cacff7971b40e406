package jp.kazashi.consent;

import java.util.Locale;

/** What makes a screen easier for the patient who is at it; forgotten with them. */
public enum Comfort {
  CONTRAST,
  /** Letters of twice the size. */
  LARGE,
  /** Nothing moves. */
  CALM,
  /** Every screen is read aloud. */
  VOICE,
  /** Number keys press the button of that number (WCAG 2.1.4: can be switched off). */
  KEYS;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
