package jp.kazashi.qualification.intake;

public record BatchId(String value) {
  public BatchId {
    if (!value.matches("[A-Za-z0-9._:-]{1,100}")) {
      throw new IllegalArgumentException(
          "A batch id has 1 to 100 letters, digits, dots, colons, dashes or underscores");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
