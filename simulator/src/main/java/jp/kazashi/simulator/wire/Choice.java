package jp.kazashi.simulator.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A behaviour that can be asked for by name.
 *
 * @param usual what its parameter is unless told; empty where it has none
 * @param meaning one line for people
 * @param making refuses a parameter that makes no sense with an IllegalArgumentException
 */
public record Choice<L>(
    String name, String usual, String meaning, Function<String, Behaviour<L>> making) {
  private static final int LARGEST = 1 << 30;

  /** How any service's answers may go over the wire. */
  public static <L> List<Choice<L>> deliveries() {
    return List.of(
        plain("honest", "answers well", new Delivery.Prompt()),
        delivery(
            "delay",
            "PT5S",
            "answers after this time",
            with -> new Delivery.Delayed(duration(with))),
        plain("drop", "closes the connection without an answer", new Delivery.Dropped()),
        delivery(
            "slow-loris",
            "PT1S",
            "sends one octet each time this has passed",
            with -> new Delivery.Trickled(duration(with))),
        delivery(
            "http-error",
            "503",
            "this status and no answer",
            with -> new Delivery.HttpError(number(with, 400, 599))),
        plain(
            "cut-short",
            "announces the whole answer, sends half and closes the connection",
            new Delivery.CutShort()),
        delivery(
            "huge",
            "104857600",
            "the answer and then zeros, this many octets in all, of unannounced length",
            with -> new Delivery.Bloated(number(with, 1, LARGEST))));
  }

  /** With a parameter, or the usual one where it is empty. */
  public Behaviour<L> behaviour(String with) {
    return making.apply(with.isEmpty() ? usual : with);
  }

  public static <L> Choice<L> lie(String name, String meaning, L lie) {
    return new Choice<>(name, "", meaning, _ -> Behaviour.lying(lie));
  }

  public static <L> Choice<L> lie(
      String name, String usual, String meaning, Function<String, L> lie) {
    return new Choice<>(name, usual, meaning, with -> Behaviour.lying(lie.apply(with)));
  }

  public static Duration duration(String text) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException("'" + text + "' is no time to wait.");
      }
      return duration;
    } catch (DateTimeException none) {
      throw new IllegalArgumentException(
          "'" + text + "' is no duration: give one such as PT5S or P1D.", none);
    }
  }

  public static int number(String text, int least, int most) {
    if (!text.matches("\\d{1,18}") || Long.parseLong(text) < least || Long.parseLong(text) > most) {
      throw new IllegalArgumentException(
          "'%s' is no number from %d to %d.".formatted(text, least, most));
    }
    return Integer.parseInt(text);
  }

  private static <L> Choice<L> plain(String name, String meaning, Delivery delivery) {
    return new Choice<>(name, "", meaning, _ -> Behaviour.delivering(delivery));
  }

  private static <L> Choice<L> delivery(
      String name, String usual, String meaning, Function<String, Delivery> delivery) {
    return new Choice<>(name, usual, meaning, with -> Behaviour.delivering(delivery.apply(with)));
  }
}
