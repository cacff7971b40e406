package jp.kazashi.qualification.feed;

import jp.kazashi.qualification.intake.RejectedLine;

/** The delivery cannot be read on: wrong encoding, unknown column, a line without end. */
public final class DeliveryRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final String field;

  public DeliveryRefused(String field, String reason) {
    super(reason, null, false, false);
    this.field = field;
  }

  public RejectedLine rejected() {
    return new RejectedLine("", field, String.valueOf(getMessage()));
  }
}
