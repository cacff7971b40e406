package jp.kazashi.gateway.adapter.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jp.kazashi.gateway.check.CheckOutcome;
import jp.kazashi.gateway.check.EligibilityCheck.Answered;
import jp.kazashi.gateway.check.EligibilityCheck.Refused;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.check.RegisterCard;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.check.CheckId;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Registration of a card as a health insurance card (利用登録), by its holder at the reader. */
@Path("/v1/registrations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RegistrationResource {
  private final RegisterCard registerCard;
  private final CheckDocuments documents;
  private final SecurityIdentity identity;

  public RegistrationResource(
      RegisterCard registerCard, CheckDocuments documents, SecurityIdentity identity) {
    this.registerCard = registerCard;
    this.documents = documents;
    this.identity = identity;
  }

  @POST
  @RolesAllowed("READER")
  @ResponseStatus(201)
  @Operation(
      operationId = "registerCard",
      summary =
          "Registers the holder of a check that was refused as NOT_REGISTERED, within ten minutes"
              + " and from its terminal; answers as a new check.")
  public Uni<CheckDocument> register(
      @Valid @NotNull RegistrationRequest request,
      @HeaderParam("Idempotency-Key") @Nullable String key) {
    return registerCard
        .register(
            CallerIdentity.of(identity),
            new CheckId(request.checkId()),
            documents.key(key, "/v1/registrations", request))
        .map(outcome ->
            switch (outcome) {
              case CheckOutcome.Committed(Answered check, AuditReceipt receipt) ->
                  documents.told(check, receipt);
              case CheckOutcome.Committed(Refused check, AuditReceipt receipt) ->
                  throw new ProblemException(documents.told(check, receipt));
              case CheckOutcome.Declined(Reason reason) -> throw new ProblemException(reason);
              case CheckOutcome.Repeated(var check) -> documents.toldAgain(check);
            });
  }
}
