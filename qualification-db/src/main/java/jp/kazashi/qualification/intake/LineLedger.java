package jp.kazashi.qualification.intake;

import java.util.Set;

/**
 * The lines of one batch that were taken in. Two numbers a line in one table with open addressing,
 * so that two million lines need 64 MB and no more.
 */
public final class LineLedger {
  public static final int MOST = 2_000_000;

  private static final int FEWEST_PLACES = 1 << 12;

  private long[] ids = new long[FEWEST_PLACES];
  private long[] contents = new long[FEWEST_PLACES];
  private boolean[] taken = new boolean[FEWEST_PLACES];
  private final Set<String> legacy;
  private int lines;

  /**
   * An empty ledger.
   *
   * @param legacy ids of lines that an earlier version took in without this ledger
   */
  public LineLedger(Set<String> legacy) {
    this.legacy = Set.copyOf(legacy);
  }

  /** What is known of a line's id. */
  public enum Known {
    NEW,
    THE_SAME,
    OTHER_CONTENT
  }

  public Known known(FeedLine line) {
    if (legacy.contains(line.line())) {
      return Known.THE_SAME;
    }
    int place = placeOf(line.digest().id());
    if (!taken[place]) {
      return Known.NEW;
    }
    return contents[place] == line.digest().content() ? Known.THE_SAME : Known.OTHER_CONTENT;
  }

  public void add(LineDigest digest) {
    if (lines >= ids.length / 2) {
      grow();
    }
    int place = placeOf(digest.id());
    if (!taken[place]) {
      ids[place] = digest.id();
      contents[place] = digest.content();
      taken[place] = true;
      lines++;
    }
  }

  public int lines() {
    return lines;
  }

  private int placeOf(long id) {
    int mask = ids.length - 1;
    int place = (int) id & mask;
    while (taken[place] && ids[place] != id) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldIds = ids;
    long[] oldContents = contents;
    boolean[] oldTaken = taken;
    ids = new long[oldIds.length * 2];
    contents = new long[oldIds.length * 2];
    taken = new boolean[oldIds.length * 2];
    for (int at = 0; at < oldIds.length; at++) {
      if (oldTaken[at]) {
        int place = placeOf(oldIds[at]);
        ids[place] = oldIds[at];
        contents[place] = oldContents[at];
        taken[place] = true;
      }
    }
  }
}
