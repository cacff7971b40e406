package jp.kazashi.reader.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.statement.Line;
import jp.kazashi.reader.link.Answers;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.LocalReason;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.Proof;
import jp.kazashi.reader.link.Refusal;
import jp.kazashi.reader.myna.TestCards;
import jp.kazashi.reader.visit.VisitFlow.Equipment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A card that is placed while the line is down (design §10). */
class OfflineVisitTest {

  private static final Challenge OWN =
      Answers.challenge(Answers.NOW, Duration.ofMinutes(5)).challenge();

  private final LocalReasons reasons = LocalReasons.load();
  private final Counter counter = new Counter();
  private final FakeGateway gateway = new FakeGateway();
  private final FakePatient patient = new FakePatient();
  private final Recording recording = new Recording();

  @AfterEach
  void close() {
    counter.close();
  }

  @Test
  void signsForLaterSendsNothingAndIsNoAnswer() throws Exception {
    recording.isOn = true;
    lineIsDown();

    assertThat(visit()).isEqualTo("RECORDED_TO_BE_VERIFIED");

    assertThat(gateway.proofs).isEmpty();
    assertThat(gateway.consents).isEmpty();
    assertThat(recording.kept).singleElement().satisfies(proof -> {
      assertThat(proof.challenge().challenge()).isEqualTo(OWN);
      assertThat(isSigned(proof, Line.DEGRADED)).isTrue();
      assertThat(isSigned(proof, Line.ONLINE)).as("never good as a check").isFalse();
    });
  }

  @Test
  void withoutTheFailureModeADeadLineEndsTheVisitAndNothingIsSigned() {
    lineIsDown();

    assertThat(visit()).isEqualTo("GATEWAY_UNREACHABLE");
    assertThat(recording.kept).isEmpty();
  }

  @Test
  void refusalIsNoDeadLineWhateverStaffHaveStarted() {
    recording.isOn = true;
    gateway.willChallenge(new GatewayReply.Refused<>(Answers.revoked()));
    gateway.willChallenge(new GatewayReply.Refused<>(Answers.revoked()));

    assertThat(visit()).isEqualTo("CERTIFICATE_REVOKED");
    assertThat(recording.kept).isEmpty();
  }

  @Test
  void lineThatIsBackIsUsedAtOnce() {
    recording.isOn = true;
    counter.seat();

    assertThat(walk()).isInstanceOf(Visit.Consented.class);
    assertThat(recording.kept).isEmpty();
  }

  private void lineIsDown() {
    Refusal dead = reasons.refusal(LocalReason.GATEWAY_UNREACHABLE);
    gateway.willChallenge(new GatewayReply.Refused<>(dead));
    gateway.willChallenge(new GatewayReply.Refused<>(dead));
  }

  private String visit() {
    counter.seat();
    return ((Visit.Refused) walk()).refusal().reason().value();
  }

  private Visit.End walk() {
    Equipment equipment =
        new Equipment(
            gateway,
            reasons,
            visit -> {},
            Means.pinOnly(),
            () -> Answers.NOW,
            () -> 0,
            () -> new UUID(0, 2),
            recording);
    return new VisitFlow(equipment, counter, patient).walk(new VisitId(new UUID(0, 1))).end();
  }

  private static boolean isSigned(Proof proof, Line line) throws GeneralSecurityException {
    ChallengeStatement statement =
        new ChallengeStatement(
            proof.challenge().challenge(), proof.method(), proof.confirmedAt(), line);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(TestCards.KEYS.getPublic());
    signature.update(statement.bytes());
    return signature.verify(proof.signature().toArray());
  }

  /** A terminal whose staff may have started the failure mode. */
  private static final class Recording implements OfflineRecording {
    private boolean isOn;
    private final List<Proof> kept = new ArrayList<>();

    @Override
    public Optional<Challenge> challenge() {
      return isOn ? Optional.of(OWN) : Optional.empty();
    }

    @Override
    public void keep(VisitId visit, Proof proof) {
      kept.add(proof);
    }
  }
}
