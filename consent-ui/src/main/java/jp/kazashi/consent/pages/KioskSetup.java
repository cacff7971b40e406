package jp.kazashi.consent.pages;

import java.util.Optional;
import jp.kazashi.consent.CameraPreview;

/**
 * What stands at this kiosk.
 *
 * @param phones whether there is a reader for phones
 * @param camera what the face is compared by; empty where there is none to show
 */
public record KioskSetup(boolean phones, Loudness loudness, Optional<CameraPreview> camera) {

  /** Nothing but a screen and a reader for cards. */
  public static final KioskSetup PLAIN = new KioskSetup(false, Loudness.OFF, Optional.empty());

  /** Where spoken guidance comes out. */
  public enum Loudness {
    OFF,
    /** Others hear it too: it begins when it is asked for, and what is personal stays unsaid. */
    LOUDSPEAKER,
    /** Only who wears them hears it: everything is said, from the start. */
    HEADPHONES
  }
}
