package jp.kazashi.gateway.adapter.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.check.TakeInFeed;
import jp.kazashi.gateway.check.TakeInFeed.Form;
import jp.kazashi.qualification.intake.BatchId;
import jp.kazashi.qualification.intake.FeedEncoding;
import jp.kazashi.qualification.intake.FeedForm;
import jp.kazashi.qualification.intake.IntakeKind;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Where insurers send what they know; read as it comes, idempotent by batch and line. */
@Path("/v1/intake")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class IntakeResource {
  private static final String NDJSON = "application/x-ndjson";
  private static final String CSV = "text/csv";
  private static final String RECEIPT = "application/x-receipt";

  private final TakeInFeed takeIn;
  private final SecurityIdentity identity;

  public IntakeResource(TakeInFeed takeIn, SecurityIdentity identity) {
    this.takeIn = takeIn;
    this.identity = identity;
  }

  @POST
  @Path("/qualifications")
  @Consumes({NDJSON, CSV})
  @RolesAllowed("INSURER")
  @Operation(
      operationId = "takeInQualifications",
      summary = "Members, their registrations and medical tickets.")
  public Uni<IntakeReportDocument> qualifications(
      @QueryParam("batch") @Nullable String batch,
      @QueryParam("mode") @Nullable String mode,
      @Context HttpHeaders headers,
      InputStream body)
      throws IOException {
    return take(IntakeKind.QUALIFICATIONS, batch, mode, headers, body);
  }

  @POST
  @Path("/claims")
  @Consumes({NDJSON, CSV, RECEIPT})
  @RolesAllowed("INSURER")
  @Operation(
      operationId = "takeInClaims",
      summary = "Medication, care and surgery records out of claims.")
  public Uni<IntakeReportDocument> claims(
      @QueryParam("batch") @Nullable String batch,
      @QueryParam("mode") @Nullable String mode,
      @Context HttpHeaders headers,
      InputStream body)
      throws IOException {
    return take(IntakeKind.CLAIMS, batch, mode, headers, body);
  }

  @POST
  @Path("/checkups")
  @Consumes({NDJSON, CSV})
  @RolesAllowed("INSURER")
  @Operation(operationId = "takeInCheckups", summary = "Results of checkups.")
  public Uni<IntakeReportDocument> checkups(
      @QueryParam("batch") @Nullable String batch,
      @QueryParam("mode") @Nullable String mode,
      @Context HttpHeaders headers,
      InputStream body)
      throws IOException {
    return take(IntakeKind.CHECKUPS, batch, mode, headers, body);
  }

  private Uni<IntakeReportDocument> take(
      IntakeKind intake,
      @Nullable String batch,
      @Nullable String mode,
      HttpHeaders headers,
      InputStream body)
      throws IOException {
    return takeIn
        .take(
            CallerIdentity.of(identity),
            intake,
            batchId(batch),
            whole(mode),
            form(headers.getMediaType()),
            body)
        .map(IntakeReportDocument::of);
  }

  private static Form form(MediaType type) {
    FeedForm form =
        switch (type.getType() + "/" + type.getSubtype()) {
          case CSV -> FeedForm.CSV;
          case RECEIPT -> FeedForm.RECEIPT;
          default -> FeedForm.NDJSON;
        };
    String charset = type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8");
    FeedEncoding encoding = encoding(charset);
    if (form == FeedForm.NDJSON && encoding != FeedEncoding.UTF_8) {
      throw new ProblemException(Reason.BAD_REQUEST, "charset: JSON is UTF-8");
    }
    return new Form(form, encoding);
  }

  private static FeedEncoding encoding(String name) {
    try {
      Charset charset = Charset.forName(name);
      for (FeedEncoding encoding : FeedEncoding.values()) {
        // Who says Shift_JIS sends windows-31j.
        boolean shiftJis = encoding == FeedEncoding.CP932 && charset.name().equals("Shift_JIS");
        if (encoding.charset().equals(charset) || shiftJis) {
          return encoding;
        }
      }
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      // Refused below like any other.
    }
    throw new ProblemException(Reason.BAD_REQUEST, "charset: is neither utf-8 nor windows-31j");
  }

  private static boolean whole(@Nullable String mode) {
    return switch (mode) {
      case null -> false;
      case "lines" -> false;
      case "whole" -> true;
      default -> throw new ProblemException(Reason.BAD_REQUEST, "mode: is neither lines nor whole");
    };
  }

  private static BatchId batchId(@Nullable String batch) {
    try {
      return new BatchId(batch == null ? "" : batch);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Reason.BAD_REQUEST, "batch: " + e.getMessage());
    }
  }
}
