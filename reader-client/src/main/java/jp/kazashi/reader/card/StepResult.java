package jp.kazashi.reader.card;

import java.util.function.Function;
import java.util.function.Supplier;

/** What came of one step. */
public sealed interface StepResult {

  /** The card answered with one of the step's status words. */
  @SuppressWarnings("ArrayRecordComponent") // read once by the caller, never compared
  record Accepted(byte[] data, int statusWord) implements StepResult {
    @Override
    public String toString() {
      return ApduText.ofResponse(data.length, statusWord);
    }
  }

  /** The card answered with a status word the step has no meaning for. */
  record Unexpected(String step, int statusWord) implements StepResult {
    public String what() {
      return "The card answered %04X to '%s'.".formatted(statusWord, step);
    }
  }

  record CardGone() implements StepResult {}

  /** The card may still be there but cannot be reached; {@code what} is for log and desk. */
  record Trouble(String what) implements StepResult {}

  /** For a caller who gets on only with an accepted answer. */
  default <R> R then(
      Function<Accepted, R> accepted, Supplier<R> gone, Function<String, R> trouble) {
    return switch (this) {
      case Accepted answer -> accepted.apply(answer);
      case Unexpected unexpected -> trouble.apply(unexpected.what());
      case CardGone _ -> gone.get();
      case Trouble(String what) -> trouble.apply(what);
    };
  }
}
