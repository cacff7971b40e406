package jp.kazashi.gateway.adapter.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.desk.References;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** For receipt computers that know a patient by numbers only. */
@Path("/v1/grants")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class GrantsResource {
  private final References references;
  private final SecurityIdentity identity;

  public GrantsResource(References references, SecurityIdentity identity) {
    this.references = references;
    this.identity = identity;
  }

  @POST
  @Path("/search")
  @RolesAllowed("RECEIPT")
  @Operation(
      operationId = "searchGrants",
      summary = "The consents given at this institution that live now, by exact numbers.")
  public Uni<GrantsDocument> search(@Valid @NotNull KeysRequest request) {
    return references
        .search(CallerIdentity.of(identity), LookUpResource.wellFormed(request::keys))
        .map(outcome ->
            switch (outcome) {
              case References.Search.Found found -> GrantsDocument.of(found);
              case References.Search.TooManyFailed(var wait) ->
                  throw new ProblemException(Reason.TOO_MANY_FAILED_LOOKUPS, wait);
            });
  }
}
