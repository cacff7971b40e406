package jp.kazashi.gateway.adapter.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.kazashi.gateway.adapter.print.PrintRecords;
import jp.kazashi.gateway.check.AnswerCheck;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.CheckOutcome;
import jp.kazashi.gateway.check.EligibilityCheck.Answered;
import jp.kazashi.gateway.check.EligibilityCheck.Refused;
import jp.kazashi.gateway.check.FaceCalibration;
import jp.kazashi.gateway.check.FetchCheck;
import jp.kazashi.gateway.check.GiveConsent;
import jp.kazashi.gateway.check.IdempotencyKey;
import jp.kazashi.gateway.check.MedicalRecords;
import jp.kazashi.gateway.check.ReadHistory;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.check.UntrustedSubmission;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.jpki.verdict.UntrustedProof;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.store.FoundCheck;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** One visit's check: the proof in, the answer out; then consents and reads under it. */
@Path("/v1/checks")
@Produces(MediaType.APPLICATION_JSON)
public class CheckResource {
  /** Only for whoever asks for it. */
  private static final String PDF = "application/pdf;qs=0.5";

  private final AnswerCheck answerCheck;
  private final FetchCheck fetchCheck;
  private final GiveConsent giveConsent;
  private final ReadHistory readHistory;
  private final CheckDocuments documents;
  private final PrintRecords printed;
  private final SecurityIdentity identity;

  public CheckResource(
      AnswerCheck answerCheck,
      FetchCheck fetchCheck,
      GiveConsent giveConsent,
      ReadHistory readHistory,
      CheckDocuments documents,
      PrintRecords printed,
      SecurityIdentity identity) {
    this.answerCheck = answerCheck;
    this.fetchCheck = fetchCheck;
    this.giveConsent = giveConsent;
    this.readHistory = readHistory;
    this.documents = documents;
    this.printed = printed;
    this.identity = identity;
  }

  @POST
  @RolesAllowed("READER")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "answerCheck", summary = "Judges a proof and answers who is insured.")
  public Uni<RestResponse<CheckDocument>> answer(
      @Valid @NotNull CheckRequest request, @HeaderParam("Idempotency-Key") @Nullable String key) {
    return answerCheck
        .answer(caller(), submission(request), idempotencyKey(key, request))
        .map(outcome ->
            switch (outcome) {
              case CheckOutcome.Committed(Answered check, AuditReceipt receipt) ->
                  withTag(documents.told(check, receipt));
              case CheckOutcome.Committed(Refused check, AuditReceipt receipt) ->
                  throw new ProblemException(documents.told(check, receipt));
              case CheckOutcome.Repeated(FoundCheck check) -> toldAgain(check);
              case CheckOutcome.Declined(Reason reason) -> throw new ProblemException(reason);
            });
  }

  private RestResponse<CheckDocument> toldAgain(FoundCheck check) {
    CheckDocument kept = documents.toldAgain(check);
    if (!check.record().answered()) {
      throw new ProblemException(kept);
    }
    return withTag(kept);
  }

  private Optional<IdempotencyKey> idempotencyKey(@Nullable String key, CheckRequest request) {
    return documents.key(key, "/v1/checks", request);
  }

  @GET
  @Path("/{id}")
  @RolesAllowed({"READER", "RECEIPT", Rights.DESK})
  @Operation(operationId = "getCheck", summary = "An earlier check and the consents that live now.")
  public Uni<RestResponse<CheckDocument>> get(
      @PathParam("id") UUID id, @HeaderParam("If-None-Match") @Nullable String known) {
    return fetchCheck
        .show(caller(), new CheckId(id))
        .map(outcome ->
            switch (outcome) {
              case FetchCheck.Outcome.Shown(var fetched) -> told(fetched);
              case FetchCheck.Outcome.Declined(Reason reason) -> throw new ProblemException(reason);
            })
        .map(check -> {
          String tag = documents.tag(check);
          return known != null && isAmong(tag, known)
              ? ResponseBuilder.<CheckDocument>notModified().header("ETag", tag).build()
              : withTag(check);
        });
  }

  private RestResponse<CheckDocument> withTag(CheckDocument check) {
    return ResponseBuilder.ok(check).header("ETag", documents.tag(check)).build();
  }

  /** RFC 9110 §13.1.2: any of a list, compared weakly. */
  private static boolean isAmong(String tag, String known) {
    return Arrays.stream(known.split(",")).map(String::trim).anyMatch(tag::equals);
  }

  private CheckDocument told(FetchCheck.Fetched fetched) {
    return documents
        .kept(fetched.check().record().snapshot())
        .with(
            ReceiptDocument.of(fetched.check().receipt()),
            CheckDocuments.words(fetched.live()),
            fetched.until().orElse(null));
  }

  @POST
  @Path("/{id}/consents")
  @RolesAllowed("READER")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "giveConsent",
      summary = "The patient's answer to the consent question: once, within ten minutes.")
  public Uni<ConsentsDocument> consent(
      @PathParam("id") UUID id, @Valid @NotNull ConsentsRequest request) {
    return giveConsent
        .give(caller(), new CheckId(id), categories(request.granted()))
        .map(outcome ->
            switch (outcome) {
              case GiveConsent.Outcome.Given(var decision, var receipt) ->
                  new ConsentsDocument(
                      id,
                      CheckDocuments.words(decision.granted()),
                      decision.expiresAt(),
                      ReceiptDocument.of(receipt));
              case GiveConsent.Outcome.Declined(Reason reason) ->
                  throw new ProblemException(reason);
            });
  }

  @GET
  @Path("/{id}/medications")
  @RolesAllowed({"RECEIPT", Rights.MEDICAL})
  @Produces(PDF)
  @Operation(operationId = "readMedications", summary = "The drugs of five years, with consent.")
  public Uni<RestResponse<byte[]>> medicationsOnPaper(
      @PathParam("id") UUID id,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    return print(id, from, to, MedicalCategory.MEDICATION);
  }

  @GET
  @Path("/{id}/medications")
  @RolesAllowed({"RECEIPT", Rights.MEDICAL})
  @Operation(operationId = "readMedications", summary = "The drugs of five years, with consent.")
  public Uni<MedicationsDocument> medications(
      @PathParam("id") UUID id,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    return read(
        id,
        from,
        to,
        MedicalCategory.MEDICATION,
        MedicalRecords.Medications.class,
        MedicationsDocument::of);
  }

  @GET
  @Path("/{id}/checkups")
  @RolesAllowed({"RECEIPT", Rights.MEDICAL})
  @Produces(PDF)
  @Operation(operationId = "readCheckups", summary = "The checkups of five years, with consent.")
  public Uni<RestResponse<byte[]>> checkupsOnPaper(
      @PathParam("id") UUID id,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    return print(id, from, to, MedicalCategory.CHECKUP);
  }

  @GET
  @Path("/{id}/checkups")
  @RolesAllowed({"RECEIPT", Rights.MEDICAL})
  @Operation(operationId = "readCheckups", summary = "The checkups of five years, with consent.")
  public Uni<CheckupsDocument> checkups(
      @PathParam("id") UUID id,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    return read(
        id, from, to, MedicalCategory.CHECKUP, MedicalRecords.Checkups.class, CheckupsDocument::of);
  }

  @GET
  @Path("/{id}/care")
  @RolesAllowed({"RECEIPT", Rights.MEDICAL})
  @Produces(PDF)
  @Operation(operationId = "readCare", summary = "The care of five years, with consent.")
  public Uni<RestResponse<byte[]>> careOnPaper(
      @PathParam("id") UUID id,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    return print(id, from, to, MedicalCategory.CARE);
  }

  @GET
  @Path("/{id}/care")
  @RolesAllowed({"RECEIPT", Rights.MEDICAL})
  @Operation(operationId = "readCare", summary = "The care of five years, with consent.")
  public Uni<CareDocument> care(
      @PathParam("id") UUID id,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    return read(id, from, to, MedicalCategory.CARE, MedicalRecords.Care.class, CareDocument::of);
  }

  @GET
  @Path("/{id}/surgeries")
  @RolesAllowed({"RECEIPT", Rights.MEDICAL})
  @Produces(PDF)
  @Operation(operationId = "readSurgeries", summary = "The operations of five years, with consent.")
  public Uni<RestResponse<byte[]>> surgeriesOnPaper(
      @PathParam("id") UUID id,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    return print(id, from, to, MedicalCategory.SURGERY);
  }

  @GET
  @Path("/{id}/surgeries")
  @RolesAllowed({"RECEIPT", Rights.MEDICAL})
  @Operation(operationId = "readSurgeries", summary = "The operations of five years, with consent.")
  public Uni<SurgeriesDocument> surgeries(
      @PathParam("id") UUID id,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    return read(
        id,
        from,
        to,
        MedicalCategory.SURGERY,
        MedicalRecords.Surgeries.class,
        SurgeriesDocument::of);
  }

  /** Makes the document of a category's records. */
  @FunctionalInterface
  private interface Telling<R extends MedicalRecords, D> {
    D tell(UUID check, R records, AuditReceipt receipt);
  }

  private <R extends MedicalRecords, D> Uni<D> read(
      UUID id,
      @Nullable String from,
      @Nullable String to,
      MedicalCategory category,
      Class<R> type,
      Telling<R, D> telling) {
    return shown(id, from, to, category)
        .map(shown -> telling.tell(id, type.cast(shown.records()), shown.receipt()));
  }

  private Uni<ReadHistory.Outcome.Shown> shown(
      UUID id, @Nullable String from, @Nullable String to, MedicalCategory category) {
    var months = new ReadHistory.Months(month(from), month(to));
    return readHistory
        .read(caller(), new CheckId(id), category, months)
        .map(outcome ->
            switch (outcome) {
              case ReadHistory.Outcome.Shown shown -> shown;
              case ReadHistory.Outcome.Declined(Reason reason) ->
                  throw new ProblemException(reason);
            });
  }

  /** The same read, with the same rights and the same entry in the audit. */
  private Uni<RestResponse<byte[]>> print(
      UUID id, @Nullable String from, @Nullable String to, MedicalCategory category) {
    Caller reader = caller();
    return shown(id, from, to, category)
        .chain(shown ->
            fetchCheck
                .within(reader, new CheckId(id))
                .map(this::nameIn)
                .chain(name ->
                    printed.print(
                        reader.institution(), id, name, shown.records(), shown.receipt())))
        .map(pdf ->
            ResponseBuilder.ok(pdf)
                .header(
                    "Content-Disposition",
                    "inline; filename=\"" + category.word() + "-" + id + ".pdf\"")
                .build());
  }

  private String nameIn(Optional<FetchCheck.Fetched> found) {
    FetchCheck.Fetched fetched = found.orElseThrow(() -> new ProblemException(Reason.NOT_FOUND));
    QualificationDocument qualification = told(fetched).qualification();
    return qualification == null ? "" : qualification.name();
  }

  private Caller caller() {
    return CallerIdentity.of(identity);
  }

  private static UntrustedSubmission submission(CheckRequest request) {
    var certificate = new UntrustedCertificate(base64(request.certificate(), "certificate"));
    var proof = new UntrustedProof(certificate, base64(request.signature(), "signature"));
    return new UntrustedSubmission(
        request.challenge(),
        request.method(),
        request.confirmedAt(),
        proof,
        Optional.ofNullable(request.pass()),
        faceCalibration(request));
  }

  private static Optional<FaceCalibration> faceCalibration(CheckRequest request) {
    if (request.faceCalibration() != null && request.method() != VerificationMethod.FACE) {
      throw new ProblemException(Reason.BAD_REQUEST, "faceCalibration goes with the method FACE");
    }
    return Optional.ofNullable(request.faceCalibration()).map(FaceCalibration::new);
  }

  private static byte[] base64(String text, String field) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Reason.BAD_REQUEST, field + " is not base64");
    }
  }

  private static Set<MedicalCategory> categories(Set<String> words) {
    Set<MedicalCategory> categories = EnumSet.noneOf(MedicalCategory.class);
    for (String word : words) {
      try {
        categories.add(MedicalCategory.ofWord(word));
      } catch (IllegalArgumentException e) {
        throw new ProblemException(Reason.BAD_REQUEST, "granted: " + e.getMessage());
      }
    }
    return categories;
  }

  private static Optional<YearMonth> month(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(YearMonth::parse);
    } catch (DateTimeException e) {
      throw new ProblemException(Reason.BAD_REQUEST, "from and to are months, as 2026-04");
    }
  }
}
