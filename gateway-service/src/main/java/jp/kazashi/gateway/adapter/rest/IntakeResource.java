package jp.kazashi.gateway.adapter.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.check.TakeInFeed;
import jp.kazashi.qualification.intake.BatchId;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Where insurers send what they know: one JSON object a line, idempotent by batch and line. */
@Path("/v1/intake")
@Produces(MediaType.APPLICATION_JSON)
@Consumes("application/x-ndjson")
public class IntakeResource {
  private final TakeInFeed takeIn;
  private final FeedLines lines;
  private final SecurityIdentity identity;

  public IntakeResource(TakeInFeed takeIn, FeedLines lines, SecurityIdentity identity) {
    this.takeIn = takeIn;
    this.lines = lines;
    this.identity = identity;
  }

  @POST
  @Path("/qualifications")
  @RolesAllowed("INSURER")
  @Operation(operationId = "takeInQualifications", summary = "Members and their registrations.")
  public Uni<IntakeReportDocument> qualifications(
      @QueryParam("batch") @Nullable String batch, String body) {
    return takeIn
        .take(CallerIdentity.of(identity), batchId(batch), lines.qualifications(body))
        .map(IntakeReportDocument::of);
  }

  @POST
  @Path("/claims")
  @RolesAllowed("INSURER")
  @Operation(operationId = "takeInClaims", summary = "Medication records out of claims.")
  public Uni<IntakeReportDocument> claims(
      @QueryParam("batch") @Nullable String batch, String body) {
    return takeIn
        .take(CallerIdentity.of(identity), batchId(batch), lines.claims(body))
        .map(IntakeReportDocument::of);
  }

  private static BatchId batchId(@Nullable String batch) {
    try {
      return new BatchId(batch == null ? "" : batch);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Reason.BAD_REQUEST, "batch: " + e.getMessage());
    }
  }
}
