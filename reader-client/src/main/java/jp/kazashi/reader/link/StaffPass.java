package jp.kazashi.reader.link;

/** Says that a named member of staff confirms the holder of this visit by sight. Good once. */
public record StaffPass(String value) {
  public StaffPass {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A pass is not empty.");
    }
  }

  @Override
  public String toString() {
    return "StaffPass[…]";
  }
}
