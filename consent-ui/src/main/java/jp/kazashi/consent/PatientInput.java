package jp.kazashi.consent;

import java.util.Arrays;

/** What a patient does at the kiosk. */
public sealed interface PatientInput
    permits PatientInput.Reply,
        PatientInput.CallStaff,
        PatientInput.MoreTime,
        PatientInput.Speak,
        PatientInput.Turn,
        PadKey {

  /** What a visit waits for; the rest can be said at any time and lets the visit go on. */
  sealed interface Reply extends PatientInput {}

  /** How they want to show that the card is theirs. */
  record Choose(ProofMethod method) implements Reply {}

  /** An answer to the question on the screen: about consent, or registration. */
  record Answer(ConsentReply reply) implements Reply {}

  /** They want to stop. */
  record Cancel() implements Reply {}

  /** They want help. */
  record CallStaff() implements PatientInput {}

  /** They need longer. */
  record MoreTime() implements PatientInput {}

  /** They read another language. */
  record Speak(Language language) implements PatientInput {}

  /** They want one of the comforts, or no longer. */
  record Turn(Comfort comfort) implements PatientInput {}

  /** They want to go back to the choice before this screen. */
  record Back() implements Reply {}

  /**
   * The PIN, as the bytes of its digits. It owns its array; whoever takes it out wipes it, and it
   * never prints itself.
   */
  final class Pin implements Reply {

    /** The longest PIN the kiosk takes; the authentication PIN of the card has four digits. */
    public static final int LENGTH = 4;

    private final byte[] digits;

    /** Takes the digits over and wipes the array they came in. */
    public Pin(byte[] typed) {
      if (typed.length != LENGTH || !digitsOnly(typed)) {
        Arrays.fill(typed, (byte) 0);
        throw new IllegalArgumentException("The PIN has " + LENGTH + " digits");
      }
      this.digits = typed.clone();
      Arrays.fill(typed, (byte) 0);
    }

    /** Hands the digits over once; this PIN is empty afterwards. */
    public byte[] take() {
      byte[] taken = digits.clone();
      wipe();
      return taken;
    }

    public void wipe() {
      Arrays.fill(digits, (byte) 0);
    }

    @Override
    public String toString() {
      return "Pin[****]";
    }

    private static boolean digitsOnly(byte[] typed) {
      for (byte digit : typed) {
        if (digit < '0' || digit > '9') {
          return false;
        }
      }
      return true;
    }
  }
}
