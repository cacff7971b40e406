package jp.kazashi.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A subscriber of events. */
final class Listener implements AutoCloseable {
  private final InputStream body;
  private final int status;
  private final BlockingQueue<Event> heard = new LinkedBlockingQueue<>();

  /** One event as it came. */
  record Event(String id, String name, String data) {}

  Listener(Counter counter, String lastEventId) {
    HttpRequest.Builder request = counter.request("/v1/events").GET();
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      HttpResponse<InputStream> response =
          counter.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      status = response.statusCode();
      body = response.body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    Thread.ofVirtual().start(this::listen);
  }

  int status() {
    return status;
  }

  Event next() {
    try {
      Event event = heard.poll(30, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("nothing was heard");
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void listen() {
    String id = "";
    String name = "";
    String data = "";
    try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data = line.substring(5).strip();
        } else if (line.isEmpty() && !name.isEmpty()) {
          heard.add(new Event(id, name, data));
          name = "";
          data = "";
        }
      }
      heard.add(new Event("", "END", ""));
    } catch (IOException closed) {
      // The test has heard enough.
    }
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
