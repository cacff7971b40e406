package jp.kazashi.qualification.intake;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line as it was sent; nothing in it is believed yet. */
public final class FeedLine implements ReadLine {
  private final LineType type;
  private final String line;
  private final @Nullable String[] values;
  private final LineDigest digest;

  private FeedLine(LineType type, String line, @Nullable String[] values, LineDigest digest) {
    this.type = type;
    this.line = line;
    this.values = values;
    this.digest = digest;
  }

  /**
   * A line in the making.
   *
   * @param bytes its content, by which it is known again
   */
  public static FeedLine of(
      LineType type, String line, Map<String, @Nullable String> fields, byte[] bytes) {
    @Nullable String[] values = new String[type.fields().size()];
    fields.forEach((field, value) -> {
      int place = type.place(field);
      if (place < 0) {
        throw new IllegalArgumentException("is unknown in a " + type.word());
      }
      values[place] = value;
    });
    return new FeedLine(type, line, values, LineDigest.of(line, bytes));
  }

  public LineType type() {
    return type;
  }

  public String line() {
    return line;
  }

  public LineDigest digest() {
    return digest;
  }

  /** A field as it was sent; null when it is missing or empty. */
  @Nullable String text(String field) {
    int place = type.place(field);
    if (place < 0) {
      throw new IllegalArgumentException("A " + type.word() + " has no field " + field);
    }
    String value = values[place];
    return value == null || value.isBlank() ? null : value;
  }

  public @Nullable String personCode() {
    return text("personCode");
  }

  /** A line tells of a person: what is printed may reach a log. */
  @Override
  public String toString() {
    return "FeedLine[" + type.word() + " " + line + "]";
  }
}
