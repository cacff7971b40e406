package jp.kazashi.gateway.seal;

import io.smallrye.mutiny.Uni;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.EpochLost;
import jp.kazashi.qualification.store.Station;

/** Commits while this start holds its node's name, and notices when it does not. */
public final class HeldStation implements CommitStation {
  private final CommitStation station;
  private final Tenure tenure;

  public HeldStation(CommitStation station, Tenure tenure) {
    this.station = station;
    this.tenure = tenure;
  }

  @Override
  public Uni<Committed> commit(Station what) {
    return tenure.isOver()
        ? Uni.createFrom().failure(new EpochLost(tenure.chain()))
        : station.commit(what).onFailure(EpochLost.class).invoke(tenure::end);
  }
}
