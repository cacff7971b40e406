package jp.kazashi.simulator.wire;

import java.util.Optional;

/**
 * What a service does with a request.
 *
 * @param lie what is wrong about the answer itself
 * @param <L> the lies this service knows
 */
public record Behaviour<L>(Delivery delivery, Optional<L> lie) {
  public static <L> Behaviour<L> honest() {
    return delivering(new Delivery.Prompt());
  }

  public static <L> Behaviour<L> delivering(Delivery delivery) {
    return new Behaviour<>(delivery, Optional.empty());
  }

  public static <L> Behaviour<L> lying(L lie) {
    return new Behaviour<>(new Delivery.Prompt(), Optional.of(lie));
  }
}
