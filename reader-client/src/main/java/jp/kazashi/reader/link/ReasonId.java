package jp.kazashi.reader.link;

import java.util.regex.Pattern;

/** The stable name of a reason, such as {@code CERTIFICATE_REVOKED}. */
public record ReasonId(String value) {
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{1,63}");

  public ReasonId {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException("A reason is named in capitals");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
