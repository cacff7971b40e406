package jp.kazashi.qualification.person;

import jp.kazashi.qualification.coverage.Coded;

/** OQSCD007. */
public enum Sex implements Coded {
  MALE("1"),
  FEMALE("2"),
  UNKNOWN("3");

  private final String code;

  Sex(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
