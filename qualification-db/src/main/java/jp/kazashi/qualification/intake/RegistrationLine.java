package jp.kazashi.qualification.intake;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registration as it was sent.
 *
 * @param holderLink the link's opaque text, made from issuer and serial by whoever received the
 *     line
 */
public record RegistrationLine(
    @Nullable String line,
    @Nullable String personCode,
    @Nullable String holderLink,
    @Nullable String registeredAt)
    implements FeedLine {
  @Override
  public List<@Nullable Object> fields() {
    return Arrays.asList(line, personCode, holderLink, registeredAt);
  }

  /** A line tells of a person: what is printed may reach a log. */
  @Override
  public String toString() {
    return "RegistrationLine[" + line + "]";
  }
}
