package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.seal.AuditUnsealed;
import jp.kazashi.qualification.store.EpochLost;
import org.hibernate.HibernateException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Every failure leaves as one of the catalogue's reasons; what we did not foresee is logged once.
 */
public class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  private static final int SERVER_ERROR = 500;

  private final Catalogue catalogue;
  private final Refusals refusals;
  private final SecurityIdentity identity;

  public ProblemMapper(Catalogue catalogue, Refusals refusals, SecurityIdentity identity) {
    this.catalogue = catalogue;
    this.refusals = refusals;
    this.identity = identity;
  }

  private Response refused(ProblemException refusal) {
    Duration wait = refusal.retryAfter();
    if (wait != null) {
      Problem problem = Problem.of(catalogue, refusal.reason(), refusal.detail());
      return Response.fromResponse(respond(problem))
          .header("Retry-After", wait.toSeconds() + 1)
          .build();
    }
    CheckDocument check = refusal.check();
    return check == null
        ? respond(Problem.of(catalogue, refusal.reason(), refusal.detail()))
        : respond(
            Problem.about(
                catalogue,
                refusal.reason(),
                null,
                check.checkId(),
                check.certificate(),
                check.receipt()));
  }

  @ServerExceptionMapper({
    ForbiddenException.class,
    UnauthorizedException.class,
    AuthenticationFailedException.class
  })
  public Response forbidden() {
    return respond(Problem.of(catalogue, whyNot(), null));
  }

  /** A desk is told what is missing: somebody, or somebody's right. */
  private Reason whyNot() {
    Caller caller = identity.getAttribute(CallerIdentity.CALLER);
    if (caller == null || caller.role() != Caller.Role.VIEWER) {
      return Reason.FORBIDDEN;
    }
    return caller.staff().isPresent() ? Reason.STAFF_RIGHT_MISSING : Reason.STAFF_SESSION_MISSING;
  }

  @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
  public Response malformed() {
    return badRequest("The body is not the JSON this endpoint takes.");
  }

  @ServerExceptionMapper
  public Response invalid(ConstraintViolationException invalid) {
    return badRequest(
        invalid.getConstraintViolations().stream()
            .map(each -> each.getPropertyPath() + " " + each.getMessage())
            .sorted()
            .collect(Collectors.joining("; ")));
  }

  @ServerExceptionMapper
  public Response web(WebApplicationException refusal) {
    if (refusal instanceof ProblemException problem) {
      return refused(problem);
    }
    return switch (refusal.getResponse().getStatus()) {
      case 404 -> respond(Problem.of(catalogue, Reason.NOT_FOUND, null));
      case 405 -> respond(Problem.of(catalogue, Reason.METHOD_NOT_ALLOWED, null));
      case 413 -> respond(Problem.of(catalogue, Reason.BODY_TOO_LARGE, null));
      case 415 -> respond(Problem.of(catalogue, Reason.MEDIA_TYPE_UNSUPPORTED, null));
      // Jackson's own word for it would repeat what was sent.
      case 400, 406 -> badRequest(null);
      default -> fault(refusal);
    };
  }

  @ServerExceptionMapper
  public Response unforeseen(Throwable failure) {
    if (failure instanceof AuditUnsealed) {
      return unsealed();
    }
    return isStoreAway(failure) ? storeAway(failure) : fault(failure);
  }

  /** Until what was written before has been sealed. */
  private Response unsealed() {
    LOG.error("event=audit-unsealed");
    return respond(Problem.of(catalogue, Reason.AUDIT_UNSEALED, null));
  }

  private Response storeAway(Throwable failure) {
    LOG.errorf("event=store-unavailable cause=%s", failure.getClass().getSimpleName());
    return respond(Problem.of(catalogue, Reason.STORE_UNAVAILABLE, null));
  }

  private Response fault(Throwable failure) {
    LOG.error("event=fault", failure);
    return respond(Problem.of(catalogue, Reason.FAULT, null));
  }

  private static boolean isStoreAway(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .anyMatch(each ->
            each instanceof HibernateException
                || each instanceof SQLException
                || each instanceof EpochLost
                || each instanceof IOException);
  }

  private Response badRequest(@Nullable String detail) {
    return respond(Problem.of(catalogue, Reason.BAD_REQUEST, detail));
  }

  private Response respond(Problem problem) {
    if (problem.status() < SERVER_ERROR) {
      refusals.tell(problem);
    }
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
  }
}
