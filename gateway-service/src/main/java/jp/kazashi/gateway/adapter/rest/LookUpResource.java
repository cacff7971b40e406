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
import java.util.function.Supplier;
import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.LookUp;
import jp.kazashi.gateway.check.Reason;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Eligibility without a card. */
@Path("/v1/lookups")
@Produces(MediaType.APPLICATION_JSON)
public class LookUpResource {
  private final LookUp lookUp;
  private final Catalogue catalogue;
  private final SecurityIdentity identity;

  public LookUpResource(LookUp lookUp, Catalogue catalogue, SecurityIdentity identity) {
    this.lookUp = lookUp;
    this.catalogue = catalogue;
    this.identity = identity;
  }

  @POST
  @RolesAllowed({"RECEIPT", Rights.DESK})
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "lookUp", summary = "Who is insured, by exact numbers and birth date.")
  public Uni<LookUpDocument> find(@Valid @NotNull LookUpRequest request) {
    return lookUp
        .find(CallerIdentity.of(identity), wellFormed(request::question))
        .map(outcome ->
            switch (outcome) {
              case LookUp.Outcome.Found found -> LookUpDocument.of(found, catalogue);
              case LookUp.Outcome.NotAccepted(var receipt) ->
                  throw new ProblemException(Reason.DOCUMENT_NOT_ACCEPTED);
              case LookUp.Outcome.TooManyFailed(var wait) ->
                  throw new ProblemException(Reason.TOO_MANY_FAILED_LOOKUPS, wait);
            });
  }

  /** What cannot be numbers at all is a mistake of the sender. */
  static <T> T wellFormed(Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Reason.BAD_REQUEST, e.getMessage() == null ? "keys" : e.getMessage());
    }
  }
}
