package jp.kazashi.reader.myna;

import java.util.function.Function;
import java.util.function.Supplier;

/** What came of reading a file to the end its own header tells. */
sealed interface CardFileReading {

  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Whole(byte[] value) implements CardFileReading {}

  record Gone() implements CardFileReading {}

  record Failed(String what) implements CardFileReading {}

  default <R> R then(Function<byte[], R> whole, Supplier<R> gone, Function<String, R> trouble) {
    return switch (this) {
      case Whole(byte[] value) -> whole.apply(value);
      case Gone _ -> gone.get();
      case Failed(String what) -> trouble.apply(what);
    };
  }
}
