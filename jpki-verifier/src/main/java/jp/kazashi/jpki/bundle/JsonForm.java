package jp.kazashi.jpki.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.bundle.Value.Bytes;
import jp.kazashi.jpki.bundle.Value.Fields;
import jp.kazashi.jpki.bundle.Value.Items;
import jp.kazashi.jpki.bundle.Value.Text;
import jp.kazashi.jpki.bundle.Value.Truth;
import jp.kazashi.jpki.bundle.Value.Whole;

/** A bundle as JSON (RFC 8259): whole numbers only, octets in base64, every name once. */
final class JsonForm {
  private static final int DEEPEST = 16;

  private final String text;
  private int position;

  private JsonForm(String text) {
    this.text = text;
  }

  static String write(Value value) {
    StringBuilder out = new StringBuilder();
    write(value, out, "\n");
    return out.append('\n').toString();
  }

  static Value read(String text) {
    JsonForm form = new JsonForm(text);
    Value value = form.value(0);
    form.space();
    if (form.position < text.length()) {
      throw form.trouble("something behind the end");
    }
    return value;
  }

  private static void write(Value value, StringBuilder out, String indent) {
    switch (value) {
      case Text(String text) -> quote(text, out);
      case Whole(long number) -> out.append(number);
      case Truth(boolean truth) -> out.append(truth);
      case Bytes(Octets octets) -> quote(Base64.getEncoder().encodeToString(octets.toArray()), out);
      case Items(List<Value> items) -> {
        String between = "[";
        for (Value item : items) {
          out.append(between).append(indent).append("  ");
          write(item, out, indent + "  ");
          between = ",";
        }
        out.append(items.isEmpty() ? "[]" : indent + "]");
      }
      case Fields(Map<String, Value> fields) -> {
        String between = "{";
        for (Map.Entry<String, Value> field : fields.entrySet()) {
          out.append(between).append(indent).append("  ");
          quote(field.getKey(), out);
          out.append(": ");
          write(field.getValue(), out, indent + "  ");
          between = ",";
        }
        out.append(fields.isEmpty() ? "{}" : indent + "}");
      }
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private Value value(int depth) {
    space();
    if (depth > DEEPEST) {
      throw trouble("too deep");
    }
    return switch (peek()) {
      case '{' -> fields(depth);
      case '[' -> items(depth);
      case '"' -> new Text(string());
      case 't' -> literal("true", new Truth(true));
      case 'f' -> literal("false", new Truth(false));
      default -> number();
    };
  }

  private Value fields(int depth) {
    Fields fields = new Fields();
    take('{');
    space();
    while (peek() != '}') {
      String name = string();
      space();
      take(':');
      if (fields.find(name).isPresent()) {
        throw trouble("a name twice");
      }
      fields.put(name, value(depth + 1));
      space();
      if (peek() == ',') {
        take(',');
        space();
        if (peek() == '}') {
          throw trouble("a comma before the end");
        }
      } else if (peek() != '}') {
        throw trouble("neither , nor }");
      }
    }
    take('}');
    return fields;
  }

  private Value items(int depth) {
    List<Value> items = new ArrayList<>();
    take('[');
    space();
    while (peek() != ']') {
      items.add(value(depth + 1));
      space();
      if (peek() == ',') {
        take(',');
        space();
        if (peek() == ']') {
          throw trouble("a comma before the end");
        }
      } else if (peek() != ']') {
        throw trouble("neither , nor ]");
      }
    }
    take(']');
    return new Items(items);
  }

  private String string() {
    take('"');
    StringBuilder out = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(position++);
      if (c < ' ') {
        throw trouble("a control character");
      }
      out.append(c == '\\' ? escaped() : c);
    }
    take('"');
    // Half a character (RFC 8259 §8.2) would have no encoding in the other form.
    if (!UTF_8.newEncoder().canEncode(out)) {
      throw trouble("half a character");
    }
    return out.toString();
  }

  private char escaped() {
    char c = peek();
    position++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        if (position + 4 > text.length()
            || !text.substring(position, position + 4).matches("[0-9a-fA-F]{4}")) {
          throw trouble("a broken escape");
        }
        position += 4;
        yield (char) Integer.parseInt(text, position - 4, position, 16);
      }
      default -> throw trouble("an unknown escape");
    };
  }

  private Value number() {
    int start = position;
    if (peek() == '-') {
      position++;
    }
    while (position < text.length()
        && text.charAt(position) >= '0'
        && text.charAt(position) <= '9') {
      position++;
    }
    String digits = text.substring(start, position);
    if (!digits.matches("-?(0|[1-9][0-9]{0,18})")) {
      throw trouble("no value");
    }
    return new Whole(Value.exact(new BigInteger(digits)));
  }

  private Value literal(String word, Value value) {
    if (!text.startsWith(word, position)) {
      throw trouble("no value");
    }
    position += word.length();
    return value;
  }

  private void space() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private char peek() {
    if (position >= text.length()) {
      throw trouble("the end too early");
    }
    return text.charAt(position);
  }

  private void take(char c) {
    if (peek() != c) {
      throw trouble("no " + c);
    }
    position++;
  }

  private IllegalArgumentException trouble(String what) {
    return new IllegalArgumentException("It is not JSON: " + what + " at character " + position);
  }
}
