package jp.kazashi.qualification.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import jp.kazashi.qualification.intake.IntakeKind;
import jp.kazashi.qualification.intake.ReadLine;
import jp.kazashi.qualification.intake.RejectedLine;
import org.jspecify.annotations.Nullable;

/** One flat JSON object a line. */
final class JsonLines implements FeedReader.LineForm {
  private final JsonFactory json = new JsonFactory();
  private final IntakeKind intake;

  JsonLines(IntakeKind intake) {
    this.intake = intake;
  }

  @Override
  public void read(String text, byte[] bytes, int number, Consumer<ReadLine> lines) {
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    String id = Integer.toString(number);
    try (JsonParser parser = json.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        lines.accept(new RejectedLine(id, "line", "is not an object"));
        return;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        String value = value(parser, field);
        if (fields.putIfAbsent(field, value == null ? "" : value) != null) {
          lines.accept(new RejectedLine(id, field, "comes twice"));
          return;
        }
      }
      if (parser.nextToken() != null) {
        lines.accept(new RejectedLine(id, "line", "goes on after its object"));
        return;
      }
    } catch (NotFlat deep) {
      lines.accept(new RejectedLine(id, deep.field, "is not a text, a number or a truth"));
      return;
    } catch (IOException broken) {
      lines.accept(new RejectedLine(id, "line", "is not JSON"));
      return;
    }
    lines.accept(Line.of(intake, fields, bytes, number));
  }

  private static @Nullable String value(JsonParser parser, String field)
      throws IOException, NotFlat {
    return switch (parser.nextToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          parser.getText();
      case VALUE_NULL -> null;
      case START_OBJECT -> {
        if (!field.equals("items")) {
          throw new NotFlat(field);
        }
        yield items(parser);
      }
      case null, default -> throw new NotFlat(field);
    };
  }

  private static String items(JsonParser parser) throws IOException, NotFlat {
    StringBuilder items = new StringBuilder();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      items.append(items.isEmpty() ? "" : ";").append(parser.currentName()).append('=');
      JsonToken value = parser.nextToken();
      if (value == null || !value.isScalarValue() || value == JsonToken.VALUE_NULL) {
        throw new NotFlat("items");
      }
      items.append(parser.getText());
    }
    return items.toString();
  }

  /** Ends the reading of one line only. */
  private static final class NotFlat extends Exception {
    private static final long serialVersionUID = 1;
    private final String field;

    NotFlat(String field) {
      super(field, null, false, false);
      this.field = field;
    }
  }
}
