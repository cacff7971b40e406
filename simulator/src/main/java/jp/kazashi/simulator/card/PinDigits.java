package jp.kazashi.simulator.card;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What a PIN really is, and the counters its mistakes are counted by. */
final class PinDigits {

  private final PinReference reference;
  private final byte[] digits;
  private final PinCounters counters;

  PinDigits(PinReference reference, String digits, PinCounters counters) {
    this.reference = reference;
    this.digits = digits.getBytes(StandardCharsets.US_ASCII);
    this.counters = counters;
  }

  PinReference reference() {
    return reference;
  }

  int triesLeft() {
    return counters.left(reference);
  }

  PinCounters.Trial tried(byte[] candidate) {
    return counters.count(reference, () -> MessageDigest.isEqual(digits, candidate));
  }
}
