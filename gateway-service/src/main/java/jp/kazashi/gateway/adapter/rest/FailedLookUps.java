package jp.kazashi.gateway.adapter.rest;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Predicate;
import java.util.function.Supplier;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.port.LimitRequests;
import jp.kazashi.gateway.port.LimitRequests.Ruling;

/** Nobody finds people by trying numbers: an institution that misses too often has to wait. */
@ApplicationScoped
public class FailedLookUps {
  private final LimitRequests limits;

  public FailedLookUps(LimitRequests limits) {
    this.limits = limits;
  }

  <T> Uni<T> guard(Caller caller, Supplier<Uni<T>> lookUp, Predicate<T> foundNobody) {
    return limits
        .mayLookUp(caller)
        .chain(ruling ->
            switch (ruling) {
              case Ruling.Admitted() -> lookUp.get();
              case Ruling.Limited(var wait) ->
                  Uni.createFrom()
                      .failure(new ProblemException(Reason.TOO_MANY_FAILED_LOOKUPS, wait));
            })
        .call(found ->
            foundNobody.test(found) ? limits.lookUpFailed(caller) : Uni.createFrom().voidItem());
  }
}
