package jp.kazashi.simulator.ocsp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers signed a moment ago, by the exact octets of the question: signing costs about a
 * millisecond, finding one next to nothing. Bounded in number and age.
 */
final class SignedAnswers {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST = 20_000;
  // One serial takes about 110 octets; longer ones are seldom asked twice.
  private static final int LONGEST_QUESTION = 512;

  private record Signed(ByteBuffer answer, Instant at, long changes) {}

  private final Map<ByteBuffer, Signed> answers = new ConcurrentHashMap<>();

  /**
   * Finds one.
   *
   * @param changes how many changes of status there have been: a later one makes all of them old
   */
  Optional<byte[]> find(byte[] question, Instant now, long changes) {
    return Optional.ofNullable(answers.get(ByteBuffer.wrap(question)))
        .filter(signed -> signed.changes() == changes)
        .filter(signed -> !now.isBefore(signed.at()) && now.isBefore(signed.at().plus(LONGEST)))
        .map(signed -> signed.answer().array());
  }

  void keep(byte[] question, byte[] answer, Instant at, long changes) {
    if (question.length > LONGEST_QUESTION) {
      return;
    }
    if (answers.size() >= MOST) {
      answers.clear();
    }
    answers.put(
        ByteBuffer.wrap(question.clone()), new Signed(ByteBuffer.wrap(answer), at, changes));
  }

  void clear() {
    answers.clear();
  }
}
