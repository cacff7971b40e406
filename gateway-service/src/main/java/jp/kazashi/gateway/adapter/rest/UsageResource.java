package jp.kazashi.gateway.adapter.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.desk.Uptake;
import jp.kazashi.gateway.desk.Usage;
import jp.kazashi.gateway.desk.UsageReport;
import jp.kazashi.qualification.institution.InstitutionCode;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What institutions did: each its own, the operator everybody's. */
@Path("/v1/reports/usage")
public class UsageResource {
  /** Two forms of one operation. */
  private static final String USAGE =
      "A month by kinds of institution. With users, patients, holding and registered (percent)"
          + " as JSON also how many of those who could used their card.";

  private final Usage usage;
  private final SecurityIdentity identity;

  public UsageResource(Usage usage, SecurityIdentity identity) {
    this.usage = usage;
    this.identity = identity;
  }

  @GET
  @RolesAllowed({"RECEIPT", Rights.DESK, "OPERATOR"})
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "usage", summary = USAGE)
  public Uni<UsageDocument> json(
      @QueryParam("month") @Nullable String month,
      @QueryParam("users") @Nullable String users,
      @QueryParam("patients") @Nullable String patients,
      @QueryParam("holding") @Nullable String holding,
      @QueryParam("registered") @Nullable String registered) {
    Uptake uptake = uptake(users, patients, holding, registered);
    return report(month).map(report -> UsageDocument.of(report, uptake));
  }

  @GET
  @RolesAllowed({"RECEIPT", Rights.DESK, "OPERATOR"})
  @Produces("text/csv;charset=utf-8;qs=0.5")
  @Operation(operationId = "usage", summary = USAGE)
  public Uni<String> csv(@QueryParam("month") @Nullable String month) {
    return report(month).map(UsageReport::csv);
  }

  private Uni<UsageReport> report(@Nullable String month) {
    Caller caller = CallerIdentity.of(identity);
    Optional<InstitutionCode> own =
        caller.role() == Caller.Role.OPERATOR
            ? Optional.empty()
            : Optional.of(caller.institution());
    return usage.report(caller, month(month), own);
  }

  private static YearMonth month(@Nullable String text) {
    try {
      return YearMonth.parse(text == null ? "" : text);
    } catch (DateTimeException e) {
      throw new ProblemException(Reason.BAD_REQUEST, "month is one, as 2026-04");
    }
  }

  private static @Nullable Uptake uptake(@Nullable String... figures) {
    if (Arrays.stream(figures).allMatch(Objects::isNull)) {
      return null;
    }
    try {
      BigDecimal[] read = new BigDecimal[figures.length];
      for (int at = 0; at < figures.length; at++) {
        String figure = figures[at];
        if (figure == null || figure.length() > 20) {
          throw new IllegalArgumentException("one is missing");
        }
        read[at] = new BigDecimal(figure);
      }
      return Uptake.of(read[0], read[1], read[2], read[3]);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Reason.BAD_REQUEST, "users, patients, holding and registered are four figures");
    }
  }
}
