package jp.kazashi.qualification.store.reactive;

import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import jp.kazashi.qualification.audit.Digest;
import org.hibernate.reactive.pool.ReactiveConnection;
import org.jspecify.annotations.Nullable;

/** One row of a result, cell by cell. */
final class Cells {
  private final @Nullable Object[] values;
  private final int first;

  private Cells(@Nullable Object[] values, int first) {
    this.values = values;
    this.first = first;
  }

  /** All rows of a result. */
  static <T> List<T> map(ReactiveConnection.Result result, Function<Cells, T> row) {
    List<T> rows = new ArrayList<>();
    while (result.hasNext()) {
      rows.add(row.apply(new Cells(result.next(), 0)));
    }
    return rows;
  }

  /** The same row from this column on, for who reads a part of it. */
  Cells from(int column) {
    return new Cells(values, first + column);
  }

  boolean isEmpty(int at) {
    return values[first + at] == null;
  }

  String text(int at) {
    return (String) must(at);
  }

  @Nullable String textOrNull(int at) {
    return (String) values[first + at];
  }

  UUID uuid(int at) {
    return (UUID) must(at);
  }

  @Nullable UUID uuidOrNull(int at) {
    return (UUID) values[first + at];
  }

  int whole(int at) {
    return ((Number) must(at)).intValue();
  }

  @Nullable Integer wholeOrNull(int at) {
    return isEmpty(at) ? null : whole(at);
  }

  long count(int at) {
    return ((Number) must(at)).longValue();
  }

  boolean truth(int at) {
    return (Boolean) must(at);
  }

  LocalDate date(int at) {
    return (LocalDate) must(at);
  }

  @Nullable LocalDate dateOrNull(int at) {
    return (LocalDate) values[first + at];
  }

  Instant instant(int at) {
    return ((OffsetDateTime) must(at)).toInstant();
  }

  @Nullable Instant instantOrNull(int at) {
    return values[first + at] instanceof OffsetDateTime time ? time.toInstant() : null;
  }

  @Nullable BigDecimal decimalOrNull(int at) {
    Object value = values[first + at];
    return value == null ? null : new BigDecimal(value.toString());
  }

  byte[] bytes(int at) {
    return ((Buffer) must(at)).getBytes();
  }

  byte @Nullable [] bytesOrNull(int at) {
    return values[first + at] instanceof Buffer buffer ? buffer.getBytes() : null;
  }

  Digest digest(int at) {
    return Digest.fromBytes(bytes(at));
  }

  <E extends Enum<E>> E word(Class<E> type, int at) {
    return Enum.valueOf(type, text(at));
  }

  <E extends Enum<E>> @Nullable E wordOrNull(Class<E> type, int at) {
    return isEmpty(at) ? null : word(type, at);
  }

  private Object must(int at) {
    Object value = values[first + at];
    if (value == null) {
      throw new IllegalStateException("Column " + at + " is empty");
    }
    return value;
  }
}
