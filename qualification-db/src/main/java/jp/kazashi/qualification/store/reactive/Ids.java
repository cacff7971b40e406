package jp.kazashi.qualification.store.reactive;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Random ids (RFC 9562 §5.4) from a source that is given. */
record Ids(RandomGenerator random) {
  UUID next() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low);
  }
}
