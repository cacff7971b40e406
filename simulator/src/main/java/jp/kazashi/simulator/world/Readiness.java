package jp.kazashi.simulator.world;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks a part whether it is ready, until it is or has ended. */
final class Readiness {
  private static final int PATIENCE_MILLIS = 2_000;

  private Readiness() {}

  /** Interrupting gives up. */
  static void await(Tether.Tied child, String part, URI health, Duration patience, Path log) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (!isWell(health)) {
        if (child.process().waitFor(25, TimeUnit.MILLISECONDS)) {
          throw new WorldTrouble(
              "The %s ended while starting, with code %d; see %s."
                  .formatted(part, child.process().exitValue(), log));
        }
        if (System.nanoTime() > deadline) {
          throw new WorldTrouble(
              "The %s was not ready within %d seconds; see %s."
                  .formatted(part, patience.toSeconds(), log));
        }
      }
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
      throw new WorldTrouble("The start of the " + part + " was given up.", givenUp);
    }
  }

  /** True where a GET is answered with 200. */
  static boolean isWell(URI health) {
    try {
      HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  /** True where somebody listens. */
  static boolean listens(ServerAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(address.host()), address.port()),
          PATIENCE_MILLIS);
      return true;
    } catch (IOException | IllegalArgumentException nobody) {
      return false;
    }
  }
}
