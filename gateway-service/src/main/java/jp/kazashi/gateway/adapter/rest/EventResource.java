package jp.kazashi.gateway.adapter.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.desk.EventStream;
import jp.kazashi.gateway.desk.EventStream.Told;
import jp.kazashi.gateway.desk.SignIn;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What happened at an institution: ids and outcomes, nothing personal. */
@Path("/v1/events")
public class EventResource {
  private final EventStream events;
  private final SignIn signIn;
  private final SecurityIdentity identity;

  public EventResource(EventStream events, SignIn signIn, SecurityIdentity identity) {
    this.events = events;
    this.signIn = signIn;
    this.identity = identity;
  }

  @GET
  @RolesAllowed({"RECEIPT", Rights.DESK})
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      operationId = "events",
      summary =
          "Server-sent events of the institution. Goes on after Last-Event-ID, up to 24 hours back;"
              + " without it from now on.")
  public Multi<OutboundSseEvent> events(
      @HeaderParam("Last-Event-ID") @Nullable String last,
      @HeaderParam(Rights.SESSION) @Nullable String token,
      @jakarta.ws.rs.core.Context Sse sse) {
    Caller caller = CallerIdentity.of(identity);
    return events
        .of(caller.institution(), id(last), welcome(caller, token), loop())
        .map(told -> told(told, sse));
  }

  /** A desk's stream ends with the session that opened it. */
  private Supplier<Uni<Boolean>> welcome(Caller caller, @Nullable String token) {
    return () ->
        caller.role() == Caller.Role.VIEWER
            ? signIn.find(caller, token == null ? "" : token).map(Optional::isPresent)
            : Uni.createFrom().item(true);
  }

  private static OutboundSseEvent told(Told told, Sse sse) {
    return switch (told) {
      case Told.Ready(long id) ->
          sse.newEventBuilder().id(Long.toString(id)).name("READY").data("{}").build();
      case Told.Happened(var event) ->
          sse.newEventBuilder()
              .id(Long.toString(event.id()))
              .name(event.event().kind())
              .data(event.event().json())
              .build();
      case Told.Gap(long id) ->
          sse.newEventBuilder().id(Long.toString(id)).name("GAP").data("{}").build();
      case Told.Breath() -> sse.newEventBuilder().comment("").build();
    };
  }

  static Executor loop() {
    Context here = Vertx.currentContext();
    return here == null ? Runnable::run : go -> here.runOnContext(on -> go.run());
  }

  private static Optional<Long> id(@Nullable String last) {
    try {
      return Optional.ofNullable(last).filter(each -> !each.isBlank()).map(Long::parseLong);
    } catch (NumberFormatException e) {
      throw new ProblemException(Reason.BAD_REQUEST, "Last-Event-ID is an id of this stream");
    }
  }
}
