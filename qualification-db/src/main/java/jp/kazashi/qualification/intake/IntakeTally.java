package jp.kazashi.qualification.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.kazashi.qualification.audit.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of one batch count: a line taken in before is a duplicate, a line under a known id
 * with other content is refused, and everything else is read and judged.
 */
final class IntakeTally {
  private final Map<String, Digest> known;
  private final Map<String, Digest> taken = new LinkedHashMap<>();
  private final List<RejectedLine> rejected = new ArrayList<>();
  private int accepted;
  private int duplicates;

  IntakeTally(Map<String, Digest> takenBefore) {
    this.known = new HashMap<>(takenBefore);
  }

  @FunctionalInterface
  interface Judgement {
    void take() throws FieldRefused;
  }

  void count(FeedLine line, Judgement judgement) {
    String id = line.line() == null ? "" : line.line();
    Digest digest = line.digest();
    try {
      if (isNew(id, digest)) {
        judgement.take();
        known.put(id, digest);
        taken.put(id, digest);
        accepted++;
      } else {
        duplicates++;
      }
    } catch (FieldRefused refused) {
      rejected.add(refused.of(id));
    }
  }

  private boolean isNew(String id, Digest digest) throws FieldRefused {
    if (id.isBlank() || id.length() > 100 || id.indexOf('\0') >= 0) {
      throw new FieldRefused("line", "A line has an id of 1 to 100 characters");
    }
    @Nullable Digest before = known.get(id);
    if (before != null && !before.equals(digest)) {
      throw new FieldRefused("line", "Another content was taken in under this line id");
    }
    return before == null;
  }

  /** Line ids taken in now, with the digest of their content. */
  Map<String, Digest> taken() {
    return taken;
  }

  int accepted() {
    return accepted;
  }

  int duplicates() {
    return duplicates;
  }

  List<RejectedLine> rejected() {
    return rejected;
  }
}
