package jp.kazashi.gateway.adapter.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Base64;
import java.util.HexFormat;
import jp.kazashi.gateway.adapter.seal.DegradedSeal;
import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.check.ReconcileDegraded;
import jp.kazashi.gateway.check.SealedRecord;
import jp.kazashi.jpki.Octets;
import jp.kazashi.qualification.audit.Digest;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What terminals recorded while the line was down. */
@Path("/v1/reconciliations")
@Produces(MediaType.APPLICATION_JSON)
public class ReconciliationResource {
  private final ReconcileDegraded reconcile;
  private final DegradedSeal seal;
  private final Catalogue catalogue;
  private final SecurityIdentity identity;

  public ReconciliationResource(
      ReconcileDegraded reconcile,
      DegradedSeal seal,
      Catalogue catalogue,
      SecurityIdentity identity) {
    this.reconcile = reconcile;
    this.seal = seal;
    this.catalogue = catalogue;
    this.identity = identity;
  }

  @GET
  @Path("/key")
  @RolesAllowed("READER")
  @Operation(
      operationId = "degradedKey",
      summary = "The public key that a terminal encrypts to while the line is down.")
  public DegradedKeyDocument key() {
    DegradedSeal.PublicKey key = seal.current();
    return new DegradedKeyDocument(
        key.id(),
        DegradedSeal.SCHEME,
        Base64.getEncoder().encodeToString(key.octets().toArray()),
        Math.toIntExact(ReconcileDegraded.LONGEST.toHours()),
        ReconcileDegraded.MOST);
  }

  @POST
  @RolesAllowed("READER")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "reconcile",
      summary =
          "Judges one record of the terminal's chain, once: the card as it stood then, revocation"
              + " as it is known now. Sent again it is told again.")
  public Uni<ReconciliationDocument> reconcile(@Valid @NotNull ReconciliationRequest request) {
    return reconcile
        .reconcile(CallerIdentity.of(identity), record(request))
        .map(outcome ->
            switch (outcome) {
              case ReconcileDegraded.Outcome.Reconciled reconciled ->
                  ReconciliationDocument.of(reconciled, catalogue);
              case ReconcileDegraded.Outcome.Declined(Reason reason) ->
                  throw new ProblemException(reason);
            });
  }

  private static SealedRecord record(ReconciliationRequest request) {
    return new SealedRecord(
        request.keyId(),
        request.chain(),
        request.number(),
        Digest.fromBytes(HexFormat.of().parseHex(request.previous())),
        Octets.of(base64(request.sealed())),
        Boolean.TRUE.equals(request.afterGap()));
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Reason.BAD_REQUEST, "sealed is not base64");
    }
  }
}
