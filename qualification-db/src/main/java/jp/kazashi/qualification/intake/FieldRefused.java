package jp.kazashi.qualification.intake;

/** Ends the reading of one line; never leaves this package. */
final class FieldRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final String field;

  FieldRefused(String field, String reason) {
    super(reason, null, false, false);
    this.field = field;
  }

  RejectedLine of(String line) {
    return new RejectedLine(line, field, String.valueOf(getMessage()));
  }
}
