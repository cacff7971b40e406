package jp.kazashi.qualification.staff;

import java.util.UUID;

public record StaffId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
