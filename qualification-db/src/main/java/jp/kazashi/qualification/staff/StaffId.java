package jp.kazashi.qualification.staff;

import java.util.UUID;

public record StaffId(UUID value) {
  public static StaffId parse(String text) {
    return new StaffId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
