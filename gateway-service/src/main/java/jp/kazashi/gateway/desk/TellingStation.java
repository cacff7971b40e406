package jp.kazashi.gateway.desk;

import io.smallrye.mutiny.Uni;
import jp.kazashi.gateway.port.WakeReaders;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.Station;

/** Wakes those who read events once one is committed. */
public final class TellingStation implements CommitStation {
  private final CommitStation station;
  private final WakeReaders readers;

  public TellingStation(CommitStation station, WakeReaders readers) {
    this.station = station;
    this.readers = readers;
  }

  @Override
  public Uni<Committed> commit(Station what) {
    Uni<Committed> committed = station.commit(what);
    return what.told()
        .map(event ->
            committed.invoke(outcome -> {
              if (outcome instanceof Committed.Done) {
                readers.wake(event.institution());
              }
            }))
        .orElse(committed);
  }
}
