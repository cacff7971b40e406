package jp.kazashi.reader.visit;

import java.util.function.BooleanSupplier;
import jp.kazashi.reader.myna.CardFaceScan;

/**
 * How this terminal tells whether the person at it is the one on the card.
 *
 * @param scan who reads what is printed on the card, and so opens its portrait
 */
public record FaceCheck(CardFaceScan scan, Matcher matcher) {

  /**
   * Compares with whoever is in front of it, for as long as their card is there. Wipes the portrait
   * it is given.
   */
  @FunctionalInterface
  public interface Matcher {
    Verdict compare(byte[] jpeg2000, BooleanSupplier isCardThere);

    /** Whether faces can be compared now; where they cannot, nobody is offered it. */
    default boolean isReady() {
      return true;
    }
  }

  /** What a comparison came to. Only {@link #MATCH} confirms anybody. */
  public enum Verdict {
    MATCH,
    NO_MATCH,
    NOT_SURE,
    CANNOT_READ
  }
}
