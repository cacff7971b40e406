package jp.kazashi.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Passes connections on to nodes in turn, and over those that are not there. */
final class Balancer implements AutoCloseable {
  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Integer> nodes;

  Balancer(List<Integer> nodes) throws IOException {
    this.nodes = new ArrayList<>(nodes);
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  URI address() {
    return URI.create("https://localhost:" + listening.getLocalPort() + "/");
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket node = next();
        threads.execute(() -> pass(client, node));
        threads.execute(() -> pass(node, client));
      }
    } catch (IOException closed) {
      // the end of the test
    }
  }

  private synchronized Socket next() throws IOException {
    for (int tried = 0; tried < nodes.size(); tried++) {
      Collections.rotate(nodes, 1);
      try {
        return new Socket(InetAddress.getLoopbackAddress(), nodes.getFirst());
      } catch (IOException notThere) {
        // the next one, then
      }
    }
    throw new IOException("no node is there");
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException ended) {
      // one of the two went away: both are closed now
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
