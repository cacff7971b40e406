package jp.kazashi.qualification.institution;

/** 照会番号: an institution's own number for a person, told back with every answer there. */
public record ReferenceNumber(String value) {
  public ReferenceNumber {
    if (value.isBlank() || value.length() > 50 || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("A reference number has 1 to 50 characters");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
