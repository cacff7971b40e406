package jp.kazashi.jpki.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.bundle.EvidenceBundle;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.ListLimits;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationList;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.verdict.ProofJudge;
import jp.kazashi.jpki.verdict.UntrustedProof;
import jp.kazashi.jpki.verdict.Verdict;
import jp.kazashi.jpki.verdict.Verdict.Trusted;

/**
 * What a fuzzer throws octets at. Each target takes a bundle that is trusted, puts the octets in
 * the place of one part, and demands that nothing but that very part is trusted.
 */
public final class FuzzTargets {
  private static final int MOST = 64 * 1024;

  private FuzzTargets() {}

  private static final class Good {
    static final EvidenceBundle BY_RESPONDER = bundle("kazashi.fuzz.responder");
    static final EvidenceBundle BY_LIST = bundle("kazashi.fuzz.list");

    private static EvidenceBundle bundle(String property) {
      try {
        EvidenceBundle bundle =
            EvidenceBundle.read(
                Files.readAllBytes(Path.of(System.getProperty(property, ""))),
                _ -> Optional.empty());
        require(bundle.judge() instanceof Trusted, "The fuzzer starts from what is trusted");
        return bundle;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The holder's certificate. */
  public static final class Certificate {
    private Certificate() {}

    public static void fuzzerInitialize() {
      everyClassIsLoaded();
    }

    public static void fuzzerTestOneInput(byte[] octets) {
      if (octets.length <= MOST) {
        EvidenceBundle good = Good.BY_RESPONDER;
        UntrustedCertificate certificate = new UntrustedCertificate(octets);
        certificate.claimedHolder();
        CertId.of(certificate, good.policy().anchors());
        Link.claimedBy(certificate, good.policy().anchors())
            .ifPresent(link -> link.id(HashAlgorithm.SHA1));
        requireOnly(
            certificate.der().equals(good.proof().certificate().der()),
            judge(
                good, new UntrustedProof(certificate, good.proof().signature()), good.evidence()));
      }
    }
  }

  /** The body of an OCSP response. */
  public static final class Answer {
    private Answer() {}

    public static void fuzzerInitialize() {
      everyClassIsLoaded();
    }

    public static void fuzzerTestOneInput(byte[] octets) {
      if (octets.length <= OcspAnswer.MOST_OCTETS) {
        EvidenceBundle good = Good.BY_RESPONDER;
        OcspAnswer right = (OcspAnswer) good.evidence().getFirst();
        OcspAnswer answer =
            new OcspAnswer(Octets.of(octets), right.source(), right.fetchedAt(), right.nonce());
        requireOnly(answer.body().equals(right.body()), judge(good, good.proof(), List.of(answer)));
      }
    }
  }

  /** A revocation list. */
  public static final class RevokedSerials {
    private RevokedSerials() {}

    public static void fuzzerInitialize() {
      everyClassIsLoaded();
    }

    public static void fuzzerTestOneInput(byte[] octets) {
      EvidenceBundle good = Good.BY_LIST;
      CrlSnapshot right = (CrlSnapshot) good.evidence().getFirst();
      RevocationList.read(octets, new ListLimits(MOST, 1000))
          .ifPresent(list ->
              requireOnly(
                  list.digest().equals(right.list().digest()),
                  judge(
                      good,
                      good.proof(),
                      List.of(new CrlSnapshot(list, right.source(), right.fetchedAt())))));
    }
  }

  /** The bytes of a statement. */
  public static final class Statement {
    private Statement() {}

    public static void fuzzerInitialize() {
      everyClassIsLoaded();
    }

    public static void fuzzerTestOneInput(byte[] octets) {
      EvidenceBundle good = Good.BY_RESPONDER;
      ChallengeStatement.read(octets)
          .ifPresent(statement -> {
            require(Arrays.equals(statement.bytes(), octets), "A statement has one encoding only");
            Verdict verdict =
                new ProofJudge()
                    .judge(good.proof(), statement, good.evidence(), good.policy(), good.at());
            requireOnly(statement.equals(good.statement()), verdict);
          });
    }
  }

  /** A stored bundle, in either form. */
  public static final class Bundle {
    private Bundle() {}

    public static void fuzzerInitialize() {
      everyClassIsLoaded();
    }

    public static void fuzzerTestOneInput(byte[] octets) {
      try {
        EvidenceBundle bundle = EvidenceBundle.read(octets, _ -> Optional.empty());
        byte[] der = bundle.der(EvidenceBundle.Lists.INSIDE);
        String json = bundle.json(EvidenceBundle.Lists.INSIDE);
        require(
            Arrays.equals(der, again(der)) && Arrays.equals(der, again(json.getBytes(UTF_8))),
            "Both forms hold the same");
        bundle.judge();
      } catch (IllegalArgumentException _) {
        // Said to be no bundle: as it should be.
      }
    }

    private static byte[] again(byte[] bytes) {
      return EvidenceBundle.read(bytes, _ -> Optional.empty()).der(EvidenceBundle.Lists.INSIDE);
    }
  }

  /** All of them in one process: the first octet chooses. */
  public static final class Every {
    private Every() {}

    public static void fuzzerInitialize() {
      everyClassIsLoaded();
    }

    public static void fuzzerTestOneInput(byte[] octets) {
      if (octets.length > 0) {
        byte[] rest = Arrays.copyOfRange(octets, 1, octets.length);
        switch (octets[0]) {
          case 'C' -> Certificate.fuzzerTestOneInput(rest);
          case 'A' -> Answer.fuzzerTestOneInput(rest);
          case 'R' -> RevokedSerials.fuzzerTestOneInput(rest);
          case 'S' -> Statement.fuzzerTestOneInput(rest);
          case 'B' -> Bundle.fuzzerTestOneInput(rest);
          default -> {}
        }
      }
    }
  }

  // What is loaded only while a seed runs is not counted among what the seed covers.
  private static void everyClassIsLoaded() {
    for (EvidenceBundle good : List.of(Good.BY_RESPONDER, Good.BY_LIST)) {
      Statement.fuzzerTestOneInput(good.statement().bytes());
      Bundle.fuzzerTestOneInput(good.json(EvidenceBundle.Lists.INSIDE).getBytes(UTF_8));
    }
  }

  private static Verdict judge(
      EvidenceBundle good, UntrustedProof proof, List<RevocationEvidence> evidence) {
    return new ProofJudge().judge(proof, good.statement(), evidence, good.policy(), good.at());
  }

  private static void requireOnly(boolean theVeryPart, Verdict verdict) {
    require(theVeryPart == verdict instanceof Trusted, "Trusted what was not proven, or not it");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
