package jp.kazashi.gateway.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.store.FindCheck;
import jp.kazashi.qualification.store.KeepAnswers;
import jp.kazashi.qualification.store.KeptAnswer;

/** What was answered under a key before, to the same client and the same request. */
public final class RecallAnswer {
  private final KeepAnswers answers;
  private final FindCheck checks;

  public RecallAnswer(KeepAnswers answers, FindCheck checks) {
    this.answers = answers;
    this.checks = checks;
  }

  Uni<Optional<CheckOutcome>> of(Caller caller, Optional<IdempotencyKey> key, Instant at) {
    return key.map(each -> of(caller, each, at))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  private Uni<Optional<CheckOutcome>> of(Caller caller, IdempotencyKey key, Instant at) {
    return answers
        .find(caller.certificate(), key.key(), at)
        .chain(found -> {
          if (found.isEmpty()) {
            return Uni.createFrom().item(Optional.<CheckOutcome>empty());
          }
          KeptAnswer kept = found.get();
          return kept.request().equals(key.request())
              ? repeated(caller, kept).map(Optional::of)
              : Uni.createFrom()
                  .item(Optional.of(new CheckOutcome.Declined(Reason.IDEMPOTENCY_KEY_REUSED)));
        });
  }

  private Uni<CheckOutcome> repeated(Caller caller, KeptAnswer kept) {
    return checks
        .byId(CheckId.parse(new String(kept.answer(), US_ASCII)), caller.institution())
        .map(found -> new CheckOutcome.Repeated(found.orElseThrow()));
  }
}
