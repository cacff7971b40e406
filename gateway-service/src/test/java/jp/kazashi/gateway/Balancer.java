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
    threads.submit(this::accept);
  }

  URI address() {
    return URI.create("https://localhost:" + listening.getLocalPort() + "/");
  }

  private Void accept() throws IOException {
    while (true) {
      Socket client = listening.accept();
      Socket node = next();
      threads.submit(() -> pass(client, node));
      threads.submit(() -> pass(node, client));
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

  private static Void pass(Socket from, Socket to) throws IOException {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
