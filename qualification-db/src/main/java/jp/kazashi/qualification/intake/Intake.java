package jp.kazashi.qualification.intake;

import java.util.List;
import java.util.Map;
import jp.kazashi.qualification.audit.Digest;

/**
 * What taking in some lines of a batch changes, and what is to be reported of them.
 *
 * @param changes in the order in which they are to be written
 * @param taken ids of the lines that were taken in, with the digest of their content
 */
public record Intake<C>(
    List<C> changes,
    Map<String, Digest> taken,
    int accepted,
    int duplicates,
    List<RejectedLine> rejected) {
  public Intake {
    changes = List.copyOf(changes);
    taken = Map.copyOf(taken);
    rejected = List.copyOf(rejected);
  }

  static <C> Intake<C> of(List<C> changes, IntakeTally tally) {
    return new Intake<>(
        changes, tally.taken(), tally.accepted(), tally.duplicates(), tally.rejected());
  }
}
