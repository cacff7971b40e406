package jp.kazashi.simulator.terminal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import jp.kazashi.simulator.terminal.Frame.Fields;
import jp.kazashi.simulator.terminal.Frame.Operation;

/** One socket to a simulator's terminal server, shared by all who ask something of it. */
final class Conversation {

  private static final String PROTOCOL = "kazashi-terminal";
  private static final int PATIENCE_MILLIS = 2_000;
  private static final int LONGEST_HEAD = 8_192;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final Map<Integer, CompletableFuture<Frame>> asked = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile boolean open = true;

  private Conversation(Socket socket, InputStream in) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(in);
    this.out = socket.getOutputStream();
  }

  static Conversation open(URI control, String token) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(control.getHost(), control.getPort()), PATIENCE_MILLIS);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      upgrade(control, token, socket.getOutputStream(), in);
      socket.setSoTimeout(0);
      Conversation conversation = new Conversation(socket, in);
      Thread.ofVirtual().name("kazashi-terminal").start(conversation::listen);
      return conversation;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void upgrade(URI control, String token, OutputStream out, InputStream in)
      throws IOException {
    String request =
        """
        GET /terminals HTTP/1.1
        Host: %s:%d
        Connection: Upgrade
        Upgrade: %s
        Authorization: Bearer %s

        """
            .formatted(control.getHost(), control.getPort(), PROTOCOL, token)
            .replace("\n", "\r\n");
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    String status = head(in).lines().findFirst().orElse("");
    if (!status.startsWith("HTTP/1.1 101")) {
      throw new IOException("it answered '" + status + "'");
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0 || head.length() > LONGEST_HEAD) {
        throw new IOException("it does not speak HTTP");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  boolean isOpen() {
    return open;
  }

  /** Asks and waits for the answer. Who does not answer in time is taken to be gone. */
  Frame ask(Operation operation, Fields fields, Duration patience) throws IOException {
    int number = numbers.incrementAndGet();
    CompletableFuture<Frame> answer = new CompletableFuture<>();
    asked.put(number, answer);
    try {
      send(Frame.asking(number, operation, fields));
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      close();
      throw new IOException("it does not answer", e);
    } catch (ExecutionException e) {
      throw new IOException("the line was cut", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      asked.remove(number);
    }
  }

  private void send(Frame frame) throws IOException {
    try {
      synchronized (out) {
        out.write(frame.bytes());
        out.flush();
      }
    } catch (IOException e) {
      close();
      throw e;
    }
    if (!open) {
      throw new IOException("the line was cut");
    }
  }

  private void listen() {
    try {
      while (open) {
        Frame answer = Frame.parse(in.readNBytes(Frame.checkedLength(in.readInt())));
        CompletableFuture<Frame> waiting = asked.get(answer.request());
        if (waiting != null) {
          waiting.complete(answer);
        }
      }
    } catch (IOException e) {
      close();
    }
  }

  private void close() {
    open = false;
    IOException cut = new IOException("the line was cut");
    asked.values().forEach(waiting -> waiting.completeExceptionally(cut));
    try {
      socket.close();
    } catch (IOException e) {
      // It is not used any more.
      return;
    }
  }
}
