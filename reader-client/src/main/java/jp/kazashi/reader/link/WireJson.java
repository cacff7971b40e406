package jp.kazashi.reader.link;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import jp.kazashi.consent.MedicalCategory;

/** The JSON of the wire: instants in UTC with milliseconds, categories as their words. */
public final class WireJson {

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private WireJson() {}

  /** A mapper of its own for each user; fields that are not known yet are passed over. */
  public static ObjectMapper mapper() {
    return JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .addModule(words())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();
  }

  /** An instant as the wire writes it. */
  public static String text(Instant instant) {
    return MILLISECONDS.format(instant);
  }

  private static SimpleModule words() {
    return new SimpleModule()
        .addSerializer(MedicalCategory.class, new WriteCategory())
        .addDeserializer(MedicalCategory.class, new ReadCategory())
        .addSerializer(Instant.class, new WriteInstant())
        .addSerializer(CheckId.class, new WriteCheckId());
  }

  private static final class WriteCategory extends JsonSerializer<MedicalCategory> {
    @Override
    public void serialize(MedicalCategory category, JsonGenerator out, SerializerProvider all)
        throws IOException {
      out.writeString(category.word());
    }
  }

  private static final class ReadCategory extends JsonDeserializer<MedicalCategory> {
    @Override
    public MedicalCategory deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      String word = in.getText();
      return MedicalCategory.named(word)
          .orElseThrow(() -> context.weirdStringException(word, MedicalCategory.class, "unknown"));
    }
  }

  private static final class WriteInstant extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant instant, JsonGenerator out, SerializerProvider all)
        throws IOException {
      out.writeString(text(instant));
    }
  }

  private static final class WriteCheckId extends JsonSerializer<CheckId> {
    @Override
    public void serialize(CheckId check, JsonGenerator out, SerializerProvider all)
        throws IOException {
      out.writeString(check.toString());
    }
  }
}
