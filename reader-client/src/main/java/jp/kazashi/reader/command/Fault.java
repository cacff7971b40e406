package jp.kazashi.reader.command;

/** The command could not be carried out; the message is one line with the next step. */
public final class Fault extends Exception {

  Fault(String line) {
    super(line);
  }

  public String line() {
    return String.valueOf(getMessage());
  }
}
