package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.qualification.institution.InstitutionCode;
import org.jspecify.annotations.Nullable;

/** Jobs outlive the node that took them: any node goes on with the lines still unanswered. */
public interface KeepBulkJobs {
  /** Lines are counted from 1 in the order of the questions. */
  Uni<Void> ask(BulkJob job, List<String> questions);

  Uni<Optional<BulkJob>> byId(InstitutionCode institution, UUID id);

  /** Jobs that are not finished, oldest first. */
  Uni<List<BulkJob>> unfinished(int limit);

  Uni<List<Line>> unanswered(UUID job, int limit);

  /** An answer given before stays. */
  Uni<Void> answer(UUID job, List<Line> answered);

  /** True when no line waits any more; from then on the job is finished. */
  Uni<Boolean> finish(UUID job, Instant at);

  Uni<List<Line>> lines(UUID job);

  /** At most so many lines after that one, in order. */
  Uni<List<Line>> lines(UUID job, int after, int limit);

  /** How many lines are answered. */
  Uni<Integer> answered(UUID job);

  /**
   * Takes a job for a while, or keeps it; false while somebody else has it. Who dies loses it when
   * the time is over.
   *
   * @param holder one running process
   */
  Uni<Boolean> take(UUID job, UUID holder, Instant now, Instant until);

  record Line(int line, String question, @Nullable String answer) {}
}
