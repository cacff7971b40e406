package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import jp.kazashi.gateway.adapter.ops.PeerTrust;
import jp.kazashi.gateway.adapter.ops.PeerTrustReload;
import jp.kazashi.gateway.adapter.ops.RealTime;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.port.LimitRequests;
import jp.kazashi.gateway.port.LimitRequests.Ruling;
import jp.kazashi.gateway.seal.Tenure;
import org.jspecify.annotations.Nullable;

/**
 * Stands before everything else of the API, at every request: whoever has lost access, has no role,
 * asks too often or sends what nobody takes gets a named problem and goes no further.
 */
@ApplicationScoped
public class Door {
  /** Before authentication and all routes. */
  private static final int FIRST = 10_000;

  private final Tenure tenure;
  private final PeerTrustReload trust;
  private final OpenConnections connections;
  private final LimitRequests limits;
  private final InstantSource real;
  private final Catalogue catalogue;
  private final ObjectMapper json;
  private final Refusals refusals;

  public Door(
      Tenure tenure,
      PeerTrustReload trust,
      OpenConnections connections,
      LimitRequests limits,
      RealTime real,
      Catalogue catalogue,
      ObjectMapper json,
      Refusals refusals) {
    this.tenure = tenure;
    this.trust = trust;
    this.connections = connections;
    this.limits = limits;
    this.real = real.clock();
    this.catalogue = catalogue;
    this.json = json;
    this.refusals = refusals;
  }

  void mount(@Observes Filters filters) {
    filters.register(this::meet, FIRST);
  }

  private void meet(RoutingContext request) {
    PeerTrust now = trust.current();
    Optional<Peer> peer = connections.peerOf(request.request().connection(), now);
    if (peer.isEmpty()) {
      refuse(request, Reason.FORBIDDEN, null);
      return;
    }
    switch (peer.get().standing(now, real.instant())) {
      case GOOD -> admit(request, peer.get());
      case REVOKED, STRANGER, OUT_OF_TIME -> sendAway(request, Reason.CALLER_REVOKED);
      case UNKNOWN -> refuse(request, Reason.CALLER_NOT_CHECKABLE, null);
    }
  }

  /** The answer still reaches them; then the connection ends. */
  private void sendAway(RoutingContext request, Reason reason) {
    request.addEndHandler(sent -> request.request().connection().close());
    refuse(request, reason, null);
  }

  private void admit(RoutingContext request, Peer peer) {
    if (tenure.isOver()) {
      // Whoever connects anew comes to a node that answers.
      request.response().putHeader("Retry-After", "1");
      sendAway(request, Reason.NODE_REPLACED);
      return;
    }
    Optional<Caller> caller = peer.caller();
    if (caller.isEmpty()) {
      refuse(request, Reason.FORBIDDEN, null);
      return;
    }
    Context here = Vertx.currentContext();
    limits
        .admit(caller.get())
        .subscribe()
        .with(ruling -> on(here, () -> ruled(request, ruling)), request::fail);
  }

  /** Redis may answer elsewhere; the request goes on where it began. */
  private static void on(@Nullable Context here, Runnable next) {
    if (here == null || here.equals(Vertx.currentContext())) {
      next.run();
    } else {
      here.runOnContext(ignored -> next.run());
    }
  }

  private void ruled(RoutingContext request, Ruling ruling) {
    switch (ruling) {
      case Ruling.Admitted() -> readable(request);
      case Ruling.Limited(Duration wait) -> {
        request.response().putHeader("Retry-After", Long.toString(wait.toSeconds() + 1));
        refuse(request, Reason.TOO_MANY_REQUESTS, null);
      }
    }
  }

  private void readable(RoutingContext request) {
    String type = request.request().getHeader("Content-Type");
    if (type != null && !isFeed(type) && !isUtf8(type)) {
      refuse(request, Reason.MEDIA_TYPE_UNSUPPORTED, "JSON is UTF-8.");
    } else if (type != null && isDocument(type) && length(request) > BodyBound.LARGEST_DOCUMENT) {
      refuse(request, Reason.BODY_TOO_LARGE, null);
    } else {
      request.next();
    }
  }

  /** Feeds may be in the national character set; whoever reads them judges what it says. */
  private static boolean isFeed(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.startsWith("text/csv") || lower.startsWith("application/x-receipt");
  }

  private static boolean isDocument(String type) {
    return type.toLowerCase(Locale.ROOT).startsWith("application/json");
  }

  private static boolean isUtf8(String type) {
    int at = type.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (at < 0) {
      return true;
    }
    String name = type.substring(at + "charset=".length()).split("[;\\s]", 2)[0].replace("\"", "");
    try {
      return StandardCharsets.UTF_8.equals(Charset.forName(name))
          || StandardCharsets.US_ASCII.equals(Charset.forName(name));
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  private static long length(RoutingContext request) {
    String length = request.request().getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private void refuse(RoutingContext request, Reason reason, @Nullable String detail) {
    Problem problem = Problem.of(catalogue, reason, detail);
    refusals.tell(problem);
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .end(body(problem));
  }

  private Buffer body(Problem problem) {
    try {
      return Buffer.buffer(json.writeValueAsBytes(problem));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
