package jp.kazashi.reader.face;

import java.util.List;
import java.util.stream.IntStream;

/** Whether frames show somebody or a picture of somebody. */
final class Liveness {

  private static final double LIVE = 0.8;

  /** As many of its sides a picture shows that is held before a camera. */
  private static final int FRAMED = 3;

  private Liveness() {}

  /**
   * What one frame says.
   *
   * @param networks from 0, a picture, to 1, a living face, by each network that can tell
   * @param sides on how many sides of the face there is an edge as of a sheet or a screen
   */
  record Look(List<Double> networks, int sides) {
    Look {
      networks = List.copyOf(networks);
    }

    double mean() {
      return networks.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
  }

  /** What all frames come to. */
  enum Standing {
    ALIVE,
    /** Not enough to refuse, and not enough to believe: the person is asked to move. */
    UNSURE,
    PICTURE
  }

  /** Of frames by the same networks. */
  static Standing of(List<Look> frames) {
    if (frames.stream().mapToDouble(Look::mean).average().orElse(0) < LIVE) {
      return Standing.PICTURE;
    }
    return eachNetworkIsSure(frames) && !isFramed(frames) ? Standing.ALIVE : Standing.UNSURE;
  }

  private static boolean eachNetworkIsSure(List<Look> frames) {
    return IntStream.range(0, frames.getFirst().networks().size())
        .allMatch(network ->
            frames.stream().mapToDouble(frame -> frame.networks().get(network)).average().orElse(0)
                >= LIVE);
  }

  /** In most of them: a hand that passes by is no frame. */
  private static boolean isFramed(List<Look> frames) {
    return 2 * frames.stream().filter(frame -> frame.sides() >= FRAMED).count() > frames.size();
  }
}
