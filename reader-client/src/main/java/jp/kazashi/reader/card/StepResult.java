package jp.kazashi.reader.card;

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
}
