package jp.kazashi.reader.visit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.reader.link.Answer;
import jp.kazashi.reader.link.Answers;
import jp.kazashi.reader.link.CheckId;
import jp.kazashi.reader.link.GatewayLink;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.Grants;
import jp.kazashi.reader.link.IdempotencyKey;
import jp.kazashi.reader.link.Proof;
import jp.kazashi.reader.link.SealedChallenge;

/** A gateway that says what the test wants and remembers what it was asked. */
public final class FakeGateway implements GatewayLink {

  public final List<Proof> proofs = Collections.synchronizedList(new ArrayList<>());
  public final List<Set<MedicalCategory>> consents =
      Collections.synchronizedList(new ArrayList<>());
  public volatile Runnable beforeChallenge = () -> {};
  public volatile Runnable beforeAnswer = () -> {};
  public volatile GatewayReply<Answer> answer =
      new GatewayReply.Given<>(Answers.offering(MedicalCategory.values()));
  public volatile GatewayReply<Answer> registration =
      new GatewayReply.Given<>(Answers.offering(MedicalCategory.values()));
  public final List<CheckId> registrations = Collections.synchronizedList(new ArrayList<>());
  public volatile boolean recordsConsent = true;
  private final Deque<GatewayReply<SealedChallenge>> challenges = new ArrayDeque<>();
  private int challengesAsked;

  /** The next challenge; without one, a challenge of five minutes issued now. */
  public synchronized void willChallenge(GatewayReply<SealedChallenge> reply) {
    challenges.add(reply);
  }

  public synchronized int challengesAsked() {
    return challengesAsked;
  }

  @Override
  public GatewayReply<SealedChallenge> challenge() {
    beforeChallenge.run();
    return nextChallenge();
  }

  private synchronized GatewayReply<SealedChallenge> nextChallenge() {
    challengesAsked++;
    return challenges.isEmpty()
        ? new GatewayReply.Given<>(Answers.challenge(Answers.NOW, Duration.ofMinutes(5)))
        : challenges.remove();
  }

  @Override
  public GatewayReply<Answer> check(Proof proof, IdempotencyKey key) {
    proofs.add(proof);
    beforeAnswer.run();
    return answer;
  }

  @Override
  public GatewayReply<Answer> register(CheckId refused) {
    registrations.add(refused);
    return registration;
  }

  @Override
  public GatewayReply<Grants> consent(CheckId check, Set<MedicalCategory> granted) {
    consents.add(Set.copyOf(granted));
    return recordsConsent
        ? new GatewayReply.Given<>(Answers.grants(granted))
        : new GatewayReply.Refused<>(Answers.revoked());
  }
}
