package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.Reason;

/** The one file that says what every reason says. */
public final class CatalogueFile {
  private static final String NAME = "/reasons.json";

  private CatalogueFile() {}

  public static Catalogue read(ObjectMapper json) {
    try (InputStream in = CatalogueFile.class.getResourceAsStream(NAME)) {
      return new Catalogue(
          json.readValue(
              Objects.requireNonNull(in, NAME),
              new TypeReference<Map<Reason, Catalogue.Entry>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
