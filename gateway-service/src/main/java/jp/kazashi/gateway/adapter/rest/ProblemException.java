package jp.kazashi.gateway.adapter.rest;

import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import jp.kazashi.gateway.check.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Carries a refusal out of a resource; {@link ProblemMapper} makes the response of it. A
 * WebApplicationException, because the framework loads the types it maps while it builds, in
 * whatever JDK Maven runs on.
 */
final class ProblemException extends WebApplicationException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable CheckDocument check;
  private final Reason reason;
  private final @Nullable String detail;
  private final @Nullable Duration retryAfter;

  ProblemException(Reason reason) {
    this(reason, null, null, null);
  }

  /** Worth asking again after a while. */
  ProblemException(Reason reason, Duration retryAfter) {
    this(reason, null, null, retryAfter);
  }

  ProblemException(Reason reason, String detail) {
    this(reason, detail, null, null);
  }

  /** Of a check that was judged and refused. */
  ProblemException(CheckDocument refused) {
    this(refused.reason() == null ? Reason.FAULT : refused.reason(), null, refused, null);
  }

  private ProblemException(
      Reason reason,
      @Nullable String detail,
      @Nullable CheckDocument check,
      @Nullable Duration retryAfter) {
    super(reason.name());
    this.reason = reason;
    this.detail = detail;
    this.check = check;
    this.retryAfter = retryAfter;
  }

  Reason reason() {
    return reason;
  }

  @Nullable String detail() {
    return detail;
  }

  @Nullable CheckDocument check() {
    return check;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
