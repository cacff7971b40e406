package jp.kazashi.jpki.bundle;

import java.util.Optional;
import jp.kazashi.jpki.bundle.Value.Fields;
import jp.kazashi.jpki.verdict.Verdict;

/**
 * A verdict in words that stay the same over versions.
 *
 * @param why phase, reason or cause
 */
public record RecordedVerdict(Outcome outcome, Optional<String> why) {
  public enum Outcome {
    TRUSTED,
    REJECTED,
    UNDETERMINED
  }

  public static RecordedVerdict of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Trusted trusted ->
          new RecordedVerdict(Outcome.TRUSTED, Optional.of(trusted.phase().name()));
      case Verdict.Rejected rejected ->
          new RecordedVerdict(Outcome.REJECTED, Optional.of(rejected.reason().id()));
      case Verdict.Undetermined undetermined ->
          new RecordedVerdict(Outcome.UNDETERMINED, Optional.of(undetermined.cause().name()));
    };
  }

  @Override
  public String toString() {
    return why.map(word -> outcome + " " + word).orElse(outcome.name());
  }

  Fields fields() {
    Fields fields = new Fields().put("outcome", outcome.name());
    why.ifPresent(word -> fields.put("why", word));
    return fields;
  }

  static RecordedVerdict read(Fields fields) {
    return new RecordedVerdict(
        Outcome.valueOf(fields.text("outcome")), fields.find("why").map(Value::text));
  }
}
