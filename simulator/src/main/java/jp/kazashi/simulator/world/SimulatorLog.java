package jp.kazashi.simulator.world;

import java.util.Map;
import java.util.TreeMap;

/** One line of key=value an event, on standard output; never a token, PIN, name or number. */
final class SimulatorLog {
  private SimulatorLog() {}

  static void event(String event, Map<String, ?> facts) {
    StringBuilder line = new StringBuilder("part=simulator event=" + event);
    new TreeMap<>(facts)
        .forEach((key, value) -> line.append(' ').append(key).append('=').append(Json.line(value)));
    System.out.println(line);
  }
}
