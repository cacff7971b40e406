package jp.kazashi.simulator.world;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.kazashi.simulator.card.CardPace;
import jp.kazashi.simulator.card.FaultScript;
import jp.kazashi.simulator.card.PinReference;
import jp.kazashi.simulator.card.VirtualCard;

/**
 * The cards of a deck as they lie on the table: at a pace, and with faults somebody wrote for them.
 * Both hold from a card's next insertion on and are forgotten when the simulator ends; blocked PINs
 * are not.
 */
final class CardTable {
  private final Deck deck;
  private final Map<String, List<String>> faults = new ConcurrentHashMap<>();
  private volatile String pace = "instant";

  CardTable(Deck deck) {
    this.deck = deck;
  }

  List<DeckCard> cards() {
    return deck.cards();
  }

  Optional<DeckCard> card(String name) {
    return deck.card(name);
  }

  /** What goes into a reader. */
  VirtualCard inHand(DeckCard card) {
    deck.noteUse(card.story());
    return card.card()
        .paced(CardPace.named(pace))
        .disturbed(FaultScript.of(faults(card.story().card())));
  }

  List<String> faults(String card) {
    return faults.getOrDefault(card, List.of());
  }

  /**
   * In the place of what was written before.
   *
   * @throws IllegalArgumentException if a line is no fault; nothing is changed then
   */
  void setFaults(DeckCard card, List<String> lines) {
    FaultScript.of(lines);
    faults.put(card.story().card(), List.copyOf(lines));
  }

  String pace() {
    return pace;
  }

  /**
   * Of every card from now on.
   *
   * @throws IllegalArgumentException if there is no such pace
   */
  void setPace(String name) {
    CardPace.named(name);
    pace = name;
  }

  int pinTries(DeckCard card) {
    return card.counters().left(pin(card));
  }

  /**
   * As if somebody had typed wrong digits, or the municipality had set the PIN anew.
   *
   * @throws IllegalArgumentException for more tries than a PIN has, or a card without one
   */
  void setPinTries(DeckCard card, int tries) {
    if (card.story().pin().isEmpty()) {
      throw new IllegalArgumentException(card.story().card() + " has no PIN.");
    }
    card.counters().set(pin(card), tries);
  }

  private static PinReference pin(DeckCard card) {
    return PinReference.authentication(card.story().card());
  }
}
