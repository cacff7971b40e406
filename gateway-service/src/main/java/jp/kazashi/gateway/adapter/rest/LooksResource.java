package jp.kazashi.gateway.adapter.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.desk.Look;
import jp.kazashi.gateway.desk.StaffLooks;
import jp.kazashi.qualification.staff.StaffId;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Who of an institution looked at whom, for those who keep its accounts. */
@Path("/v1/staff/looks")
@Produces(MediaType.APPLICATION_JSON)
public class LooksResource {
  private static final int LAST_YEAR = 9999;

  private final StaffLooks looks;
  private final SecurityIdentity identity;

  public LooksResource(StaffLooks looks, SecurityIdentity identity) {
    this.looks = looks;
    this.identity = identity;
  }

  @GET
  @RolesAllowed(Rights.ADMINISTRATOR)
  @Operation(
      operationId = "staffLooks",
      summary =
          "Who of the institution looked at whom, newest first, a hundred at once: on days in"
              + " Japan, the last seven unless said otherwise and 366 at most, of everybody or one"
              + " account, of everything or RECORDS, CHECK, LOOK_UP, CONSENTS or SIGHT.")
  public Uni<LooksDocument> of(
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("staff") @Nullable String staff,
      @QueryParam("what") @Nullable String what,
      @QueryParam("page") @Nullable String page) {
    var question =
        new StaffLooks.Question(
            read(from, LooksResource::day, "from is a day, as 2026-11-27"),
            read(to, LooksResource::day, "to is a day, as 2026-11-27"),
            read(staff, StaffId::parse, "staff is the id of an account"),
            read(what, Look.What::valueOf, "what is one of the words of what is told"),
            read(page, PageOfLooks::read, "page is the nextPage of an answer"));
    return looks
        .of(CallerIdentity.of(identity), question)
        .map(outcome ->
            switch (outcome) {
              case StaffLooks.Outcome.Shown shown -> LooksDocument.of(shown);
              case StaffLooks.Outcome.Declined(Reason reason) ->
                  throw reason == Reason.BAD_REQUEST
                      ? new ProblemException(reason, "from is at most 366 days before to")
                      : new ProblemException(reason);
            });
  }

  private static LocalDate day(String text) {
    LocalDate day = LocalDate.parse(text);
    if (day.getYear() < 1 || day.getYear() > LAST_YEAR) {
      throw new DateTimeException("not a day of ours");
    }
    return day;
  }

  private static <T> Optional<T> read(
      @Nullable String text, Function<String, T> reading, String otherwise) {
    try {
      return Optional.ofNullable(text).map(reading);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new ProblemException(Reason.BAD_REQUEST, otherwise);
    }
  }
}
