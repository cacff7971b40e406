package jp.kazashi.qualification.person;

/** OQSCD007. */
public enum Sex {
  MALE("1"),
  FEMALE("2"),
  UNKNOWN("3");

  private final String code;

  Sex(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
