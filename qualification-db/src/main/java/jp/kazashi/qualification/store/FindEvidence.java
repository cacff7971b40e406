package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import jp.kazashi.qualification.check.CheckId;

/** Everything a check's judgement rested on. */
public interface FindEvidence {
  Uni<List<Evidence>> of(CheckId check);
}
