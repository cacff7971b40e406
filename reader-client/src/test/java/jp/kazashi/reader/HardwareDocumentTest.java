package jp.kazashi.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of behaviours in docs/hardware.md names tests, and the tests are there. */
class HardwareDocumentTest {

  private static final Path ROOT = Path.of(System.getProperty("kazashi.root"));
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|(.*)$");
  private static final Pattern NAMED = Pattern.compile("`([a-z][A-Za-z0-9_]{12,})`");
  private static final Pattern TEST = Pattern.compile("void ([a-z][A-Za-z0-9_]+)\\(");

  @Test
  void everyBehaviourHasItsNumberAndATest() throws IOException {
    List<MatchResult> rows = rows();

    assertThat(rows.stream().map(row -> Integer.valueOf(row.group(1))))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 17).boxed().toList());
    assertThat(rows).allSatisfy(row -> assertThat(names(row.group(2))).isNotEmpty());
  }

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Set<String> tests = new TreeSet<>();
    for (String module : List.of("reader-client", "simulator")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          TEST.matcher(Files.readString(file)).results().forEach(t -> tests.add(t.group(1)));
        }
      }
    }

    for (MatchResult row : rows()) {
      assertThat(tests).as("row " + row.group(1)).containsAll(names(row.group(2)));
    }
  }

  private static List<MatchResult> rows() throws IOException {
    String document = Files.readString(ROOT.resolve("docs/hardware.md"));
    return ROW.matcher(document).results().toList();
  }

  private static List<String> names(String row) {
    return NAMED.matcher(row).results().map(name -> name.group(1)).toList();
  }
}
