package jp.kazashi.gateway.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kazashi.gateway.check.OutagePolicy.EligibilityOnly;
import jp.kazashi.gateway.check.OutagePolicy.Refuse;
import jp.kazashi.jpki.revocation.ListLimits;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationEvidence.Trouble;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;
import jp.kazashi.jpki.revocation.RevocationJudge.Finding;
import jp.kazashi.jpki.revocation.RevocationList;
import jp.kazashi.jpki.revocation.RevocationStatus.Unavailable;
import jp.kazashi.jpki.revocation.UnavailableCause;
import jp.kazashi.simulator.crl.CrlPublisher;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.SimulatedJpki;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutagePolicyTest {
  private static final Instant NOON = Instant.parse("2026-06-01T03:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final URI SOURCE = URI.create("http://ocsp.invalid/");
  private static final List<RevocationEvidence> SILENCE =
      List.of(new Unanswered(SOURCE, NOON, Trouble.TIMED_OUT));
  private static final OutagePolicy BEARING = new EligibilityOnly(HOUR);

  @Test
  void refusingSoftensNothing() {
    assertThat(soften(new Refuse(), NOON, UnavailableCause.UNANSWERED)).isEmpty();
    assertThat(new Refuse().bears(Optional.of(NOON), NOON)).isFalse();
  }

  @Test
  void anOutageIsBorneForItsTimeAfterEvidenceWasLastHadAndNoLonger() {
    assertThat(soften(BEARING, NOON.minus(HOUR), UnavailableCause.UNANSWERED))
        .contains(new Softening(NOON.minus(HOUR)));
    assertThat(soften(BEARING, NOON.minus(HOUR).minusMillis(1), UnavailableCause.UNANSWERED))
        .isEmpty();
  }

  @Test
  void aNodeThatNeverHadEvidenceOrHasItFromTheFutureBearsNothing() {
    assertThat(BEARING.soften(SILENCE, List.of(), Optional.empty(), NOON)).isEmpty();
    assertThat(soften(BEARING, NOON.plusMillis(1), UnavailableCause.UNANSWERED)).isEmpty();
  }

  @Test
  void onlySilenceIsBorneNeverAnAnswerThatLies() {
    Set<UnavailableCause> silence =
        EnumSet.of(
            UnavailableCause.NO_EVIDENCE,
            UnavailableCause.UNANSWERED,
            UnavailableCause.NOT_SUCCESSFUL);
    for (UnavailableCause cause : UnavailableCause.values()) {
      assertThat(soften(BEARING, NOON, cause).isPresent())
          .as(cause.name())
          .isEqualTo(silence.contains(cause));
    }
  }

  @Test
  void oneLieAmongTheSilentIsEnoughToRefuse() {
    List<Finding> findings =
        List.of(finding(UnavailableCause.UNANSWERED), finding(UnavailableCause.SIGNATURE_INVALID));

    assertThat(BEARING.soften(SILENCE, findings, Optional.of(NOON), NOON)).isEmpty();
  }

  @Test
  void aListThatRanOutIsSilenceAndAnAnswerThatDidIsNot(@TempDir Path folder) throws IOException {
    SimulatedJpki jpki = SimulatedJpki.open(folder, NOON, SOURCE, new SecureRandom());
    byte[] bytes =
        new CrlPublisher(jpki, folder.resolve("number"))
            .current(Issuer.AUTHENTICATION_3, NOON)
            .orElseThrow()
            .full();
    RevocationEvidence list =
        new CrlSnapshot(
            RevocationList.read(bytes, ListLimits.ordinary()).orElseThrow(), SOURCE, NOON);
    RevocationEvidence answer = new OcspAnswer(new byte[0], SOURCE, NOON, new byte[0]);
    List<Finding> stale = List.of(finding(UnavailableCause.STALE));

    assertThat(BEARING.soften(List.of(list), stale, Optional.of(NOON), NOON)).isPresent();
    assertThat(BEARING.soften(List.of(answer), stale, Optional.of(NOON), NOON)).isEmpty();
  }

  @Test
  void anOutageForNoTimeIsNone() {
    assertThatThrownBy(() -> new EligibilityOnly(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Optional<Softening> soften(
      OutagePolicy policy, Instant lastHad, UnavailableCause cause) {
    return policy.soften(SILENCE, List.of(finding(cause)), Optional.of(lastHad), NOON);
  }

  private static Finding finding(UnavailableCause cause) {
    return new Finding(SOURCE, new Unavailable(cause));
  }
}
