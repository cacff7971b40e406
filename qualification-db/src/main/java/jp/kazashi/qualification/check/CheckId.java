package jp.kazashi.qualification.check;

import java.util.UUID;

public record CheckId(UUID value) {
  public static CheckId parse(String text) {
    return new CheckId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
