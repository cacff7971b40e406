package jp.kazashi.reader;

/** The terminal cannot start like this; the message says in one line what to change. */
final class BadSettings extends Exception {

  BadSettings(String line) {
    super(line);
  }

  String line() {
    return String.valueOf(getMessage());
  }
}
