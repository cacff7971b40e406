package jp.kazashi.jpki.statement;

import java.util.regex.Pattern;

/** The terminal's id as in its client certificate's common name. */
public record TerminalId(String value) {
  // 64 is the upper bound of a common name (RFC 5280 appendix A).
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public TerminalId {
    if (!ID.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A terminal id has 1 to 64 letters, digits, dots, hyphens or underscores");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
