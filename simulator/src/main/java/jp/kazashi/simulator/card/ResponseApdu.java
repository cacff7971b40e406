package jp.kazashi.simulator.card;

import java.util.Arrays;

/** What the card answers: data and a status word. */
final class ResponseApdu {

  private static final byte[] NOTHING = {};

  private final byte[] data;
  private final int statusWord;

  private ResponseApdu(byte[] data, int statusWord) {
    this.data = data;
    this.statusWord = statusWord;
  }

  static ResponseApdu of(int statusWord) {
    return new ResponseApdu(NOTHING, statusWord);
  }

  static ResponseApdu done() {
    return of(StatusWord.DONE);
  }

  static ResponseApdu done(byte[] data) {
    return new ResponseApdu(data, StatusWord.DONE);
  }

  static ResponseApdu triesLeft(int tries) {
    return of(StatusWord.TRIES_LEFT | tries);
  }

  byte[] bytes() {
    byte[] bytes = Arrays.copyOf(data, data.length + 2);
    bytes[data.length] = (byte) (statusWord >> 8);
    bytes[data.length + 1] = (byte) statusWord;
    return bytes;
  }
}
