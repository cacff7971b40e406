package jp.kazashi.reader.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * HTTP to the gateway under mutual TLS, as one of the roles of this terminal. Whatever the line
 * does, whoever asks gets a reply.
 */
public final class HttpLine {

  private static final long LONGEST_ANSWER = 1 << 20;
  private static final int STREAMS = 200;

  private final HttpClient http;
  private final URI gateway;
  private final Patience patience;
  private final LocalReasons reasons;
  private final ObjectMapper json = WireJson.mapper();

  public HttpLine(URI gateway, TlsIdentity identity, Patience patience, LocalReasons reasons) {
    this.gateway = gateway;
    this.patience = patience;
    this.reasons = reasons;
    this.http =
        HttpClient.newBuilder()
            .sslContext(identity.context())
            .connectTimeout(patience.toConnect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** How long the line is waited for. */
  public record Patience(Duration toConnect, Duration toAnswer) {
    /** For a patient who stands at the kiosk. */
    public static final Patience USUAL =
        new Patience(Duration.ofSeconds(3), Duration.ofSeconds(10));
  }

  /** A request with that body, to be sent when it has all its headers. */
  public HttpRequest.Builder post(String path, Object body) {
    return request("POST", path, body);
  }

  /** The same by another method. */
  public HttpRequest.Builder request(String method, String path, Object body) {
    try {
      return asking(path)
          .header("Content-Type", "application/json")
          .header("Accept", "application/json, application/problem+json")
          .method(method, HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
    } catch (JsonProcessingException ourOwnRecord) {
      throw new IllegalStateException(ourOwnRecord);
    }
  }

  /** A request for what is there, as JSON unless another header says otherwise. */
  public HttpRequest.Builder get(String path) {
    return asking(path).header("Accept", "application/json, application/problem+json").GET();
  }

  /** A request without method, headers and body. */
  public HttpRequest.Builder asking(String path) {
    return HttpRequest.newBuilder(gateway.resolve(path)).timeout(patience.toAnswer());
  }

  /** Sends it and hands over line after line, until the other side or the listener ends it. */
  public StreamEnd listen(HttpRequest request, Predicate<String> line) {
    try {
      HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
      try (Stream<String> lines = response.body()) {
        if (response.statusCode() != STREAMS) {
          return new StreamEnd(response.statusCode());
        }
        boolean _ = lines.allMatch(line);
        return new StreamEnd(STREAMS);
      }
    } catch (IOException | UncheckedIOException broken) {
      return new StreamEnd(0);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new StreamEnd(0);
    }
  }

  /** How a stream ended: the status it was answered with, or 0 where the line broke. */
  public record StreamEnd(int status) {
    /** Whether whoever asked may not listen any more. */
    public boolean isTurnedAway() {
      return status == 401 || status == 403;
    }
  }

  /** Sends it once. */
  public Attempt ask(HttpRequest request) {
    return ask(request, LONGEST_ANSWER);
  }

  /** The same where the answer may be longer, as five years of records are. */
  public Attempt ask(HttpRequest request, long longest) {
    try {
      return new Arrived(
          http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), longest)));
    } catch (HttpTimeoutException slow) {
      return new Lost("no answer in time", false);
    } catch (IOException broken) {
      return new Lost(broken.getClass().getSimpleName(), true);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Lost("stopped", false);
    }
  }

  private Refusal unreachable(String why) {
    return reasons.refusal(LocalReason.GATEWAY_UNREACHABLE).because(why);
  }

  /** What one sending came to. */
  public sealed interface Attempt {

    boolean isBroken();

    <B, T> GatewayReply<T> read(Class<B> type, Function<B, T> reading);

    /** What came, as it is. */
    GatewayReply<byte[]> bytes();
  }

  private final class Lost implements Attempt {
    private final String why;
    private final boolean broken;

    Lost(String why, boolean broken) {
      this.why = why;
      this.broken = broken;
    }

    @Override
    public boolean isBroken() {
      return broken;
    }

    @Override
    public <B, T> GatewayReply<T> read(Class<B> type, Function<B, T> reading) {
      return new GatewayReply.Refused<>(unreachable(why));
    }

    @Override
    public GatewayReply<byte[]> bytes() {
      return new GatewayReply.Refused<>(unreachable(why));
    }
  }

  private final class Arrived implements Attempt {
    private final HttpResponse<byte[]> response;

    Arrived(HttpResponse<byte[]> response) {
      this.response = response;
    }

    @Override
    public boolean isBroken() {
      return false;
    }

    /** An answer that is neither what was asked for nor a problem did not come from a gateway. */
    @Override
    public <B, T> GatewayReply<T> read(Class<B> type, Function<B, T> reading) {
      try {
        return response.statusCode() / 100 == 2
            ? new GatewayReply.Given<>(reading.apply(json.readValue(response.body(), type)))
            : new GatewayReply.Refused<>(
                json.readValue(response.body(), Wire.Problem.class).read());
      } catch (IOException | IllegalArgumentException | NullPointerException foreign) {
        return new GatewayReply.Refused<>(
            unreachable("an answer of another kind, status " + response.statusCode()));
      }
    }

    @Override
    public GatewayReply<byte[]> bytes() {
      return response.statusCode() / 100 == 2
          ? new GatewayReply.Given<>(response.body())
          : read(Void.class, never -> new byte[0]);
    }
  }
}
