package jp.kazashi.jpki.revocation;

import static jp.kazashi.jpki.TestJpki.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.TestJpki;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationEvidence.Trouble;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;
import jp.kazashi.jpki.revocation.RevocationJudge.Finding;
import jp.kazashi.jpki.revocation.RevocationPlan.Kind;
import jp.kazashi.jpki.revocation.RevocationPlan.Source;
import jp.kazashi.jpki.revocation.RevocationStatus.Good;
import jp.kazashi.jpki.revocation.RevocationStatus.Unavailable;
import org.junit.jupiter.api.Test;

class RevocationPlanTest {
  private static final Source FIRST = source(Kind.OCSP, "http://one.invalid/", 300);
  private static final Source SECOND = source(Kind.OCSP, "http://two.invalid/", 500);
  private static final Source LIST = source(Kind.CRL, "http://crl.invalid/", 900);

  private final TestJpki jpki = TestJpki.shared();
  private final Link link =
      Link.claimedBy(
              new UntrustedCertificate(jpki.issued(LocalDate.of(2030, 2, 17)).der()),
              jpki.anchors())
          .orElseThrow();

  @Test
  void whatDecidesEndsTheSearch() {
    RevocationEvidence good = answer(FIRST);
    List<RevocationEvidence> gathered = gather(Map.of(FIRST, good));
    assertThat(gathered).containsExactly(good);
  }

  @Test
  void whatIsUnusableFallsThroughWithItsCauseRecorded() {
    OcspAnswer garbage =
        new OcspAnswer(Octets.of(new byte[] {1, 2, 3}), FIRST.address(), NOW, Optional.empty());
    RevocationEvidence silence = new Unanswered(SECOND.address(), NOW, Trouble.TIMED_OUT);
    List<RevocationEvidence> gathered = gather(Map.of(FIRST, garbage, SECOND, silence));
    assertThat(jpki.policy().revocation().findings(gathered, link, NOW))
        .containsExactly(
            new Finding(FIRST.address(), new Unavailable(UnavailableCause.MALFORMED)),
            new Finding(SECOND.address(), new Unavailable(UnavailableCause.UNANSWERED)),
            new Finding(LIST.address(), new Unavailable(UnavailableCause.UNANSWERED)));
  }

  @Test
  void aSecondResponderMendsWhatTheFirstCouldNot() {
    RevocationEvidence silence = new Unanswered(FIRST.address(), NOW, Trouble.UNREACHABLE);
    List<RevocationEvidence> gathered = gather(Map.of(FIRST, silence, SECOND, answer(SECOND)));
    assertThat(gathered).hasSize(2);
    assertThat(jpki.policy().revocation().judge(gathered, link, NOW)).isInstanceOf(Good.class);
  }

  @Test
  void eachSourceHasItsOwnBudget() {
    assertThat(plan().budget()).isEqualTo(Duration.ofMillis(1700));
    assertThatThrownBy(() -> source(Kind.OCSP, "http://none.invalid/", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void respondersComeBeforeListsAndNobodyTwice() {
    assertThatThrownBy(() -> new RevocationPlan(List.of(LIST, FIRST)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RevocationPlan(List.of(FIRST, FIRST)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RevocationPlan(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** What whoever fetches does: ask, judge, and go on while the plan names somebody. */
  private List<RevocationEvidence> gather(Map<Source, RevocationEvidence> world) {
    RevocationJudge judge = jpki.policy().revocation();
    List<RevocationEvidence> gathered = new ArrayList<>();
    Optional<Source> next = plan().next(gathered, judge.judge(gathered, link, NOW));
    while (next.isPresent()) {
      Source asked = next.get();
      gathered.add(
          world.getOrDefault(asked, new Unanswered(asked.address(), NOW, Trouble.UNREACHABLE)));
      next = plan().next(gathered, judge.judge(gathered, link, NOW));
    }
    return gathered;
  }

  private RevocationEvidence answer(Source source) {
    OcspQuestion question = new OcspQuestion(link.id(HashAlgorithm.SHA256), jpki.freshNonce());
    byte[] body = jpki.responder().respond(question.bytes(), NOW);
    return new OcspAnswer(Octets.of(body), source.address(), NOW, question.nonce());
  }

  private static RevocationPlan plan() {
    return new RevocationPlan(List.of(FIRST, SECOND, LIST));
  }

  private static Source source(Kind kind, String address, long milliseconds) {
    return new Source(kind, URI.create(address), Duration.ofMillis(milliseconds));
  }
}
