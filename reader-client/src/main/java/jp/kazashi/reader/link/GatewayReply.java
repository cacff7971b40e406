package jp.kazashi.reader.link;

import java.util.function.Function;

/** What came back: what was asked for, or why not. A dead line is a refusal of our own. */
public sealed interface GatewayReply<T> {

  /** The same, read otherwise. */
  default <U> GatewayReply<U> map(Function<T, U> reading) {
    return switch (this) {
      case Given<T> given -> new Given<>(reading.apply(given.value()));
      case Refused<T> refused -> new Refused<>(refused.refusal());
    };
  }

  /** What was asked for. */
  record Given<T>(T value) implements GatewayReply<T> {}

  /** Why not. */
  record Refused<T>(Refusal refusal) implements GatewayReply<T> {}
}
