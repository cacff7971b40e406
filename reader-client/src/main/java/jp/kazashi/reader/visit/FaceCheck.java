package jp.kazashi.reader.visit;

import java.util.function.BooleanSupplier;
import jp.kazashi.reader.link.FaceCalibration;
import jp.kazashi.reader.myna.CardFaceScan;
import jp.kazashi.reader.myna.CardIssuers;
import jp.kazashi.reader.myna.PortraitReading;

/**
 * How this terminal tells whether the person at it is the one on the card.
 *
 * @param scan who reads what is printed on the card, and so opens its portrait
 * @param issuers whose signature a portrait needs, where they are known
 */
public record FaceCheck(CardFaceScan scan, CardIssuers issuers, Matcher matcher) {

  /**
   * Compares with whoever is in front of it, for as long as their card is there. Wipes the portrait
   * it is given.
   */
  @FunctionalInterface
  public interface Matcher {
    Verdict compare(PortraitReading.Read portrait, BooleanSupplier isCardThere);

    /** The card's portrait is not to be believed: nobody is compared with it. */
    default void distrust(PortraitReading.Distrusted portrait) {}

    /** Whether faces can be compared now; where they cannot, nobody is offered it. */
    default boolean isReady() {
      return true;
    }
  }

  /** What a comparison came to. Only a match confirms anybody. */
  public sealed interface Verdict {

    /** By this calibration's threshold. */
    record Match(FaceCalibration by) implements Verdict {}

    /** Nobody is confirmed. */
    enum Unconfirmed implements Verdict {
      NO_MATCH,
      NOT_SURE,
      /** The camera gave nothing to be sure of. */
      NO_CAMERA,
      CANNOT_READ
    }
  }
}
