package jp.kazashi.gateway.adapter.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.check.ShowAccessLog;
import jp.kazashi.qualification.check.CheckId;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Who saw the data of the patient who stands at the terminal. */
@Path("/v1/access-log")
@Produces(MediaType.APPLICATION_JSON)
public class AccessLogResource {
  private final ShowAccessLog show;
  private final SecurityIdentity identity;

  public AccessLogResource(ShowAccessLog show, SecurityIdentity identity) {
    this.show = show;
    this.identity = identity;
  }

  @GET
  @RolesAllowed("READER")
  @Operation(
      operationId = "accessLog",
      summary =
          "Who saw what of the patient, newest first: by a check of the last ten minutes by PIN,"
              + " face or phone, from its terminal.")
  public Uni<AccessLogDocument> of(@QueryParam("check") @Nullable String check) {
    UUID id = id(check);
    return show.of(CallerIdentity.of(identity), new CheckId(id))
        .map(outcome ->
            switch (outcome) {
              case ShowAccessLog.Outcome.Shown shown -> AccessLogDocument.of(id, shown);
              case ShowAccessLog.Outcome.Declined(Reason reason) ->
                  throw new ProblemException(reason);
            });
  }

  private static UUID id(@Nullable String check) {
    try {
      return UUID.fromString(check == null ? "" : check);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Reason.BAD_REQUEST, "check is the id of one");
    }
  }
}
