package jp.kazashi.reader.myna;

import java.time.LocalDate;

/** 基本4情報 as the card tells them. */
public record Attributes(String name, String address, LocalDate birthDate, Sex sex) {

  public enum Sex {
    UNKNOWN,
    MALE,
    FEMALE,
    NOT_APPLICABLE
  }

  @Override
  public String toString() {
    return "Attributes[…]";
  }
}
