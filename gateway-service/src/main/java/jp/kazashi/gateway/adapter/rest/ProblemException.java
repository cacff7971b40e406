package jp.kazashi.gateway.adapter.rest;

import jakarta.ws.rs.WebApplicationException;
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

  ProblemException(Reason reason) {
    this(reason, null, null);
  }

  ProblemException(Reason reason, String detail) {
    this(reason, detail, null);
  }

  /** Of a check that was judged and refused. */
  ProblemException(CheckDocument refused) {
    this(refused.reason() == null ? Reason.FAULT : refused.reason(), null, refused);
  }

  private ProblemException(Reason reason, @Nullable String detail, @Nullable CheckDocument check) {
    super(reason.name());
    this.reason = reason;
    this.detail = detail;
    this.check = check;
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
}
