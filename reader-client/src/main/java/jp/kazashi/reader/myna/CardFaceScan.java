package jp.kazashi.reader.myna;

import java.util.Optional;

/**
 * Whoever reads what is printed on the card: the simulator for its own cards, else the desk, where
 * the digits are typed. A patient is never asked for them.
 */
@FunctionalInterface
public interface CardFaceScan {

  /** Empty if nobody can tell. The number must be closed. */
  Optional<FaceNumber> scan();
}
