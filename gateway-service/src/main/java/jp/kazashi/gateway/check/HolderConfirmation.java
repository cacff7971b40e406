package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.jpki.holder.Carrier;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.qualification.staff.VisualPass;
import jp.kazashi.qualification.store.KeepVisualPasses;

/**
 * Who may say that the holder stands there. A PIN and a phone speak for themselves; FACE is the
 * word of an enrolled terminal and is recorded as such; STAFF needs the pass of a named account for
 * this terminal, and each pass lets one visit through.
 */
public final class HolderConfirmation {
  private final KeepVisualPasses passes;
  private final InstantSource steady;

  /**
   * @param steady measures how old a pass is; no world moves it
   */
  public HolderConfirmation(KeepVisualPasses passes, InstantSource steady) {
    this.passes = passes;
    this.steady = steady;
  }

  /** What it comes to, before anything of the card is looked at. */
  sealed interface Ruling {
    record Admitted(Optional<VisualPass> pass) implements Ruling {}

    record Declined(Reason reason) implements Ruling {}
  }

  Uni<Ruling> of(Caller caller, VerificationMethod method, Optional<UUID> pass) {
    return switch (method) {
      case STAFF ->
          pass.map(id -> byPass(caller, id)).orElseGet(() -> declined(Reason.VISUAL_PASS_MISSING));
      case FACE, PIN, PHONE ->
          pass.isPresent()
              ? declined(Reason.VISUAL_PASS_INVALID)
              : Uni.createFrom().item(new Ruling.Admitted(Optional.empty()));
    };
  }

  private Uni<Ruling> byPass(Caller caller, UUID id) {
    return passes
        .byId(id)
        .map(found -> {
          if (found.filter(each -> admits(each.pass(), caller)).isEmpty()) {
            return new Ruling.Declined(Reason.VISUAL_PASS_INVALID);
          }
          return found.orElseThrow().spent()
              ? new Ruling.Declined(Reason.VISUAL_PASS_SPENT)
              : new Ruling.Admitted(Optional.of(found.orElseThrow().pass()));
        });
  }

  private boolean admits(VisualPass pass, Caller caller) {
    return pass.admits(caller.institution(), caller.system(), steady.instant());
  }

  /** A phone's certificate and the method PHONE belong together. */
  static boolean fits(VerificationMethod method, Carrier carrier) {
    return (method == VerificationMethod.PHONE) == (carrier == Carrier.PHONE);
  }

  /** Whose word it is, for the audit. */
  static String wordOf(VerificationMethod method) {
    return switch (method) {
      case FACE -> "TERMINAL";
      case STAFF -> "STAFF";
      case PIN -> "CARD";
      case PHONE -> "PHONE";
    };
  }

  private static Uni<Ruling> declined(Reason reason) {
    return Uni.createFrom().item(new Ruling.Declined(reason));
  }
}
