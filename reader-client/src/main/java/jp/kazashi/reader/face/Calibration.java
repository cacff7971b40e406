package jp.kazashi.reader.face;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What was learnt about one embedder on one population. A threshold belongs to the model it was
 * found for and to the number of frames that were fused.
 *
 * @param fmr the false match rate it was chosen for, within that population
 */
public record Calibration(
    String id, String population, Profile profile, double fmr, Map<Integer, Double> thresholds) {

  /** Which threshold a terminal uses. */
  public enum Profile {
    USUAL,
    STRICT
  }

  public Calibration {
    if (!id.matches("[a-z0-9][a-z0-9.-]{1,63}")) {
      throw new IllegalArgumentException(
          "A calibration needs an id of small letters, digits, . and -.");
    }
    if (id.equals("scripted")) {
      throw new IllegalArgumentException("That id says that nobody was compared.");
    }
    if (thresholds.isEmpty()
        || thresholds.values().stream().anyMatch(t -> t.isNaN() || t <= 0 || t >= 1)) {
      throw new IllegalArgumentException("A calibration needs thresholds between 0 and 1.");
    }
    if (!(fmr > 0 && fmr < 1)) {
      throw new IllegalArgumentException("A calibration was made for a rate between 0 and 1.");
    }
    thresholds = Map.copyOf(thresholds);
  }

  /** Between two numbers that were measured, the stricter one. */
  public double threshold(int frames) {
    NavigableMap<Integer, Double> known = new TreeMap<>(thresholds);
    Map.Entry<Integer, Double> below = known.floorEntry(frames);
    Map.Entry<Integer, Double> above = known.ceilingEntry(frames);
    if (below == null || above == null) {
      return below == null ? known.firstEntry().getValue() : below.getValue();
    }
    return Math.max(below.getValue(), above.getValue());
  }
}
