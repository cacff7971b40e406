package jp.kazashi.reader.visit;

import java.util.Optional;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.reader.link.Proof;

/**
 * What is done with a card that is placed while the line is down (design §10): it signs over a
 * challenge of this terminal, and is judged when the line is back.
 */
public interface OfflineRecording {

  /** A challenge of our own; empty unless staff have started the failure mode. */
  Optional<Challenge> challenge();

  /** The card signed it. */
  void keep(VisitId visit, Proof proof);

  /** Nothing is recorded here. */
  static OfflineRecording none() {
    return new OfflineRecording() {
      @Override
      public Optional<Challenge> challenge() {
        return Optional.empty();
      }

      @Override
      public void keep(VisitId visit, Proof proof) {
        throw new IllegalStateException("There was no challenge to sign");
      }
    };
  }
}
