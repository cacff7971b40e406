package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kazashi.simulator.crl.CrlLie;
import jp.kazashi.simulator.directory.DirectoryLie;
import jp.kazashi.simulator.ocsp.OcspLie;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.tsa.TsaLie;
import jp.kazashi.simulator.wire.Choice;
import org.junit.jupiter.api.Test;

/** What the document says a service can be told is what it can be told. */
class JpkiDocumentTest {
  private static final Path DOCUMENT =
      Path.of(String.valueOf(System.getProperty("kazashi.root")), "docs/jpki-simulator.md");

  @Test
  void everyBehaviourIsInItsTableAndNoOther() throws IOException {
    assertTable("deliveries", Choice.deliveries());
    assertTable("ocsp", OcspLie.choices());
    assertTable("crl", CrlLie.choices());
    assertTable("tsa", TsaLie.choices());
    assertTable("directory", DirectoryLie.choices());
  }

  @Test
  void everyPolicyIsThere() throws IOException {
    String text = Files.readString(DOCUMENT);
    assertThat(text).contains(Stream.of(Issuer.values()).map(Issuer::policy).toList());
    assertThat(text)
        .contains("`authentication-3`", "`phone-authentication`", "`phone-signature`")
        .doesNotContain("`stranger`");
  }

  private static <L> void assertTable(String name, List<Choice<L>> choices) throws IOException {
    String expected =
        choices.stream()
            .map(choice ->
                "| `%s` | %s | %s |"
                    .formatted(
                        choice.name(),
                        choice.usual().isEmpty() ? "" : "`" + choice.usual() + "`",
                        choice.meaning()))
            .collect(
                Collectors.joining(
                    "\n", "| behaviour | usual parameter | what comes |\n|---|---|---|\n", ""));
    Matcher section =
        Pattern.compile("<!-- %s -->\n(.*?)\n<!-- /%s -->".formatted(name, name), Pattern.DOTALL)
            .matcher(Files.readString(DOCUMENT));
    assertThat(section.find()).as("section %s", name).isTrue();
    assertThat(section.group(1)).isEqualTo(expected);
  }
}
