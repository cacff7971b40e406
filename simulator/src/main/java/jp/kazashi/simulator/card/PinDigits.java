package jp.kazashi.simulator.card;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/** What a PIN really is, and the counters its mistakes are counted by. */
final class PinDigits {

  static final Pattern FOUR_DIGITS = Pattern.compile("[0-9]{4}");

  /** Of this card at least: one letter and one digit among capitals and digits. */
  static final Pattern PASSWORD = Pattern.compile("(?=.*[A-Z])(?=.*[0-9])[A-Z0-9]{6,16}");

  private final PinReference reference;
  private final String digits;
  private final PinCounters counters;

  PinDigits(PinReference reference, String digits, PinCounters counters) {
    this.reference = reference;
    this.digits = digits;
    this.counters = counters;
  }

  PinReference reference() {
    return reference;
  }

  int triesLeft() {
    return counters.left(reference);
  }

  PinCounters.Trial tried(byte[] candidate) {
    return counters.count(reference, () -> MessageDigest.isEqual(digits(), candidate));
  }

  private byte[] digits() {
    return counters.changed(reference).orElse(digits).getBytes(StandardCharsets.US_ASCII);
  }

  /** False if it could be no PIN of this kind. */
  boolean change(byte[] next) {
    String wanted = new String(next, StandardCharsets.US_ASCII);
    Pattern form = digits.length() == 4 ? FOUR_DIGITS : PASSWORD;
    if (!form.matcher(wanted).matches()) {
      return false;
    }
    counters.change(reference, wanted);
    return true;
  }
}
