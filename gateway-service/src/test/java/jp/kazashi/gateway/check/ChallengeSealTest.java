package jp.kazashi.gateway.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.check.ChallengeSeal.Opening;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.jpki.statement.InstitutionCode;
import jp.kazashi.jpki.statement.TerminalId;
import org.junit.jupiter.api.Test;

class ChallengeSealTest {
  private static final Instant NOON = Instant.parse("2026-11-21T03:00:00.123Z");
  private static final InstitutionCode CLINIC = new InstitutionCode("1312345670");
  private static final TerminalId KIOSK = new TerminalId("kiosk-1");

  private final RandomGenerator random = new Random(7);
  private final ChallengeSeal seal = new ChallengeSeal(secret(1), random);

  @Test
  void whatWasSealedOpensAsItWas() {
    Challenge challenge = seal.make(CLINIC, KIOSK, NOON);

    assertThat(seal.open(seal.seal(challenge), NOON)).isEqualTo(new Opening.Open(challenge));
  }

  @Test
  void itLivesForTwoMinutesToTheMillisecondAndNoLonger() {
    String sealed = seal.seal(seal.make(CLINIC, KIOSK, NOON));

    assertThat(seal.open(sealed, NOON.plus(ChallengeSeal.LIFE))).isInstanceOf(Opening.Open.class);
    assertThat(seal.open(sealed, NOON.plus(ChallengeSeal.LIFE).plusMillis(1)))
        .isInstanceOf(Opening.OutOfTime.class);
  }

  @Test
  void afterTheWorldClockJumpsBackItIsOutOfTimeToo() {
    String sealed = seal.seal(seal.make(CLINIC, KIOSK, NOON));

    assertThat(seal.open(sealed, NOON.minus(Duration.ofDays(90))))
        .isInstanceOf(Opening.OutOfTime.class);
  }

  @Test
  void itOpensAcrossTheChangeOfTheHour() {
    Instant justBefore = Instant.parse("2026-11-21T03:59:59.900Z");
    String sealed = seal.seal(seal.make(CLINIC, KIOSK, justBefore));

    assertThat(seal.open(sealed, justBefore.plusSeconds(60))).isInstanceOf(Opening.Open.class);
  }

  @Test
  void anotherNodeWithTheSameSecretOpensIt() {
    Challenge challenge = seal.make(CLINIC, KIOSK, NOON);

    assertThat(new ChallengeSeal(secret(1), new Random(8)).open(seal.seal(challenge), NOON))
        .isEqualTo(new Opening.Open(challenge));
    assertThat(new ChallengeSeal(secret(2), new Random(8)).open(seal.seal(challenge), NOON))
        .isInstanceOf(Opening.Unreadable.class);
  }

  @Test
  void oneChangedBitAnywhereMakesItUnreadable() {
    byte[] whole = Base64.getUrlDecoder().decode(seal.seal(seal.make(CLINIC, KIOSK, NOON)));
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] changed = whole.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertThat(seal.open(text, NOON)).as("bit %d", bit).isInstanceOf(Opening.Unreadable.class);
    }
  }

  @Test
  void garbageOfAnyLengthIsUnreadable() {
    for (int length = 0; length < 200; length++) {
      byte[] garbage = new byte[length];
      random.nextBytes(garbage);
      String text = Base64.getUrlEncoder().encodeToString(garbage);
      assertThat(seal.open(text, NOON)).isInstanceOf(Opening.Unreadable.class);
    }
    assertThat(seal.open("ほか", NOON)).isInstanceOf(Opening.Unreadable.class);
    assertThat(seal.open("A".repeat(100_000), NOON)).isInstanceOf(Opening.Unreadable.class);
  }

  @Test
  void twoSealsOfOneChallengeDiffer() {
    Challenge challenge = seal.make(CLINIC, KIOSK, NOON);

    assertThat(seal.seal(challenge)).isNotEqualTo(seal.seal(challenge));
  }

  @Test
  void aShortSecretIsRefused() {
    assertThatThrownBy(() -> new ChallengeSeal(new byte[31], random))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] secret(int seed) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) seed);
    return secret;
  }
}
