package jp.kazashi.simulator.card;

import java.util.List;
import java.util.Set;

/** Who may use a file, told by the PINs that were verified since the application was selected. */
@FunctionalInterface
interface Access {

  boolean isGranted(Set<PinReference> verified);

  static Access free() {
    return verified -> true;
  }

  static Access never() {
    return verified -> false;
  }

  static Access anyOf(PinReference... pins) {
    List<PinReference> keys = List.of(pins);
    return verified -> keys.stream().anyMatch(verified::contains);
  }
}
