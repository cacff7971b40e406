package jp.kazashi.gateway.check;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids nobody can guess: random UUIDs (RFC 9562 §5.4) from the node's own source. */
public final class RandomIds {
  private static final long VERSION_4 = 0x4000L;
  private static final long VERSION_BITS = 0xF000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;

  private RandomIds() {}

  public static UUID next(RandomGenerator random) {
    return new UUID(
        (random.nextLong() & ~VERSION_BITS) | VERSION_4,
        (random.nextLong() & ~VARIANT_BITS) | VARIANT);
  }
}
