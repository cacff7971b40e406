package jp.kazashi.gateway.adapter.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.desk.References;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.ReferenceNumber;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What an institution itself calls a person (照会番号). */
@Path("/v1/reference-numbers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ReferenceNumberResource {
  private final References references;
  private final SecurityIdentity identity;

  public ReferenceNumberResource(References references, SecurityIdentity identity) {
    this.references = references;
    this.identity = identity;
  }

  @PUT
  @Path("/{number}")
  @RolesAllowed({"RECEIPT", Rights.DESK})
  @Operation(
      operationId = "putReferenceNumber",
      summary = "From now on the number names that person here; it comes back with every answer.")
  public Uni<ReferenceNumberDocument> put(
      @PathParam("number") String number, @Valid @NotNull ReferenceNumberRequest request) {
    ReferenceNumber named = LookUpResource.wellFormed(() -> new ReferenceNumber(number));
    return references
        .put(CallerIdentity.of(identity), named, whom(request))
        .map(outcome ->
            switch (outcome) {
              case References.Put.Done(var kept, var receipt) ->
                  new ReferenceNumberDocument(kept.value(), ReceiptDocument.of(receipt));
              case References.Put.Declined(Reason reason) -> throw new ProblemException(reason);
              case References.Put.TooManyFailed(var wait) ->
                  throw new ProblemException(Reason.TOO_MANY_FAILED_LOOKUPS, wait);
            });
  }

  private static References.Whom whom(ReferenceNumberRequest request) {
    var check = request.checkId();
    var keys = request.keys();
    if ((check == null) == (keys == null)) {
      throw new ProblemException(Reason.BAD_REQUEST, "either checkId or keys");
    }
    return check != null
        ? new References.Whom.ByCheck(new CheckId(check))
        : new References.Whom.ByKeys(LookUpResource.wellFormed(keys::keys));
  }
}
