package jp.kazashi.jpki;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/** The outcome of a check: what it proves, or the reason it failed. */
public sealed interface Checked<T> {
  /** The next check, of what this one proved. */
  default <U> Checked<U> then(Function<? super T, ? extends Checked<U>> next) {
    return switch (this) {
      case Held<T>(T value) -> next.apply(value);
      case Failed<T>(RejectionReason reason) -> new Failed<>(reason);
    };
  }

  record Held<T>(T value) implements Checked<T> {
    public Held {
      requireNonNull(value, "value");
    }
  }

  record Failed<T>(RejectionReason reason) implements Checked<T> {
    public Failed {
      requireNonNull(reason, "reason");
    }
  }
}
