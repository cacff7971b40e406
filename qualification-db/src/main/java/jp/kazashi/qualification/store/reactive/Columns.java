package jp.kazashi.qualification.store.reactive;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Rows as arrays, one a column, for statements that write many rows at once. */
final class Columns {
  private Columns() {}

  static <R, C extends @Nullable Object> C[] of(
      List<R> rows, Function<R, C> value, IntFunction<C[]> array) {
    C[] column = array.apply(rows.size());
    for (int at = 0; at < column.length; at++) {
      column[at] = value.apply(rows.get(at));
    }
    return column;
  }
}
