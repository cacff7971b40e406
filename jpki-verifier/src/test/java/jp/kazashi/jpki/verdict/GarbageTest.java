package jp.kazashi.jpki.verdict;

import static jp.kazashi.jpki.TestJpki.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.TestJpki;
import jp.kazashi.jpki.TestJpki.Card;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.verdict.Verdict.Rejected;
import jp.kazashi.jpki.verdict.Verdict.Trusted;
import jp.kazashi.jpki.verdict.Verdict.Undetermined;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes, up to 64 KiB of it, the judge answers with a verdict and trusts nothing. */
class GarbageTest {
  private static final int MOST = UntrustedCertificate.MOST_OCTETS;
  private static final TestJpki JPKI = TestJpki.shared();
  private static final ChallengeStatement STATEMENT = TestJpki.statement();
  private static final Card CARD = JPKI.card(JPKI.issued(LocalDate.of(2030, 2, 17)));
  private static final Octets SIGNATURE = Octets.of(CARD.sign(STATEMENT.bytes()));
  private static final JudgePolicy POLICY = JPKI.policy();
  private static final List<RevocationEvidence> EVIDENCE = JPKI.asked(CARD.untrusted(), NOW);

  @Property(tries = 500)
  void anyOctetsAreNoCertificate(@ForAll("garbage") Octets garbage) {
    assertThat(judgeCertificate(garbage.toArray())).isInstanceOf(Rejected.class);
  }

  @Property(tries = 2000)
  void aSpoiledCertificateIsRejected(@ForAll("spoiled") Spoiling spoiling) {
    byte[] right = CARD.untrusted().der().toArray();
    byte[] spoiled = spoiling.of(right);
    if (!Arrays.equals(right, spoiled)) {
      assertThat(judgeCertificate(spoiled)).isInstanceOf(Rejected.class);
    }
  }

  @Property(tries = 2000)
  void aSpoiledAnswerProvesNothing(@ForAll("spoiled") Spoiling spoiling) {
    byte[] right = ((OcspAnswer) EVIDENCE.getFirst()).body().toArray();
    byte[] spoiled = spoiling.of(right);
    if (!Arrays.equals(right, spoiled)) {
      assertThat(judgeAnswer(spoiled)).isInstanceOf(Undetermined.class);
    }
  }

  @Property(tries = 300)
  void anyOctetsAreNoAnswer(@ForAll("garbage") Octets garbage) {
    assertThat(judgeAnswer(garbage.toArray())).isInstanceOf(Undetermined.class);
  }

  @Property(tries = 300)
  void anyOctetsAreNoSignature(@ForAll("garbage") Octets garbage) {
    UntrustedProof proof = new UntrustedProof(CARD.untrusted(), garbage);
    assertThat(judge(proof, EVIDENCE)).isInstanceOf(Rejected.class);
  }

  @Example
  void sequencesNestedAsDeepAsTheyFitAreRejected() {
    for (int tag : new int[] {0x30, 0x31, 0xa0, 0x24}) {
      assertThat(judgeCertificate(nested(tag))).isInstanceOf(Rejected.class);
      assertThat(judgeAnswer(nested(tag))).isInstanceOf(Undetermined.class);
    }
  }

  @Example
  void indefiniteLengthsAreRejected() {
    byte[] open = new byte[MOST];
    for (int i = 0; i < MOST; i += 2) {
      open[i] = 0x30;
      open[i + 1] = (byte) 0x80;
    }
    assertThat(judgeCertificate(open)).isInstanceOf(Rejected.class);
    assertThat(judgeAnswer(open)).isInstanceOf(Undetermined.class);
  }

  @Example
  void theRightOnesAreTrustedSoThatTheRestMeansSomething() {
    assertThat(judgeCertificate(CARD.untrusted().der().toArray())).isInstanceOf(Trusted.class);
    assertThat(judgeAnswer(((OcspAnswer) EVIDENCE.getFirst()).body().toArray()))
        .isInstanceOf(Trusted.class);
  }

  /** Octets of a right encoding replaced, cut or repeated somewhere. */
  record Spoiling(int kind, double place, Octets by) {
    byte[] of(byte[] right) {
      int at = (int) (place * right.length);
      byte[] with = by.toArray();
      return switch (kind) {
        case 0 -> replaced(right, at, with);
        case 1 -> joined(Arrays.copyOf(right, at), with, tail(right, at));
        case 2 -> joined(Arrays.copyOf(right, at), tail(right, at + with.length));
        default -> Arrays.copyOf(right, at);
      };
    }

    private static byte[] replaced(byte[] right, int at, byte[] with) {
      byte[] spoiled = right.clone();
      System.arraycopy(with, 0, spoiled, at, Math.min(with.length, right.length - at));
      return spoiled;
    }

    private static byte[] tail(byte[] right, int from) {
      return from >= right.length ? new byte[0] : Arrays.copyOfRange(right, from, right.length);
    }

    private static byte[] joined(byte[]... parts) {
      byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
      int at = 0;
      for (byte[] part : parts) {
        System.arraycopy(part, 0, all, at, part.length);
        at += part.length;
      }
      return all;
    }
  }

  // By seed: sixty thousand octets made one by one would take longer than judging them.
  @Provide
  Arbitrary<Octets> garbage() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(0, MOST))
        .as((seed, size) -> {
          byte[] octets = new byte[size];
          new SplittableRandom(seed).nextBytes(octets);
          return Octets.of(octets);
        });
  }

  @Provide
  Arbitrary<Spoiling> spoiled() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.doubles().between(0, true, 1, false),
            Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(8).map(Octets::of))
        .as(Spoiling::new);
  }

  private static byte[] nested(int tag) {
    byte[] bytes = new byte[MOST];
    int at = 0;
    while (MOST - at > 6) {
      int length = MOST - at - 4;
      bytes[at] = (byte) tag;
      if (length > 0xff) {
        bytes[at + 1] = (byte) 0x82;
        bytes[at + 2] = (byte) (length >> 8);
        bytes[at + 3] = (byte) length;
        at += 4;
      } else {
        break;
      }
    }
    return Arrays.copyOf(bytes, MOST);
  }

  private static Verdict judgeCertificate(byte[] der) {
    UntrustedCertificate certificate = new UntrustedCertificate(der);
    // Gathering reads the same octets first.
    certificate.claimedHolder();
    CertId.of(certificate, POLICY.anchors());
    return judge(new UntrustedProof(certificate, SIGNATURE), EVIDENCE);
  }

  private static Verdict judgeAnswer(byte[] body) {
    OcspAnswer right = (OcspAnswer) EVIDENCE.getFirst();
    return judge(
        new UntrustedProof(CARD.untrusted(), SIGNATURE),
        List.of(new OcspAnswer(Octets.of(body), right.source(), NOW, right.nonce())));
  }

  private static Verdict judge(UntrustedProof proof, List<RevocationEvidence> evidence) {
    return new ProofJudge().judge(proof, STATEMENT, evidence, POLICY, NOW);
  }
}
