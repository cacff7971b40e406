package jp.kazashi.jpki.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kazashi.jpki.TestJpki.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kazashi.jpki.MadeAuthority;
import jp.kazashi.jpki.TestJpki;
import jp.kazashi.jpki.TestJpki.Card;
import jp.kazashi.jpki.bundle.EvidenceBundle;
import jp.kazashi.jpki.bundle.EvidenceBundle.Lists;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.Trouble;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeCommandTest {
  private final TestJpki jpki = TestJpki.shared();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void aTrustedBundleEndsWithZeroAndEveryStep() throws IOException {
    String file = written(bundle(LocalDate.of(2030, 2, 17)).judged().der(Lists.INSIDE));
    assertThat(run(file)).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("TRUSTED")
        .contains("path", "phase", "revocation of the certificate", "signature")
        .contains("The recorded verdict is the same.", "anchors the bundle brings")
        .containsPattern("holds +signature +over PIN at .*, terminal .* of institution [0-9]{10}")
        .containsPattern("holds +revocation of the certificate, http\\S+ +good, answer of 2026");
  }

  @Test
  void aRefusedBundleEndsWithThreeAndItsReason() throws IOException {
    String file = written(bundle(LocalDate.of(2026, 8, 1)).json(Lists.INSIDE).getBytes(UTF_8));
    assertThat(run(file)).isEqualTo(3);
    assertThat(out.toString(UTF_8)).startsWith("REJECTED").contains("CERTIFICATE_ENDED");
    EvidenceBundle silent = bundle(LocalDate.of(2030, 2, 17), List.of());
    assertThat(run(written(silent.der(Lists.INSIDE)))).isEqualTo(3);
    assertThat(out.toString(UTF_8)).contains("UNDETERMINED", "NO_EVIDENCE");
    URI gone = URI.create("http://ocsp.jpki-test.invalid/gone");
    EvidenceBundle unanswered =
        bundle(LocalDate.of(2030, 2, 17), List.of(new Unanswered(gone, NOW, Trouble.TIMED_OUT)));
    assertThat(run(written(unanswered.der(Lists.INSIDE)))).isEqualTo(3);
    assertThat(out.toString(UTF_8)).contains("UNANSWERED, TIMED_OUT " + NOW);
  }

  @Test
  void theReportIsToBeHadAsJson() throws IOException {
    String file = written(bundle(LocalDate.of(2030, 2, 17)).der(Lists.INSIDE));
    assertThat(run(file, "--json")).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("{\n  \"outcome\": \"TRUSTED\",\n  \"why\": \"NORMAL\",")
        .contains("\"result\": \"HOLDS\"");
  }

  @Test
  void anchorsOfOnesOwnOutweighThoseInTheBundle() throws IOException {
    String file = written(bundle(LocalDate.of(2030, 2, 17)).judged().der(Lists.INSIDE));
    Path anchors = folder.resolve("anchors.pem");
    Files.writeString(anchors, MadeAuthority.root("C=JP,OU=Mine", MadeAuthority.rsa("root")).pem());
    assertThat(run(file, "--anchors", anchors.toString())).isEqualTo(3);
    assertThat(out.toString(UTF_8)).contains("ISSUER_UNKNOWN", "the anchors of " + anchors);
  }

  @Test
  void anotherVerdictThanTheRecordedOneIsAFault() throws IOException {
    EvidenceBundle judged = bundle(LocalDate.of(2030, 2, 17)).judged();
    String forged =
        judged.json(Lists.INSIDE).replace("\"outcome\": \"TRUSTED\"", "\"outcome\": \"REJECTED\"");
    assertThat(run(written(forged.getBytes(UTF_8)))).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("recorded in the bundle is another");
  }

  @Test
  void whatCannotBeJudgedIsAFaultInOneLine() throws IOException {
    for (List<String> arguments :
        List.of(
            List.<String>of(),
            List.of("nowhere.der"),
            List.of("one", "two"),
            List.of("--oracle"),
            List.of(written(new byte[] {1, 2, 3})))) {
      err.reset();
      assertThat(run(arguments.toArray(String[]::new))).isEqualTo(1);
      assertThat(err.toString(UTF_8)).startsWith("kazashi: ").hasLineCount(1);
    }
    assertThat(run("--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("./kazashi judge BUNDLE");
  }

  private int run(String... arguments) {
    return new JudgeCommand(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(List.of(arguments));
  }

  private String written(byte[] bundle) throws IOException {
    Path file = Files.createTempFile(folder, "bundle", "");
    Files.write(file, bundle);
    return file.toString();
  }

  private EvidenceBundle bundle(LocalDate lastDay) {
    Card card = jpki.card(jpki.issued(lastDay));
    return bundle(card, jpki.asked(card.untrusted(), NOW));
  }

  private EvidenceBundle bundle(LocalDate lastDay, List<RevocationEvidence> evidence) {
    return bundle(jpki.card(jpki.issued(lastDay)), evidence);
  }

  private EvidenceBundle bundle(Card card, List<RevocationEvidence> evidence) {
    return new EvidenceBundle(
        card.proof(TestJpki.statement()),
        TestJpki.statement(),
        evidence,
        jpki.policy(),
        NOW,
        Optional.empty());
  }
}
