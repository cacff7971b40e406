package jp.kazashi.simulator.wire;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one service behaves: well, until it is told otherwise, for ever or for so many answers. Safe
 * for use by many threads.
 *
 * @param <L> the lies this service knows
 */
public final class Manners<L> {
  private final List<Choice<L>> choices;
  private Told<L> told = new Told<>("honest", "", Behaviour.honest(), OptionalInt.empty());

  /** What it was told: a behaviour by name, its parameter, and for how many answers more. */
  public record Told<L>(String name, String with, Behaviour<L> behaviour, OptionalInt times) {}

  /**
   * Well-mannered.
   *
   * @param lies what it can do beside the deliveries every service knows
   */
  public Manners(List<Choice<L>> lies) {
    choices = Stream.concat(Choice.<L>deliveries().stream(), lies.stream()).toList();
  }

  /** All it can be told. */
  public List<Choice<L>> choices() {
    return choices;
  }

  /**
   * Behaves like this from the next request on.
   *
   * @param with the behaviour's parameter, where it has one and the usual will not do
   * @param times for so many answers only
   * @throws IllegalArgumentException in words when there is no such behaviour
   */
  public synchronized void tell(String name, Optional<String> with, OptionalInt times) {
    Choice<L> choice =
        choices.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "No behaviour is named '%s'. Behaviours: %s."
                        .formatted(
                            name,
                            choices.stream().map(Choice::name).collect(Collectors.joining(", ")))));
    if (with.isPresent() && choice.usual().isEmpty()) {
      throw new IllegalArgumentException("'" + name + "' has no parameter.");
    }
    if (times.isPresent() && times.getAsInt() < 1) {
      throw new IllegalArgumentException("'times' counts answers, from 1 on.");
    }
    String parameter = with.orElse(choice.usual());
    told = new Told<>(name, parameter, choice.behaviour(parameter), times);
  }

  public synchronized Told<L> told() {
    return told;
  }

  /** What to do with this request. */
  public synchronized Behaviour<L> next() {
    Behaviour<L> behaviour = told.behaviour();
    if (told.times().isPresent()) {
      int left = told.times().getAsInt() - 1;
      told =
          left == 0
              ? new Told<>("honest", "", Behaviour.honest(), OptionalInt.empty())
              : new Told<>(told.name(), told.with(), behaviour, OptionalInt.of(left));
    }
    return behaviour;
  }
}
