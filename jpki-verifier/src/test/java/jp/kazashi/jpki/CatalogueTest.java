package jp.kazashi.jpki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.kazashi.jpki.revocation.UnavailableCause;
import org.junit.jupiter.api.Test;

/** The judge's documents say what its code does. */
class CatalogueTest {
  private static final Path ROOT = Path.of(System.getProperty("kazashi.root"));
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)#(\\w+)`");

  @Test
  void theCatalogueNamesEveryReasonAndNoOther() {
    assertThat(rows("judge"))
        .containsExactlyElementsOf(
            Stream.of(RejectionReason.values())
                .map(reason ->
                    "| %s | %s | %s | %s |"
                        .formatted(reason.id(), reason.family(), reason.severity(), reason.kind()))
                .toList());
  }

  @Test
  void theCatalogueNamesEveryCauseAndNoOther() {
    assertThat(rows("causes"))
        .containsExactlyElementsOf(
            Stream.of(UnavailableCause.values())
                .map(cause -> "| %s | %s | %s |".formatted(cause, cause.severity(), cause.kind()))
                .toList());
  }

  @Test
  void everyTestNamedForAMistakeElsewhereIsHere() throws IOException {
    List<MatchResult> named = TEST.matcher(text("docs/judge.md")).results().toList();
    assertThat(named).hasSizeGreaterThan(10);
    try (Stream<Path> files = Files.walk(ROOT.resolve("jpki-verifier/src/test/java"))) {
      String tests =
          files.filter(Files::isRegularFile).map(CatalogueTest::text).reduce("", String::concat);
      assertThat(named)
          .allSatisfy(test ->
              assertThat(tests)
                  .contains("class " + test.group(1) + " {")
                  .contains("void " + test.group(2) + "("));
    }
  }

  private static List<String> rows(String section) {
    String text = text("docs/error-catalogue.md");
    return text.substring(
            text.indexOf("<!-- " + section + " -->"), text.indexOf("<!-- /" + section))
        .lines()
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .toList();
  }

  private static String text(String file) {
    return text(ROOT.resolve(file));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
