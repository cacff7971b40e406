package jp.kazashi.gateway.seal;

import io.smallrye.mutiny.Uni;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.CommitUnknown;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.Station;

/** Commits while the audit is sealed in time, and keeps in mind what has to be sealed next. */
public final class SealedStation implements CommitStation {
  private final CommitStation station;
  private final Unsealed unsealed;

  public SealedStation(CommitStation station, Unsealed unsealed) {
    this.station = station;
    this.unsealed = unsealed;
  }

  @Override
  public Uni<Committed> commit(Station what) {
    if (unsealed.stops()) {
      return Uni.createFrom().failure(new AuditUnsealed(unsealed.age()));
    }
    return station
        .commit(what)
        .invoke(outcome -> {
          if (outcome instanceof Committed.Done(var receipt)) {
            unsealed.written(receipt);
          }
        })
        .onFailure(CommitUnknown.class)
        .invoke(unsealed::perhapsWritten);
  }
}
