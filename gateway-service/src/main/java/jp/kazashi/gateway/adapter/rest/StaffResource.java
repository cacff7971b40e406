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
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.desk.Accounts;
import jp.kazashi.gateway.desk.SignIn;
import jp.kazashi.qualification.institution.InstitutionCode;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Who works at a desk: sessions, and the accounts of an institution. */
@Path("/v1/staff")
@Produces(MediaType.APPLICATION_JSON)
public class StaffResource {
  private final SignIn signIn;
  private final Accounts accounts;
  private final SecurityIdentity identity;

  public StaffResource(SignIn signIn, Accounts accounts, SecurityIdentity identity) {
    this.signIn = signIn;
    this.accounts = accounts;
    this.identity = identity;
  }

  @POST
  @Path("/sessions")
  @RolesAllowed({Rights.SIGNED_OUT, Rights.DESK})
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(201)
  @Operation(operationId = "signIn", summary = "Opens a session of a member of staff.")
  public Uni<SessionDocument> signIn(@Valid @NotNull SignInRequest request) {
    return signIn
        .signIn(caller(), request.login(), request.password())
        .map(outcome ->
            switch (outcome) {
              case SignIn.Outcome.SignedIn(var token, var session, var account, var receipt) ->
                  new SessionDocument(
                      token,
                      session.expiresAt(),
                      StaffDocument.of(account),
                      ReceiptDocument.of(receipt));
              case SignIn.Outcome.Declined(Reason reason) -> throw new ProblemException(reason);
            });
  }

  @DELETE
  @Path("/sessions")
  @RolesAllowed(Rights.DESK)
  @Operation(operationId = "signOut", summary = "Ends the session of the request.")
  public Uni<ReceiptDocument> signOut(@HeaderParam(Rights.SESSION) String token) {
    return signIn.signOut(caller(), token).map(ReceiptDocument::of);
  }

  @GET
  @RolesAllowed({Rights.ADMINISTRATOR, "OPERATOR"})
  @Operation(operationId = "listStaff", summary = "The accounts of an institution.")
  public Uni<StaffListDocument> list(@QueryParam("institution") @Nullable String institution) {
    return accounts
        .of(institution(institution))
        .map(all -> new StaffListDocument(all.stream().map(StaffDocument::of).toList()));
  }

  @POST
  @RolesAllowed({Rights.ADMINISTRATOR, "OPERATOR"})
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(201)
  @Operation(operationId = "addStaff", summary = "A new account.")
  public Uni<StaffDocument> add(
      @QueryParam("institution") @Nullable String institution,
      @Valid @NotNull AddStaffRequest request) {
    var asked =
        new Accounts.Asked(request.login(), request.name(), request.role(), request.password());
    return accounts.add(caller(), institution(institution), asked).map(StaffResource::told);
  }

  @PATCH
  @Path("/{id}")
  @RolesAllowed({Rights.ADMINISTRATOR, "OPERATOR"})
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeStaff",
      summary = "Changes an account. A new password or a closed account ends all its sessions.")
  public Uni<StaffDocument> change(
      @PathParam("id") UUID id,
      @QueryParam("institution") @Nullable String institution,
      @Valid @NotNull ChangeStaffRequest request) {
    var changes =
        new Accounts.Changes(
            Optional.ofNullable(request.name()),
            Optional.ofNullable(request.role()),
            Optional.ofNullable(request.password()),
            Optional.ofNullable(request.active()),
            Boolean.TRUE.equals(request.unlock()));
    return accounts
        .change(caller(), institution(institution), id, changes)
        .map(StaffResource::told);
  }

  private static StaffDocument told(Accounts.Outcome outcome) {
    return switch (outcome) {
      case Accounts.Outcome.Done(var account, var receipt) -> StaffDocument.of(account, receipt);
      case Accounts.Outcome.Declined(Reason reason) -> throw new ProblemException(reason);
    };
  }

  /** An administrator's own; the operator has none and must name one. */
  private InstitutionCode institution(@Nullable String asked) {
    Caller caller = caller();
    if (caller.role() != Caller.Role.OPERATOR) {
      if (asked != null && !asked.equals(caller.organisation())) {
        throw new ProblemException(Reason.NOT_FOUND);
      }
      return caller.institution();
    }
    try {
      return new InstitutionCode(asked == null ? "" : asked);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Reason.BAD_REQUEST, "institution has 10 digits");
    }
  }

  private Caller caller() {
    return CallerIdentity.of(identity);
  }
}
