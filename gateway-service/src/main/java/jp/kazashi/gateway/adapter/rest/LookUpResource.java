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
import java.util.Optional;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.LookUp;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.qualification.coverage.CoverageAnswer;
import jp.kazashi.qualification.coverage.CoverageKeys;
import jp.kazashi.qualification.person.BranchNumber;
import jp.kazashi.qualification.person.InsurerNumber;
import jp.kazashi.qualification.person.SymbolAndNumber;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Eligibility without a card. */
@Path("/v1/lookups")
@Produces(MediaType.APPLICATION_JSON)
public class LookUpResource {
  private final LookUp lookUp;
  private final Catalogue catalogue;
  private final FailedLookUps failures;
  private final SecurityIdentity identity;

  public LookUpResource(
      LookUp lookUp, Catalogue catalogue, FailedLookUps failures, SecurityIdentity identity) {
    this.lookUp = lookUp;
    this.catalogue = catalogue;
    this.failures = failures;
    this.identity = identity;
  }

  @POST
  @RolesAllowed("RECEIPT")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "lookUp", summary = "Who is insured, by exact numbers and birth date.")
  public Uni<LookUpDocument> find(@Valid @NotNull LookUpRequest request) {
    Caller caller = CallerIdentity.of(identity);
    CoverageKeys keys = keys(request);
    return failures.guard(
        caller,
        () -> lookUp.find(caller, keys, Optional.ofNullable(request.on())).map(this::told),
        told -> told.qualification() == null);
  }

  private LookUpDocument told(LookUp.Found found) {
    return new LookUpDocument(
        found.coverage().validity().code(),
        qualification(found),
        found.say().map(reason -> catalogue.of(reason).nextStep()).orElse(null),
        ReceiptDocument.of(found.receipt()));
  }

  private static @Nullable QualificationDocument qualification(LookUp.Found found) {
    CoverageAnswer coverage = found.coverage();
    var current = CheckDocuments.currentOf(coverage);
    return current == null
        ? null
        : QualificationDocument.withoutCard(current, found.person(), found.on());
  }

  private static CoverageKeys keys(LookUpRequest request) {
    try {
      String branch = request.branchNumber();
      return new CoverageKeys(
          new InsurerNumber(request.insurerNumber()),
          new SymbolAndNumber(request.symbol(), request.number()),
          branch == null || branch.isBlank() ? null : new BranchNumber(branch),
          request.birthDate());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Reason.BAD_REQUEST, e.getMessage() == null ? "keys" : e.getMessage());
    }
  }
}
