package jp.kazashi.qualification.intake;

import java.nio.charset.Charset;

/** What the bytes of a delivery mean. */
public enum FeedEncoding {
  UTF_8("UTF-8"),
  CP932("windows-31j");

  // A charset never changes.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Charset charset;

  FeedEncoding(String charset) {
    this.charset = Charset.forName(charset);
  }

  public Charset charset() {
    return charset;
  }
}
