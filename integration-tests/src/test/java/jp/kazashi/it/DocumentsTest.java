package jp.kazashi.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kazashi.jpki.RejectionReason;
import org.junit.jupiter.api.Test;

/** Documents that lie fail here: each is held against what the code does. */
class DocumentsTest {
  private static final Path ROOT = Path.of(System.getProperty("kazashi.root"));
  private static final List<String> MODULES =
      List.of(
          "jpki-verifier",
          "qualification-db",
          "gateway-service",
          "reader-client",
          "consent-ui",
          "simulator",
          "load-tests");
  private static final Pattern SETTING = Pattern.compile("KAZASHI_[A-Z][A-Z_]*[A-Z]");
  private static final Pattern PROPERTY = Pattern.compile("[{\"](kazashi\\.[a-z.-]+)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern COMMAND = Pattern.compile("(?m)^\\./kazashi ([a-z-]+)");

  @Test
  void theErrorCatalogueSaysWhatTheGatewaySays() throws IOException {
    JsonNode reasons = json("gateway-service/src/main/resources/reasons.json");

    assertThat(section("docs/error-catalogue.md", "gateway")).isEqualTo(reasonTable(reasons, true));
  }

  @Test
  void theErrorCatalogueSaysWhatTheReaderSays() throws IOException {
    JsonNode reasons = json("reader-client/src/main/resources/jp/kazashi/reader/link/reasons.json");

    assertThat(section("docs/error-catalogue.md", "reader")).isEqualTo(reasonTable(reasons, false));
  }

  @Test
  void theErrorCatalogueNamesEveryFindingOfTheJudge() throws IOException {
    String expected =
        Stream.of(RejectionReason.values())
            .map(reason ->
                "| %s | %s | %s | %s |"
                    .formatted(reason.id(), reason.family(), reason.severity(), reason.kind()))
            .collect(Collectors.joining("\n"));

    assertThat(section("docs/error-catalogue.md", "judge"))
        .isEqualTo("| finding | told as | severity | kind |\n|---|---|---|---|\n" + expected);
  }

  @Test
  void everySettingIsDocumentedAndNoOther() throws IOException {
    Set<String> used = new TreeSet<>();
    sources().forEach(file -> used.addAll(all(SETTING, read(file))));
    List.of(
            "gateway-service/src/main/resources/application.properties",
            "gateway-service/src/main/java/jp/kazashi/gateway/config/GatewaySettings.java",
            "gateway-service/src/main/java/jp/kazashi/gateway/config/AccessSettings.java",
            "gateway-service/src/main/java/jp/kazashi/gateway/config/DeskSettings.java",
            "gateway-service/src/main/java/jp/kazashi/gateway/config/RevocationSettings.java",
            "gateway-service/src/main/java/jp/kazashi/gateway/config/SealSettings.java")
        .forEach(file -> all(PROPERTY, doc(file)).forEach(name -> used.add(variable(name))));

    Set<String> documented =
        new TreeSet<>(
            all(Pattern.compile("(?m)^\\| `(KAZASHI_[A-Z_]+)`"), doc("docs/settings.md")));

    assertThat(documented).isEqualTo(used);
  }

  @Test
  void everyCommandOfTheReadmeIsKnownToTheLauncher() {
    World world = launcher();
    Set<String> commands = new TreeSet<>(all(COMMAND, doc("README.md")));
    String help = world.run("--help").out();

    assertThat(commands).contains("up", "test", "visit");
    assertThat(commands).allSatisfy(command -> assertThat(help).contains("  " + command));
    assertThat(commands)
        .allSatisfy(
            command -> assertThat(world.run(command, "--help").exit()).as(command).isZero());
  }

  @Test
  void theJapaneseReadmeKeepsStepWithTheEnglishOne() {
    String english = doc("README.md");
    String japanese = doc("README.ja.md");

    assertThat(all(COMMAND, japanese)).isEqualTo(all(COMMAND, english));
    assertThat(codeBlocks(japanese)).isEqualTo(codeBlocks(english));
    assertThat(headings(japanese)).isEqualTo(headings(english));
    assertThat(all(Pattern.compile("(?m)^\\| ([a-z]+) \\|"), japanese))
        .isEqualTo(all(Pattern.compile("(?m)^\\| ([a-z]+) \\|"), english));
  }

  @Test
  void everyLinkOfADocumentLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      Path folder = ROOT.resolve(document).toAbsolutePath().getParent();
      for (String link : all(LINK, Files.readString(ROOT.resolve(document)))) {
        if (folder == null || !Files.exists(folder.resolve(link))) {
          broken.add(document + " → " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static String reasonTable(JsonNode reasons, boolean withStatus) {
    StringBuilder table =
        new StringBuilder(
            withStatus
                ? "| reason | status | what it means | the patient is told | the desk is told |\n"
                    + "|---|---|---|---|---|"
                : "| reason | the patient is told | the desk is told |\n|---|---|---|");
    reasons
        .properties()
        .forEach(entry -> {
          JsonNode reason = entry.getValue();
          table.append("\n| ").append(entry.getKey());
          if (withStatus) {
            table.append(" | ").append(reason.path("status").asInt());
            table.append(" | ").append(reason.path("title").asText());
          }
          table.append(" | ").append(both(reason.path("patient")));
          table.append(" | ").append(both(reason.path("nextStep"))).append(" |");
        });
    return table.toString();
  }

  private static String both(JsonNode sentence) {
    return sentence.path("ja").asText() + "<br>" + sentence.path("en").asText();
  }

  /** What stands between {@code <!-- name -->} and {@code <!-- /name -->}. */
  private static String section(String document, String name) {
    String text = doc(document);
    Matcher found =
        Pattern.compile("<!-- %s -->\n(.*?)\n<!-- /%s -->".formatted(name, name), Pattern.DOTALL)
            .matcher(text);
    assertThat(found.find()).as("section %s of %s", name, document).isTrue();
    return found.group(1);
  }

  /** The environment variable that sets a property. */
  private static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static List<Path> sources() throws IOException {
    List<Path> files = new ArrayList<>(List.of(ROOT.resolve("kazashi")));
    for (String module : MODULES) {
      Path main = ROOT.resolve(module).resolve("src/main/java");
      try (Stream<Path> tree = Files.walk(main)) {
        tree.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      }
    }
    return files;
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .map(ROOT::relativize)
          .toList();
    }
  }

  private static World launcher() {
    try {
      return World.at(Path.of("target", "worlds", "none").toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> codeBlocks(String text) {
    return all(Pattern.compile("(?s)```\n(.*?)```"), text);
  }

  private static long headings(String text) {
    return text.lines().filter(line -> line.startsWith("#")).count();
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(hit -> hit.group(Math.min(1, hit.groupCount())))
        .toList();
  }

  private static JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(ROOT.resolve(file).toFile());
  }

  private static String doc(String file) {
    return read(ROOT.resolve(file));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
