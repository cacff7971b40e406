package jp.kazashi.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import jp.kazashi.consent.Language;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What gateway and terminal can tell a patient is there in the languages they do not speak. */
class KioskTellsEveryReasonTest {
  private static final Path ROOT = Path.of(System.getProperty("kazashi.root"));

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"JA", "EN"})
  void everyReasonIsTranslatedAndNothingElse(Language language) throws IOException {
    Set<String> reasons = new TreeSet<>();
    addReasons("gateway-service/src/main/resources/reasons.json", reasons);
    addReasons("reader-client/src/main/resources/jp/kazashi/reader/link/reasons.json", reasons);

    assertThat(told(language)).isEqualTo(reasons);
  }

  private static void addReasons(String catalogue, Set<String> reasons) throws IOException {
    try (InputStream file = Files.newInputStream(ROOT.resolve(catalogue))) {
      new ObjectMapper().readTree(file).fieldNames().forEachRemaining(reasons::add);
    }
  }

  private static Set<String> told(Language language) throws IOException {
    Path bundle =
        ROOT.resolve("consent-ui/src/main/resources/jp/kazashi/consent/pages/messages")
            .resolve("told." + language.tag() + ".properties");
    Properties told = new Properties();
    try (Reader file =
        new InputStreamReader(Files.newInputStream(bundle), StandardCharsets.UTF_8)) {
      told.load(file);
    }
    return new TreeSet<>(told.stringPropertyNames());
  }
}
