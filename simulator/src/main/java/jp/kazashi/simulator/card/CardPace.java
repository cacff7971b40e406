package jp.kazashi.simulator.card;

import java.time.Duration;
import java.util.Locale;

/**
 * How fast a card is.
 *
 * @param command every command
 * @param perByte every byte of command and response
 * @param signature on top, when the card signs
 */
public record CardPace(Duration command, Duration perByte, Duration signature) {

  private static final Duration COMMAND = Duration.ofMillis(8);
  private static final Duration SIGNATURE = Duration.ofMillis(350);

  public static final CardPace INSTANT = new CardPace(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** Contactless at 424 kbit/s. */
  public static final CardPace AT_424 = new CardPace(COMMAND, Duration.ofNanos(30_000), SIGNATURE);

  /** Contactless at 106 kbit/s. */
  public static final CardPace AT_106 = new CardPace(COMMAND, Duration.ofNanos(100_000), SIGNATURE);

  public CardPace {
    if (command.isNegative() || perByte.isNegative() || signature.isNegative()) {
      throw new IllegalArgumentException("A card is not faster than instant.");
    }
  }

  /**
   * Its name in settings: instant, 424 or 106.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static CardPace named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "instant" -> INSTANT;
      case "424" -> AT_424;
      case "106" -> AT_106;
      default ->
          throw new IllegalArgumentException("A card's pace is instant, 424 or 106, not " + name);
    };
  }

  /** For one command with its response. */
  Duration of(byte[] request, byte[] response) {
    Duration time = command.plus(perByte.multipliedBy((long) request.length + response.length));
    return signs(request) && isDone(response) ? time.plus(signature) : time;
  }

  private static boolean signs(byte[] request) {
    return request.length > 1 && (request[1] == 0x2A || (request[1] & 0xFF) == 0x88);
  }

  private static boolean isDone(byte[] response) {
    return response.length > 2 && (response[response.length - 2] & 0xFF) == 0x90;
  }
}
