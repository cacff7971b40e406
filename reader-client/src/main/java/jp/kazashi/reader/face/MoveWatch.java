package jp.kazashi.reader.face;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * Watches whether a person makes the moves they are asked for. A turn is counted when the head has
 * gone and come back; a blink is measured by the person's own open eyes, because those of some
 * people are narrower than other people's closed ones.
 */
final class MoveWatch {

  private static final double TURNED = 0.25;
  private static final double STRAIGHT = 0.12;
  private static final double CLOSED = 0.60;
  private static final int OPEN_EYES_SEEN = 5;
  private static final Duration SHORTEST_BLINK = Duration.ofMillis(30);
  private static final Duration LONGEST_BLINK = Duration.ofMillis(600);

  private final Deque<Move> asked;
  private final List<Double> openness = new ArrayList<>();
  private boolean turned;
  private long closedAt;
  private boolean closed;

  MoveWatch(List<Move> asked) {
    this.asked = new ArrayDeque<>(asked);
  }

  /** Both turns and a blink, in an order nobody knows before. */
  static MoveWatch inRandomOrder(RandomGenerator random) {
    List<Move> moves = new ArrayList<>(Arrays.asList(Move.values()));
    for (int i = moves.size() - 1; i > 0; i--) {
      Collections.swap(moves, i, random.nextInt(i + 1));
    }
    return new MoveWatch(moves);
  }

  /** What is asked for now; empty when all was done. */
  Optional<Move> asks() {
    return Optional.ofNullable(asked.peek());
  }

  /**
   * @param yaw where the nose points: to the picture's right is more than 0, which is the person's
   *     left in a picture that is not mirrored
   */
  void see(double yaw, OptionalDouble eyes, long ticks) {
    boolean done =
        switch (asks().orElse(null)) {
          case TURN_LEFT -> turns(yaw);
          case TURN_RIGHT -> turns(-yaw);
          case BLINK -> eyes.isPresent() && blinks(eyes.getAsDouble(), ticks);
          case null -> false;
        };
    if (done) {
      asked.remove();
      turned = false;
      closed = false;
    }
  }

  private boolean turns(double yaw) {
    if (yaw >= TURNED) {
      turned = true;
    }
    return turned && Math.abs(yaw) <= STRAIGHT;
  }

  private boolean blinks(double open, long ticks) {
    if (openness.size() < OPEN_EYES_SEEN) {
      openness.add(open);
      return false;
    }
    boolean nowClosed = open < CLOSED * median();
    if (nowClosed && !closed) {
      closedAt = ticks;
    }
    boolean blinked =
        closed
            && !nowClosed
            && ticks - closedAt >= SHORTEST_BLINK.toNanos()
            && ticks - closedAt <= LONGEST_BLINK.toNanos();
    closed = nowClosed;
    return blinked;
  }

  private double median() {
    List<Double> sorted = openness.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
