package jp.kazashi.qualification.coverage;

/** OQSCD009 本人・家族. */
public enum Relationship implements Coded {
  PERSON("1"),
  FAMILY("2");

  private final String code;

  Relationship(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
