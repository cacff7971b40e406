package jp.kazashi.simulator.card;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An application whose files are made when it is first selected. Drawing and signing what is
 * printed on a card takes its time, and most cards of a deck are never asked for it.
 */
final class LateApplication implements Application {

  private final Aid aid;
  private final Supplier<Application> making;
  private @Nullable Application made;

  LateApplication(Aid aid, Supplier<Application> making) {
    this.aid = aid;
    this.making = making;
  }

  @Override
  public Aid aid() {
    return aid;
  }

  @Override
  public Selection select() {
    return made().select();
  }

  private synchronized Application made() {
    Application known = made;
    if (known == null) {
      known = making.get();
      made = known;
    }
    return known;
  }
}
