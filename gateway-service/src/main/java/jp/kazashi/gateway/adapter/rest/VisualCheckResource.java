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
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.desk.ConfirmBySight;
import jp.kazashi.gateway.desk.ConfirmBySight.Outcome;
import jp.kazashi.jpki.statement.TerminalId;
import jp.kazashi.qualification.staff.StaffAccount;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Staff confirm a holder by sight: for one visit, never as a switch that stays on. */
@Path("/v1/visual-checks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class VisualCheckResource {
  private final ConfirmBySight confirm;
  private final SecurityIdentity identity;

  public VisualCheckResource(ConfirmBySight confirm, SecurityIdentity identity) {
    this.confirm = confirm;
    this.identity = identity;
  }

  @POST
  @RolesAllowed(Rights.DESK)
  @ResponseStatus(201)
  @Operation(
      operationId = "confirmBySight",
      summary =
          "A pass for one visit with the method STAFF, at one terminal, for three minutes. With a"
              + " call, for whoever waits there by it.")
  public Uni<VisualCheckDocument> issue(@Valid @NotNull VisualCheckRequest request) {
    Caller caller = CallerIdentity.of(identity);
    StaffAccount staff = caller.staff().orElseThrow();
    return (request.call() == null
            ? confirm.issue(caller, staff, terminal(request))
            : confirm.issue(caller, staff, terminal(request), request.call()))
        .map(outcome ->
            switch (outcome) {
              case Outcome.Issued issued -> VisualCheckDocument.of(issued);
              case Outcome.Declined(Reason reason) -> throw new ProblemException(reason);
            });
  }

  private static TerminalId terminal(VisualCheckRequest request) {
    try {
      return new TerminalId(request.terminal());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Reason.BAD_REQUEST, "terminal is not the name of one");
    }
  }
}
