package jp.kazashi.gateway.adapter.rest;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jp.kazashi.gateway.check.OpenCheck;
import jp.kazashi.jpki.statement.Challenge;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Where a visit begins. */
@Path("/v1/challenges")
@Produces(MediaType.APPLICATION_JSON)
public class ChallengeResource {
  private final OpenCheck openCheck;
  private final SecurityIdentity identity;

  public ChallengeResource(OpenCheck openCheck, SecurityIdentity identity) {
    this.openCheck = openCheck;
    this.identity = identity;
  }

  @POST
  @RolesAllowed("READER")
  @ResponseStatus(201)
  @Operation(operationId = "openCheck", summary = "A sealed challenge for the card to answer.")
  public ChallengeDocument open() {
    OpenCheck.Opened opened = openCheck.open(CallerIdentity.of(identity));
    Challenge challenge = opened.challenge();
    return new ChallengeDocument(
        opened.sealed(),
        challenge.id().value(),
        challenge.issuedAt(),
        opened.expiresAt(),
        challenge.institution().value(),
        challenge.terminal().value());
  }
}
