package jp.kazashi.simulator.card;

import java.util.List;

/**
 * A card of the deck. It can be in several readers at once, which no real card can; those
 * insertions share the PIN counters and nothing else.
 */
public final class VirtualCard {

  private final String name;
  private final byte[] atr;
  private final List<Application> applications;

  public VirtualCard(CardContents contents, PinCounters counters) {
    this.name = contents.name();
    this.atr = contents.atr();
    this.applications = List.of(new JpkiApplication(contents, counters));
  }

  public String name() {
    return name;
  }

  public CardInsertion insert() {
    return new CardInsertion(atr, applications);
  }
}
