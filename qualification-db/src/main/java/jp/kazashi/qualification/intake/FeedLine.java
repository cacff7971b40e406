package jp.kazashi.qualification.intake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.kazashi.qualification.audit.Digest;
import org.jspecify.annotations.Nullable;

/** One line of any feed. */
public sealed interface FeedLine permits QualificationLine, RegistrationLine, MedicationLine {
  @Nullable String line();

  @Nullable String personCode();

  List<@Nullable Object> fields();

  /** Tells a line that is sent again from another line under the same id. */
  default Digest digest() {
    StringBuilder text = new StringBuilder(getClass().getSimpleName());
    for (Object field : fields()) {
      String value = field == null ? "" : field.toString();
      text.append(field == null ? '-' : '+').append(value.length()).append(':').append(value);
    }
    return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
