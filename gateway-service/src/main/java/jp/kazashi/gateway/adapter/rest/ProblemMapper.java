package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.seal.AuditUnsealed;
import jp.kazashi.qualification.store.CommitUnknown;
import jp.kazashi.qualification.store.EpochLost;
import jp.kazashi.qualification.store.NotCommitted;
import jp.kazashi.qualification.store.reactive.StoreTrouble;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Every failure leaves as one of the catalogue's reasons. What passes by itself says so, and when
 * to ask again; what we did not foresee is logged once, and says whom to tell which number.
 */
public class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  private static final int SERVER_ERROR = 500;
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(5);
  private static final int NUMBER_BYTES = 16;
  private static final String CHECKS = "/v1/checks/";

  private final Catalogue catalogue;
  private final Refusals refusals;
  private final SecurityIdentity identity;
  private final RandomGenerator random;

  public ProblemMapper(
      Catalogue catalogue, Refusals refusals, SecurityIdentity identity, RandomGenerator random) {
    this.catalogue = catalogue;
    this.refusals = refusals;
    this.identity = identity;
    this.random = random;
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
  public Response web(WebApplicationException refusal, UriInfo uri) {
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
      default -> fault(refusal, checkOf(uri));
    };
  }

  @ServerExceptionMapper
  public Response unforeseen(Throwable failure, UriInfo uri) {
    return about(failure, checkOf(uri));
  }

  /**
   * What a failure comes to.
   *
   * @param check that it was about
   */
  Response about(Throwable failure, @Nullable UUID check) {
    return switch (failure) {
      case AuditUnsealed unsealed -> unsealed();
      case EpochLost lost -> retryLater(Reason.NODE_REPLACED, SOON);
      case CommitUnknown unknown -> storeAway(Reason.COMMIT_UNKNOWN, failure);
      case NotCommitted refused when refused.why() == NotCommitted.Cause.QUEUE_FULL ->
          storeAway(Reason.STORE_BUSY, failure);
      default ->
          StoreTrouble.isTemporary(failure)
              ? storeAway(Reason.STORE_UNAVAILABLE, failure)
              : fault(failure, check);
    };
  }

  /** Until what was written before has been sealed. */
  private Response unsealed() {
    LOG.error("event=audit-unsealed");
    return respond(Problem.of(catalogue, Reason.AUDIT_UNSEALED, null));
  }

  private Response storeAway(Reason reason, Throwable failure) {
    LOG.errorf(
        "event=store-unavailable reason=%s cause=%s", reason, failure.getClass().getSimpleName());
    return retryLater(reason, reason == Reason.STORE_BUSY ? SOON : LATER);
  }

  private Response retryLater(Reason reason, Duration wait) {
    return Response.fromResponse(respond(Problem.of(catalogue, reason, null)))
        .header("Retry-After", wait.toSeconds())
        .build();
  }

  /** Ours to mend: the number in the answer is the one in the log, and in the traces. */
  private Response fault(Throwable failure, @Nullable UUID check) {
    String number = number();
    LOG.errorf(SilentTrace.of(failure), "event=fault number=%s", number);
    return respond(Problem.about(catalogue, Reason.FAULT, "fault " + number, check, null, null));
  }

  private String number() {
    SpanContext traced = Span.current().getSpanContext();
    if (traced.isValid()) {
      return traced.getTraceId();
    }
    byte[] number = new byte[NUMBER_BYTES];
    random.nextBytes(number);
    return HexFormat.of().formatHex(number);
  }

  /** The check that it was about, where the path names one. */
  private static @Nullable UUID checkOf(UriInfo uri) {
    String id = uri.getPathParameters().getFirst("id");
    try {
      return id == null || !uri.getPath().startsWith(CHECKS) ? null : UUID.fromString(id);
    } catch (IllegalArgumentException none) {
      return null;
    }
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
