package jp.kazashi.reader;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/**
 * How a terminal is. Anybody may ask whether it serves; what ails its readers is told on this
 * machine only.
 *
 * @param illnesses by reader
 */
record TerminalHealth(Map<String, String> illnesses) {

  TerminalHealth {
    illnesses = Map.copyOf(illnesses);
  }

  int status() {
    return illnesses.isEmpty() ? 200 : 503;
  }

  /** As whoever asks from there is told. */
  String told(ObjectMapper json, SocketAddress to) {
    ObjectNode told = json.createObjectNode().put("status", illnesses.isEmpty() ? "UP" : "DOWN");
    if (!illnesses.isEmpty() && isHere(to)) {
      ObjectNode readers = told.putObject("readers");
      illnesses.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(ill -> readers.put(ill.getKey(), ill.getValue()));
    }
    return told.toString();
  }

  /** An address that cannot be read is anybody's. */
  private static boolean isHere(SocketAddress asking) {
    return Optional.ofNullable(asking.hostAddress())
        .map(InetAddress::ofLiteral)
        .filter(InetAddress::isLoopbackAddress)
        .isPresent();
  }
}
