package jp.kazashi.reader.visit;

import java.util.function.Function;

/** Where a walk stands after a station: on its way in a state, or over. */
sealed interface Station<S extends Visit> {

  /** The next station begins with this state. */
  record On<S extends Visit>(S state) implements Station<S> {}

  /** There is no next station. */
  record Over<S extends Visit>(Visit.End end) implements Station<S> {}

  default <T extends Visit> Station<T> then(Function<S, Station<T>> next) {
    return switch (this) {
      case On<S> on -> next.apply(on.state());
      case Over<S> over -> new Over<>(over.end());
    };
  }

  default Visit.End last(Function<S, Visit.End> station) {
    return switch (this) {
      case On<S> on -> station.apply(on.state());
      case Over<S> over -> over.end();
    };
  }
}
