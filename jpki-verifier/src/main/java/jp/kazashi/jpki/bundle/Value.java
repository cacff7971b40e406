package jp.kazashi.jpki.bundle;

import java.math.BigInteger;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.jpki.Octets;

/** What a bundle is made of, whether it is written as DER or as JSON. */
sealed interface Value {
  record Text(String value) implements Value {}

  record Whole(long value) implements Value {}

  record Truth(boolean value) implements Value {}

  record Bytes(Octets value) implements Value {}

  record Items(List<Value> values) implements Value {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** Named values in their order. */
  record Fields(Map<String, Value> values) implements Value {
    Fields() {
      this(new LinkedHashMap<>());
    }

    Fields put(String name, Value value) {
      values.put(name, value);
      return this;
    }

    Fields put(String name, String text) {
      return put(name, new Text(text));
    }

    Fields put(String name, long number) {
      return put(name, new Whole(number));
    }

    Fields put(String name, Octets octets) {
      return put(name, new Bytes(octets));
    }

    Fields put(String name, boolean truth) {
      return put(name, new Truth(truth));
    }

    Optional<Value> find(String name) {
      return Optional.ofNullable(values.get(name));
    }

    Value get(String name) {
      return find(name)
          .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is missing"));
    }

    String text(String name) {
      return switch (get(name)) {
        case Text(String text) -> text;
        default -> throw new IllegalArgumentException("\"" + name + "\" is no text");
      };
    }

    long number(String name) {
      return switch (get(name)) {
        case Whole(long number) -> number;
        default -> throw new IllegalArgumentException("\"" + name + "\" is no number");
      };
    }

    boolean truth(String name) {
      return switch (get(name)) {
        case Truth(boolean truth) -> truth;
        default -> throw new IllegalArgumentException("\"" + name + "\" is not true or false");
      };
    }

    Octets octets(String name) {
      return Value.octets(get(name));
    }

    List<Value> items(String name) {
      return switch (get(name)) {
        case Items(List<Value> items) -> items;
        default -> throw new IllegalArgumentException("\"" + name + "\" is no list");
      };
    }

    List<Fields> records(String name) {
      return items(name).stream().map(Value::fields).toList();
    }

    Fields fields(String name) {
      return Value.fields(get(name));
    }
  }

  static Fields fields(Value value) {
    return switch (value) {
      case Fields fields -> fields;
      default -> throw new IllegalArgumentException("Named values were expected");
    };
  }

  /** Octets as they are, or as JSON has to write them. */
  static Octets octets(Value value) {
    return switch (value) {
      case Bytes(Octets octets) -> octets;
      case Text(String base64) -> Octets.of(Base64.getDecoder().decode(base64));
      default -> throw new IllegalArgumentException("Octets were expected");
    };
  }

  static String text(Value value) {
    return switch (value) {
      case Text(String text) -> text;
      default -> throw new IllegalArgumentException("Text was expected");
    };
  }

  static long exact(BigInteger number) {
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("A number is too large", e);
    }
  }
}
