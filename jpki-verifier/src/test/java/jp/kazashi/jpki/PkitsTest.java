package jp.kazashi.jpki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.DSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.kazashi.jpki.certificate.ParsedCertificate;
import jp.kazashi.jpki.certificate.PathCheck;
import jp.kazashi.jpki.certificate.PathRules;
import jp.kazashi.jpki.certificate.SignatureScheme;
import jp.kazashi.jpki.certificate.SignatureTable;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.certificate.ValidPath;
import jp.kazashi.jpki.revocation.CrlJudge;
import jp.kazashi.jpki.revocation.Freshness;
import jp.kazashi.jpki.revocation.ListLimits;
import jp.kazashi.jpki.revocation.ListRules;
import jp.kazashi.jpki.revocation.RevocationList;
import jp.kazashi.jpki.revocation.RevocationStatus.Good;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * NIST's Public Key Interoperability Test Suite against our own path validation and revocation
 * lists: a case is valid when a path to its certificate holds and every link of that path is good.
 */
class PkitsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("kazashi.root")).resolve("../shared/vectors/pkits").normalize();
  private static final Instant AT = Instant.parse("2026-12-01T00:00:00Z");

  /** What is not run, and why. */
  private static final Map<String, String> SKIPPED = Map.of();

  // The suite's lists are from 2010 and good until 2030, and some are of several issuers.
  private static final ListRules RULES =
      new ListRules(new Freshness(Duration.ZERO, Duration.ofDays(36500)), true, false);
  private static final SignatureTable TABLE = new WithDsa();

  private record Case(
      String id,
      String name,
      List<String> chain,
      List<String> lists,
      boolean valid,
      PathRules rules) {}

  @TestFactory
  Stream<DynamicTest> everyCaseIsJudgedAsTheSuiteSays() throws IOException {
    assumeTrue(Files.exists(FOLDER), "The suite's data is not beside this checkout");
    List<Case> cases = cases();
    assertThat(cases).hasSize(249);
    return cases.stream()
        .map(one ->
            dynamicTest(
                one.id() + " " + one.name(),
                () -> {
                  String skipped = SKIPPED.getOrDefault(one.id(), "");
                  assumeTrue(skipped.isEmpty(), skipped);
                  assertThat(isValid(one)).isEqualTo(one.valid());
                }));
  }

  private static boolean isValid(Case one) {
    List<Optional<ParsedCertificate>> read =
        one.chain().stream().map(PkitsTest::certificate).toList();
    Optional<ParsedCertificate> target = read.getLast();
    if (target.isEmpty()) {
      return false;
    }
    TrustAnchors anchors =
        TrustAnchors.of(read.getFirst().orElseThrow(), TABLE)
            .withAuthorities(read.stream().skip(1).flatMap(Optional::stream).toList());
    List<RevocationList> lists =
        one.lists().stream().map(PkitsTest::list).flatMap(Optional::stream).toList();
    CrlJudge judge = new CrlJudge(RULES, anchors, TABLE);
    return PathCheck.paths(target.get(), anchors, one.rules(), AT)
        .map(ValidPath::links)
        .anyMatch(
            links -> links.stream().allMatch(link -> judge.judge(lists, link, AT) instanceof Good));
  }

  private static List<Case> cases() throws IOException {
    return Files.readAllLines(FOLDER.resolve("cases.tsv")).stream()
        .map(line -> line.split("\t"))
        .map(columns ->
            new Case(
                columns[0],
                columns[1],
                List.of(columns[3].split(",")),
                List.of(columns[4].split(",")),
                Boolean.parseBoolean(columns[5]),
                new PathRules(
                    policies(columns[9]),
                    Boolean.parseBoolean(columns[6]),
                    Boolean.parseBoolean(columns[7]),
                    Boolean.parseBoolean(columns[8]),
                    TABLE)))
        .toList();
  }

  private static Set<String> policies(String column) {
    return Set.copyOf(Arrays.stream(column.split(",")).map(PkitsTest::policy).toList());
  }

  // NIST's test policies are 2.16.840.1.101.3.2.1.48.1 and so on.
  private static String policy(String name) {
    return name.equals("anyPolicy")
        ? PathRules.ANY_POLICY
        : "2.16.840.1.101.3.2.1.48." + name.substring(name.lastIndexOf('-') + 1);
  }

  private static Optional<ParsedCertificate> certificate(String name) {
    return ParsedCertificate.parse(Octets.of(bytes("certs/" + name + ".crt")));
  }

  private static Optional<RevocationList> list(String name) {
    return RevocationList.read(bytes("crls/" + name + ".crl"), ListLimits.ordinary());
  }

  private static byte[] bytes(String file) {
    try {
      return Files.readAllBytes(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The product's table, and the suite's DSA with SHA-1 and SHA-256, which the product refuses. */
  private record WithDsa() implements SignatureTable {
    private static final SignatureTable PRODUCT =
        SignatureTable.of(Set.of(SignatureScheme.values()));
    private static final String DSA_KEY = "1.2.840.10040.4.1";
    private static final Map<String, String> DSA =
        Map.of("1.2.840.10040.4.3", "SHA1withDSA", "2.16.840.1.101.3.4.3.2", "SHA256withDSA");

    @Override
    public Optional<PublicKey> key(SubjectPublicKeyInfo info) {
      if (!DSA_KEY.equals(info.getAlgorithm().getAlgorithm().getId())) {
        return PRODUCT.key(info);
      }
      try {
        return Optional.of(
            KeyFactory.getInstance("DSA")
                .generatePublic(new X509EncodedKeySpec(info.getEncoded())));
      } catch (GeneralSecurityException | IOException e) {
        return Optional.empty();
      }
    }

    @Override
    public boolean verifies(
        AlgorithmIdentifier algorithm, PublicKey key, byte[] signed, byte[] signature) {
      String dsa = DSA.getOrDefault(algorithm.getAlgorithm().getId(), "");
      if (dsa.isEmpty() || !(key instanceof DSAPublicKey)) {
        return PRODUCT.verifies(algorithm, key, signed, signature);
      }
      try {
        Signature verifier = Signature.getInstance(dsa);
        verifier.initVerify(key);
        verifier.update(signed);
        return verifier.verify(signature);
      } catch (GeneralSecurityException e) {
        return false;
      }
    }
  }
}
