package jp.kazashi.reader.desk;

import java.util.function.Function;
import jp.kazashi.consent.desk.Told;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.LocalReason;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.Refusal;

/** What the gateway, or this terminal, says to the desk. */
final class Telling {

  private Telling() {}

  static <A, B> Told<B> told(GatewayReply<A> reply, Function<A, B> reading) {
    return switch (reply) {
      case GatewayReply.Given<A> given -> new Told.Yes<>(reading.apply(given.value()));
      case GatewayReply.Refused<A> refused -> no(refused.refusal());
    };
  }

  static <T> Told<T> no(LocalReasons reasons, LocalReason reason) {
    return no(reasons.refusal(reason));
  }

  static <T> Told<T> no(Refusal refusal) {
    return new Told.No<>(refusal.reason().value(), refusal.nextStep());
  }
}
