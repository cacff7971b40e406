package jp.kazashi.jpki.revocation;

/** How large a revocation list may be before nobody reads it. */
public record ListLimits(int mostOctets, int mostEntries) {
  private static final int MEBIBYTE = 1024 * 1024;

  public ListLimits {
    if (mostOctets <= 0 || mostEntries <= 0) {
      throw new IllegalArgumentException("A limit of nothing would refuse every list");
    }
  }

  /** Room for a few million holders of one authority. */
  public static ListLimits ordinary() {
    return new ListLimits(128 * MEBIBYTE, 3_000_000);
  }
}
