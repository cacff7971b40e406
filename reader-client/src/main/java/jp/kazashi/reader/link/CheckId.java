package jp.kazashi.reader.link;

import java.util.UUID;

/** The gateway's name for one check. */
public record CheckId(UUID value) {

  public static CheckId of(String text) {
    return new CheckId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
