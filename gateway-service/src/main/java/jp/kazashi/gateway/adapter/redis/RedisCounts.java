package jp.kazashi.gateway.adapter.redis;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.keys.ReactiveKeyCommands;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** The counts as Redis keeps them. */
public final class RedisCounts implements SharedCounts {
  private static final String PREFIX = "kazashi:count:";
  private static final long MICROS = 1000;

  private final ReactiveRedisDataSource redis;
  private final ReactiveValueCommands<String, Long> values;
  private final ReactiveKeyCommands<String> keys;

  public RedisCounts(ReactiveRedisDataSource redis) {
    this.redis = redis;
    this.values = redis.value(Long.class);
    this.keys = redis.key();
  }

  @Override
  public Uni<Long> add(String key, long amount, Duration keep) {
    return values
        .incrby(PREFIX + key, amount)
        // Whoever makes the key says when it may go; its window is in its name.
        .call(
            sum -> sum == amount ? keys.pexpire(PREFIX + key, keep) : Uni.createFrom().voidItem());
  }

  @Override
  public Uni<Long> sum(String key) {
    return values.get(PREFIX + key).map(sum -> sum == null ? 0 : sum);
  }

  @Override
  public Uni<Long> millis() {
    return redis
        .execute("TIME")
        .map(time -> time.get(0).toLong() * 1000 + time.get(1).toLong() / MICROS);
  }
}
