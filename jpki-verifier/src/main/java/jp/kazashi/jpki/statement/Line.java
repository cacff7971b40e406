package jp.kazashi.jpki.statement;

import java.util.Optional;

/** Whether the gateway could be asked when the card signed. The codes are signed. */
public enum Line {
  /** The gateway made the challenge. */
  ONLINE(1),
  /**
   * The line was down: the terminal made the challenge, and what was signed is judged afterwards.
   */
  DEGRADED(2);

  private final byte code;

  Line(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static Optional<Line> ofCode(byte code) {
    for (Line line : values()) {
      if (line.code == code) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }
}
