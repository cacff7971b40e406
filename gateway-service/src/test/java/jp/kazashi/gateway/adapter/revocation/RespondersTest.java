package jp.kazashi.gateway.adapter.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RespondersTest {
  private static final URI SOURCE = URI.create("http://silent.invalid/");
  private static final URI OTHER = URI.create("http://other.invalid/");
  private static final Duration LONGEST = Duration.ofSeconds(4);

  private final Timers time = new Timers();
  private final Responders responders = new Responders(LONGEST, time);

  @Test
  void oneFailureOrTwoAreNoDeath() {
    fail(Responders.FAILURES - 1);

    assertThat(responders.isDead(SOURCE)).isFalse();
    assertThat(responders.mayAsk(SOURCE)).isTrue();
  }

  @Test
  void whoAnswersInBetweenBeginsAnew() {
    fail(Responders.FAILURES - 1);
    responders.answered(SOURCE);
    fail(Responders.FAILURES - 1);

    assertThat(responders.isDead(SOURCE)).isFalse();
  }

  @Test
  void theDeadRestAndTheOthersAreAsked() {
    fail(Responders.FAILURES);

    assertThat(responders.isDead(SOURCE)).isTrue();
    assertThat(responders.mayAsk(SOURCE)).isFalse();
    assertThat(responders.mayAsk(OTHER)).isTrue();
  }

  @Test
  void afterTheRestOneAsksAndTheRestWaitForWhatComesOfIt() {
    fail(Responders.FAILURES);
    time.pass(Responders.FIRST_REST);

    assertThat(responders.mayAsk(SOURCE)).isTrue();
    assertThat(responders.mayAsk(SOURCE)).isFalse();
    responders.answered(SOURCE);

    assertThat(responders.isDead(SOURCE)).isFalse();
    assertThat(responders.mayAsk(SOURCE)).isTrue();
    assertThat(responders.mayAsk(SOURCE)).isTrue();
  }

  @Test
  void theRestGrowsWithEveryTrialThatFailsUpToItsBound() {
    fail(Responders.FAILURES);

    for (int seconds : new int[] {1, 2, 4, 4, 4}) {
      time.pass(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(responders.mayAsk(SOURCE)).as("before %d s", seconds).isFalse();
      time.pass(Duration.ofMillis(1));
      assertThat(responders.mayAsk(SOURCE)).as("after %d s", seconds).isTrue();
      responders.failed(SOURCE);
    }
  }

  @Test
  void manyThatFailInOneOutageMakeItsRestNoLonger() {
    fail(50);
    time.pass(Responders.FIRST_REST);

    assertThat(responders.mayAsk(SOURCE)).isTrue();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      responders.failed(SOURCE);
    }
  }
}
