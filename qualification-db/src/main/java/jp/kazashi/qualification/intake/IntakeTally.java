package jp.kazashi.qualification.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which lines of one piece count: a line taken in before is a duplicate, a line under a known id
 * with other content is refused, and everything else is judged.
 */
public final class IntakeTally {
  private final LineLedger ledger;
  private final Map<Long, Long> now = new HashMap<>();
  private final List<LineDigest> taken = new ArrayList<>();
  private final List<RejectedLine> rejected = new ArrayList<>();
  private int duplicates;

  public IntakeTally(LineLedger ledger) {
    this.ledger = ledger;
  }

  @FunctionalInterface
  interface Judgement {
    void take() throws FieldRefused;
  }

  void count(FeedLine line, Judgement judgement) {
    try {
      if (isNew(line)) {
        judgement.take();
        now.put(line.digest().id(), line.digest().content());
        taken.add(line.digest());
      } else {
        duplicates++;
      }
    } catch (FieldRefused refused) {
      rejected.add(refused.of(line.line()));
    }
  }

  private boolean isNew(FeedLine line) throws FieldRefused {
    if (line.line().length() > 100 || line.line().indexOf('\0') >= 0) {
      throw new FieldRefused("line", "A line has an id of 1 to 100 characters");
    }
    Long before = now.get(line.digest().id());
    LineLedger.Known known =
        before == null
            ? ledger.known(line)
            : before == line.digest().content()
                ? LineLedger.Known.THE_SAME
                : LineLedger.Known.OTHER_CONTENT;
    return switch (known) {
      case NEW -> {
        if (ledger.lines() + taken.size() >= LineLedger.MOST) {
          throw new FieldRefused("batch", "A batch has at most 2000000 lines");
        }
        yield true;
      }
      case THE_SAME -> false;
      case OTHER_CONTENT ->
          throw new FieldRefused("line", "Another content was taken in under this line id");
    };
  }

  /** The lines taken in now, in their order. */
  public List<LineDigest> taken() {
    return List.copyOf(taken);
  }

  /** The place that the next line taken in has in its batch, counted from 1. */
  int nextPlace() {
    return ledger.lines() + taken.size() + 1;
  }

  public int duplicates() {
    return duplicates;
  }

  public List<RejectedLine> rejected() {
    return List.copyOf(rejected);
  }
}
