package jp.kazashi.jpki.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kazashi.jpki.TestJpki.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kazashi.jpki.MadeAuthority;
import jp.kazashi.jpki.MadeList;
import jp.kazashi.jpki.TestJpki;
import jp.kazashi.jpki.TestJpki.Card;
import jp.kazashi.jpki.bundle.EvidenceBundle;
import jp.kazashi.jpki.bundle.EvidenceBundle.Lists;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.verdict.Verdict.Trusted;
import org.bouncycastle.asn1.x509.CRLReason;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A few seconds of Jazzer in a JVM of its own, from the committed corpus and from what is right
 * today. With the property kazashi.fuzz.seconds (profile "long") each target has a run of its own.
 */
class FuzzTest {
  private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");
  private static final List<String> TARGETS =
      List.of("Certificate", "Answer", "RevokedSerials", "Statement", "Bundle");
  private static final int LONG_SECONDS = Integer.getInteger("kazashi.fuzz.seconds", 0);
  private static final int SHORT_SECONDS = 8;
  private static final Pattern COVERED = Pattern.compile("(\\w+)\\.java: (\\d+)/\\d+");

  @TempDir private static Path folder;
  private static EvidenceBundle byResponder;
  private static EvidenceBundle byList;

  @BeforeAll
  static void somethingTrustedToStartFrom() throws IOException {
    TestJpki jpki = TestJpki.shared();
    Card card = jpki.card(jpki.issued(LocalDate.of(2030, 2, 17)));
    byResponder = bundle(jpki, card, jpki.asked(card.untrusted(), NOW), jpki.anchors());
    MadeAuthority root = MadeAuthority.root("C=JP,OU=Root", MadeAuthority.rsa("root"));
    Card listed = new Card(root.holder(MadeAuthority.rsa("holder")), MadeAuthority.rsa("holder"));
    CrlSnapshot list = MadeList.of(root).number(5).revoked(17, CRLReason.keyCompromise).snapshot();
    byList = bundle(jpki, listed, List.of(list), TrustAnchors.fromPem(root.pem()));
    Files.write(folder.resolve("responder.der"), byResponder.der(Lists.INSIDE));
    Files.write(folder.resolve("list.der"), byList.der(Lists.INSIDE));
  }

  static List<String> targets() {
    return LONG_SECONDS > 0 ? TARGETS : List.of("Every");
  }

  @ParameterizedTest
  @MethodSource("targets")
  void nothingThrownAtTheJudgeIsTrustedOrThrowsBack(String target)
      throws IOException, InterruptedException {
    assumeTrue(
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux"),
        "Jazzer is tried on Linux only");
    String output = fuzz(target, seeds(target));

    assertThat(output).doesNotContain("== Java Exception", "ERROR: libFuzzer");
    Map<String, Integer> covered = covered(folder.resolve(target + ".txt"));
    for (String file : filesOf(target)) {
      assertThat(covered.getOrDefault(file, 0)).as("covered of %s", file).isPositive();
    }
  }

  private static List<String> filesOf(String target) {
    return switch (target) {
      case "Certificate" -> List.of("Der", "CertificateExtensions", "PathValidation");
      case "Answer" -> List.of("Der", "OcspResponse", "OcspJudge");
      case "RevokedSerials" -> List.of("Der", "RevocationList", "ListedSerials", "CrlJudge");
      case "Statement" -> List.of("StatementBytes");
      case "Bundle" -> List.of("JsonForm", "DerForm", "EvidenceFields");
      default -> TARGETS.stream().flatMap(each -> filesOf(each).stream()).toList();
    };
  }

  /** The committed corpus and what is right today, with the octet that chooses where one does. */
  private static Path seeds(String target) throws IOException {
    Path seeds = Files.createDirectories(folder.resolve("seeds-" + target));
    for (String each : target.equals("Every") ? TARGETS : List.of(target)) {
      byte[] chooses =
          target.equals("Every") ? each.substring(0, 1).getBytes(US_ASCII) : new byte[0];
      Files.write(seeds.resolve(each + "-right"), joined(chooses, right(each)));
      try (Stream<Path> corpus = Files.list(CORPUS.resolve(each))) {
        for (Path file : corpus.toList()) {
          Files.write(
              seeds.resolve(each + "-" + file.getFileName()),
              joined(chooses, Files.readAllBytes(file)));
        }
      }
    }
    return seeds;
  }

  private static String fuzz(String target, Path seeds) throws IOException, InterruptedException {
    Path output = folder.resolve(target + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+EnableDynamicAgentLoading",
            "-Dkazashi.fuzz.responder=" + folder.resolve("responder.der"),
            "-Dkazashi.fuzz.list=" + folder.resolve("list.der"),
            "-cp",
            classPath(),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + FuzzTargets.class.getName() + "$" + target,
            "--instrumentation_includes=jp.kazashi.jpki.**",
            "--custom_hook_includes=jp.kazashi.jpki.**",
            "--coverage_report=" + folder.resolve(target + ".txt"),
            "--reproducer_path=" + folder,
            "-artifact_prefix=" + folder + "/",
            "-max_total_time=" + (LONG_SECONDS > 0 ? LONG_SECONDS : SHORT_SECONDS),
            "-max_len=65536",
            "-timeout=20",
            "-seed=1",
            seeds.toString()));
    Process jazzer =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit = jazzer.waitFor();
    String said = Files.readString(output, UTF_8);
    assertThat(exit).as(said).isZero();
    return said;
  }

  // Only what the targets need: Jazzer reads all of its class path before it begins.
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry ->
            Files.isDirectory(Path.of(entry))
                || entry.contains("jazzer")
                || entry.contains("jpki-verifier")
                || entry.contains("bcprov"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What ran of each of the judge's own source files while they were fuzzed. */
  private static Map<String, Integer> covered(Path report) throws IOException {
    Map<String, Integer> covered = new HashMap<>();
    for (String line : Files.readAllLines(report)) {
      Matcher file = COVERED.matcher(line);
      if (file.find()) {
        covered.merge(file.group(1), Integer.parseInt(file.group(2)), Math::max);
      }
    }
    return covered;
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static byte[] right(String target) {
    return switch (target) {
      case "Certificate" -> byResponder.proof().certificate().der().toArray();
      case "Answer" -> ((OcspAnswer) byResponder.evidence().getFirst()).body().toArray();
      case "RevokedSerials" -> ((CrlSnapshot) byList.evidence().getFirst()).list().toArray();
      case "Statement" -> byResponder.statement().bytes();
      default -> byResponder.json(Lists.INSIDE).getBytes(UTF_8);
    };
  }

  private static EvidenceBundle bundle(
      TestJpki jpki, Card card, List<RevocationEvidence> evidence, TrustAnchors anchors) {
    EvidenceBundle bundle =
        new EvidenceBundle(
            card.proof(TestJpki.statement()),
            TestJpki.statement(),
            evidence,
            jpki.policy().with(anchors),
            NOW,
            Optional.empty());
    assertThat(bundle.judge()).isInstanceOf(Trusted.class);
    return bundle;
  }
}
