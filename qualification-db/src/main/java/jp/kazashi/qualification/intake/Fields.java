package jp.kazashi.qualification.intake;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jp.kazashi.qualification.coverage.Coded;
import jp.kazashi.qualification.coverage.Codes;
import org.jspecify.annotations.Nullable;

/** Reads fields of a line; what cannot be read is refused by its name. */
final class Fields {
  private Fields() {}

  static <T> T required(FeedLine line, String field, Function<String, T> read) throws FieldRefused {
    return required(field, line.text(field), read);
  }

  static <T> @Nullable T optional(FeedLine line, String field, Function<String, T> read)
      throws FieldRefused {
    return optional(field, line.text(field), read);
  }

  static <T> T required(String field, @Nullable String text, Function<String, T> read)
      throws FieldRefused {
    T value = optional(field, text, read);
    if (value == null) {
      throw new FieldRefused(field, "is missing");
    }
    return value;
  }

  static <T> @Nullable T optional(String field, @Nullable String text, Function<String, T> read)
      throws FieldRefused {
    if (text == null || text.isBlank()) {
      return null;
    }
    // PostgreSQL has no such character, and nothing that is registered needs one.
    if (text.indexOf('\0') >= 0) {
      throw new FieldRefused(field, "has a NUL character");
    }
    try {
      return read.apply(text);
    } catch (DateTimeException impossible) {
      throw new FieldRefused(field, "is not a date that exists");
    } catch (NumberFormatException wrong) {
      throw new FieldRefused(field, "is not a number");
    } catch (IllegalArgumentException wrong) {
      throw new FieldRefused(field, String.valueOf(wrong.getMessage()));
    }
  }

  /** Rules between fields are said by the value that they make. */
  static <T> T together(String field, Supplier<T> make) throws FieldRefused {
    try {
      return make.get();
    } catch (IllegalArgumentException wrong) {
      throw new FieldRefused(field, String.valueOf(wrong.getMessage()));
    }
  }

  static Function<String, String> upTo(int length) {
    return text -> {
      if (text.length() > length) {
        throw new IllegalArgumentException("is longer than " + length + " characters");
      }
      return text;
    };
  }

  static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
    return text ->
        Arrays.stream(type.getEnumConstants())
            .filter(each -> each.name().equals(text))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("is not one of " + names(type)));
  }

  static <E extends Enum<E> & Coded> Function<String, E> coded(Class<E> type) {
    return text -> Codes.of(type, text);
  }

  static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  /** A whole number of a few digits. */
  static Function<String, Integer> whole(int from, int to) {
    return text -> {
      if (!text.matches("[0-9]{1,7}")) {
        throw new IllegalArgumentException("is not a number");
      }
      int number = Integer.parseInt(text);
      if (number < from || number > to) {
        throw new IllegalArgumentException("is not " + from + " to " + to);
      }
      return number;
    };
  }

  static BigDecimal quantity(String text) {
    // "1e999999999" is a number too, and would fill the disk.
    if (!isQuantity(text)) {
      throw new IllegalArgumentException("A quantity has up to 9 digits and 6 decimals");
    }
    BigDecimal quantity = new BigDecimal(text);
    if (quantity.signum() == 0) {
      throw new IllegalArgumentException("A quantity is more than nothing");
    }
    return quantity;
  }

  private static boolean isQuantity(String text) {
    int point = text.indexOf('.');
    int whole = point < 0 ? text.length() : point;
    int decimals = point < 0 ? 0 : text.length() - point - 1;
    return whole >= 1
        && whole <= 9
        && (point < 0 || (decimals >= 1 && decimals <= 6))
        && text.chars().allMatch(each -> (each >= '0' && each <= '9') || each == '.')
        && text.indexOf('.', point + 1) < 0;
  }

  static LocalDate date(String text) {
    LocalDate date = LocalDate.parse(text);
    // A year that nobody living was born in, or that the database cannot hold.
    if (date.getYear() < 1868 || date.getYear() > 2199) {
      throw new IllegalArgumentException("is not a date between 1868 and 2199");
    }
    return date;
  }

  static YearMonth month(String text) {
    return YearMonth.from(date(text + "-01"));
  }

  static Instant instant(String text) {
    Instant instant = Instant.parse(text);
    date(instant.atZone(ZoneOffset.UTC).toLocalDate().toString());
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  private static String names(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
  }
}
