package jp.kazashi.jpki.verdict;

import static jp.kazashi.jpki.MadeAuthority.TEST_AUTHENTICATION;
import static jp.kazashi.jpki.MadeAuthority.rsa;
import static jp.kazashi.jpki.TestJpki.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import jp.kazashi.jpki.MadeAuthority;
import jp.kazashi.jpki.MadeAuthority.Sketch;
import jp.kazashi.jpki.MadeList;
import jp.kazashi.jpki.TestJpki;
import jp.kazashi.jpki.TestJpki.Card;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.jpki.verdict.Verdict.Trusted;
import org.bouncycastle.asn1.x509.CRLReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trusted means that every check ran: whatever fails together, nothing makes up for anything. */
class EveryCheckTest {
  private static final String SIGNING = "1.2.392.200149.8.5.1.0.20";
  private static final long SERIAL = 4711;
  private static final MadeAuthority ROOT =
      MadeAuthority.root("C=JP,O=JPKI-TEST,OU=Every check", rsa("root"));
  private static final MadeAuthority STRANGER =
      new MadeAuthority(ROOT.name(), rsa("stranger"), ROOT.certificate());

  /** One for each check, in the order of the judge. */
  enum Fault {
    FORM,
    PROFILE,
    PATH,
    PHASE,
    REVOKED,
    NOTHING_KNOWN,
    SIGNATURE,
    STATEMENT
  }

  static List<Set<Fault>> combinations() {
    List<Set<Fault>> all = List.of(EnumSet.noneOf(Fault.class));
    for (Fault fault : Fault.values()) {
      all = Stream.concat(all.stream(), all.stream().map(some -> with(some, fault))).toList();
    }
    return all;
  }

  private static Set<Fault> with(Set<Fault> some, Fault another) {
    Set<Fault> more = EnumSet.copyOf(some);
    more.add(another);
    return more;
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void onlyWhatFailsNoCheckIsTrusted(Set<Fault> faults) {
    Card card = new Card(certificate(faults), rsa("holder"));
    ChallengeStatement right = TestJpki.statement();
    ChallengeStatement other =
        new ChallengeStatement(right.challenge(), VerificationMethod.FACE, right.confirmedAt());
    Card signer = faults.contains(Fault.SIGNATURE) ? card(card, "another") : card;
    Verdict verdict =
        new ProofJudge()
            .judge(
                new UntrustedProof(card.untrusted(), signer.sign(right.bytes())),
                faults.contains(Fault.STATEMENT) ? other : right,
                evidence(faults),
                TestJpki.shared().policy().with(TrustAnchors.fromPem(ROOT.pem())),
                NOW);
    assertThat(verdict instanceof Trusted).isEqualTo(faults.isEmpty());
  }

  private static Card card(Card card, String key) {
    return new Card(card.untrusted(), rsa(key));
  }

  private static byte[] certificate(Set<Fault> faults) {
    UnaryOperator<Sketch> change =
        sketch ->
            sketch
                .serial(SERIAL)
                .policies(faults.contains(Fault.PROFILE) ? SIGNING : TEST_AUTHENTICATION)
                .to(NOW.plus(Duration.ofDays(faults.contains(Fault.PHASE) ? -200 : 200)));
    byte[] der = (faults.contains(Fault.PATH) ? STRANGER : ROOT).holder(rsa("holder"), change);
    return faults.contains(Fault.FORM) ? Arrays.copyOf(der, der.length + 1) : der;
  }

  // Of an authority that forgets nothing, so that the phase alone tells what ended from what lasts.
  private static List<RevocationEvidence> evidence(Set<Fault> faults) {
    MadeList list = MadeList.of(ROOT).keepingExpiredSince(NOW.minus(Duration.ofDays(1000)));
    if (faults.contains(Fault.REVOKED)) {
      list.revoked(SERIAL, CRLReason.keyCompromise);
    }
    return faults.contains(Fault.NOTHING_KNOWN) ? List.of() : List.of(list.snapshot());
  }
}
