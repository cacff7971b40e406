package jp.kazashi.gateway.adapter.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.desk.CallStaff;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Calls for staff: made by the terminal of a kiosk, answered at any desk of its institution. */
@Path("/v1/calls")
@Produces(MediaType.APPLICATION_JSON)
public class CallResource {
  /** RFC 7240 §4.3. */
  private static final Pattern WAIT = Pattern.compile("(?:.*,)?\\s*wait=([0-9]{1,4})\\s*(?:,.*)?");

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final CallStaff calls;
  private final SecurityIdentity identity;

  public CallResource(CallStaff calls, SecurityIdentity identity) {
    this.calls = calls;
    this.identity = identity;
  }

  @POST
  @RolesAllowed("READER")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "callStaff",
      summary =
          "Calls staff to the terminal's kiosk, in the place of its earlier call of that kind. HELP"
              + " lasts 15 minutes, SIGHT 2.")
  public Uni<CallDocument> call(@Valid @NotNull CallRequest request) {
    return calls
        .call(caller(), request.call(), request.want())
        .map(own ->
            CallDocument.toItsTerminal(
                own.orElseThrow(
                    () -> new ProblemException(Reason.BAD_REQUEST, "call is the id of another"))));
  }

  @GET
  @RolesAllowed(Rights.DESK)
  @Operation(operationId = "openCalls", summary = "The calls of the institution nobody answered.")
  public Uni<CallsDocument> open() {
    return calls
        .open(caller().institution())
        .map(open ->
            new CallsDocument(open.asOf(), open.calls().stream().map(CallDocument::of).toList()));
  }

  @GET
  @Path("/{id}")
  @RolesAllowed("READER")
  @Operation(
      operationId = "followCall",
      summary =
          "How it stands with a call of this terminal. With Prefer: wait=5 the answer comes when it"
              + " is over, after at most five seconds.")
  public Uni<CallDocument> follow(
      @PathParam("id") UUID id, @HeaderParam("Prefer") @Nullable String prefer) {
    return calls
        .follow(caller(), id, wait(prefer), EventResource.loop())
        .map(own -> CallDocument.toItsTerminal(found(own)));
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed("READER")
  @Operation(
      operationId = "takeBackCall",
      summary = "Nobody waits there any more. A call that is over stays as it is.")
  public Uni<CallDocument> takeBack(@PathParam("id") UUID id) {
    return calls.takeBack(caller(), id).map(own -> CallDocument.toItsTerminal(found(own)));
  }

  @POST
  @Path("/{id}/answers")
  @RolesAllowed(Rights.DESK)
  @Operation(
      operationId = "answerCall",
      summary = "Somebody goes there. A call that is over stays as it is.")
  public Uni<CallDocument> answer(@PathParam("id") UUID id) {
    return calls.answer(caller(), id).map(found -> CallDocument.of(found(found)));
  }

  private static CallStaff.Standing found(Optional<CallStaff.Standing> standing) {
    return standing.orElseThrow(() -> new ProblemException(Reason.NOT_FOUND));
  }

  /** A preference: what cannot be followed is no fault of whoever has it. */
  private static Duration wait(@Nullable String prefer) {
    Matcher wait = WAIT.matcher(prefer == null ? "" : prefer);
    if (!wait.matches()) {
      return Duration.ZERO;
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(wait.group(1)));
    return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
  }

  private Caller caller() {
    return CallerIdentity.of(identity);
  }
}
