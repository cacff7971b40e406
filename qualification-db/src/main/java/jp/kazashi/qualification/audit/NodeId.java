package jp.kazashi.qualification.audit;

public record NodeId(String value) {
  public NodeId {
    if (!value.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      throw new IllegalArgumentException(
          "A node id has 1 to 40 small letters, digits and dashes and begins with no dash");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
