package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** No document of the API is deep or has long words; what is, is not read to its end. */
@Singleton
public class JsonBounds implements ObjectMapperCustomizer {
  private static final int DEEPEST = 32;
  private static final int LONGEST_TEXT = 128 * 1024;
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_NUMBER = 64;

  @Override
  public void customize(ObjectMapper json) {
    json.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxStringLength(LONGEST_TEXT)
                .maxNameLength(LONGEST_NAME)
                .maxNumberLength(LONGEST_NUMBER)
                .build());
    // Said twice is not said: which one counts would depend on who reads.
    json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    json.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }
}
