package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import jp.kazashi.qualification.holder.HolderLink;

/** The hot read of a check: link, person, flags and history in one round trip. */
public interface FindCoverage {
  Uni<HolderCoverage> byHolder(HolderLink link);
}
