package jp.kazashi.reader.visit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.SealedChallenge;

/**
 * The challenge of a visit: asked for while the card is read, and anew if the patient took long.
 */
final class FetchedChallenge {

  /** The reader signs only with a challenge that has this much life left (design §5.1). */
  private static final Duration LIFE_TO_SIGN = Duration.ofSeconds(60);

  private final Supplier<GatewayReply<SealedChallenge>> gateway;
  private final InstantSource world;
  private final LongSupplier ticks;
  private final FutureTask<Arrived> first = new FutureTask<>(this::fetch);

  FetchedChallenge(
      Supplier<GatewayReply<SealedChallenge>> gateway, InstantSource world, LongSupplier ticks) {
    this.gateway = gateway;
    this.world = world;
    this.ticks = ticks;
  }

  private record Arrived(GatewayReply<SealedChallenge> reply, long tick) {}

  /** Does not wait. */
  void begin() {
    Thread.startVirtualThread(first);
  }

  /** What came of it, or of asking once more. */
  GatewayReply<SealedChallenge> fresh() {
    try {
      Arrived arrived = first.get();
      return isFresh(arrived) ? arrived.reply() : fetch().reply();
    } catch (InterruptedException stopped) {
      // The line notices the interrupt as well, and says so in its own words.
      Thread.currentThread().interrupt();
      return fetch().reply();
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug.getCause());
    }
  }

  private Arrived fetch() {
    return new Arrived(gateway.get(), ticks.getAsLong());
  }

  /**
   * Fresh by the calendar and by the time passed: after a jump of the world clock either way it is
   * not.
   */
  private boolean isFresh(Arrived arrived) {
    return switch (arrived.reply()) {
      case GatewayReply.Refused<SealedChallenge> refused -> false;
      case GatewayReply.Given<SealedChallenge> given -> {
        SealedChallenge challenge = given.value();
        Instant now = world.instant();
        Duration passed = Duration.ofNanos(ticks.getAsLong() - arrived.tick());
        yield !now.isAfter(challenge.expiresAt().minus(LIFE_TO_SIGN))
            && !now.isBefore(challenge.challenge().issuedAt().minus(LIFE_TO_SIGN))
            && challenge.life().minus(passed).compareTo(LIFE_TO_SIGN) >= 0;
      }
    };
  }
}
