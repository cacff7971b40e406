package jp.kazashi.gateway.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import jp.kazashi.gateway.adapter.ops.Alarms;
import jp.kazashi.gateway.adapter.redis.RequestLimits.Allowance;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.port.LimitRequests.Ruling;
import jp.kazashi.qualification.audit.Digest;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
  private static final int TERMINAL = 40;
  private static final int INSTITUTION = 100;
  private static final int FAILED = 5;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Counts redis = new Counts();
  private final AtomicLong nanos = new AtomicLong(-TimeUnit.DAYS.toNanos(1));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final RequestLimits node = node();
  private final RequestLimits otherNode = node();

  @Test
  void aTerminalHasItsPermitsInAWindowAndAgainInTheNext() {
    assertThat(admitted(node, "kiosk-1", 60)).isEqualTo(TERMINAL);
    assertThat(admitted(node, "kiosk-2", 1)).isEqualTo(1);

    pass(MINUTE);

    assertThat(admitted(node, "kiosk-1", 60)).isEqualTo(TERMINAL);
  }

  @Test
  void allTerminalsTogetherHaveTheInstitutions() {
    int all = 0;
    for (int terminal = 0; terminal < 5; terminal++) {
      all += admitted(node, "kiosk-" + terminal, 30);
    }
    assertThat(all).isEqualTo(INSTITUTION);
    assertThat(node.admit(caller("elsewhere", "1312345688")).await().indefinitely())
        .isEqualTo(new Ruling.Admitted());
  }

  @Test
  void twoNodesShareOneLimit() {
    int together = admitted(node, "kiosk-1", 30) + admitted(otherNode, "kiosk-1", 60);

    assertThat(together).isLessThanOrEqualTo(TERMINAL).isGreaterThan(TERMINAL - 5);
  }

  @Test
  void mostRequestsAskRedisNothing() {
    admitted(node, "kiosk-1", TERMINAL);

    // Twenty leases of the terminal's and eight of the institution's, and the time.
    assertThat(redis.asked).isLessThanOrEqualTo(30);
  }

  @Test
  void aRefusalSaysWhenTheNextWindowBegins() {
    admitted(node, "kiosk-1", TERMINAL);
    pass(Duration.ofSeconds(20));

    assertThat(node.admit(caller("kiosk-1", "1312345670")).await().indefinitely())
        .isInstanceOfSatisfying(
            Ruling.Limited.class,
            limited ->
                assertThat(limited.retryAfter())
                    .isPositive()
                    .isLessThanOrEqualTo(Duration.ofSeconds(40)));
  }

  @Test
  void withoutRedisEachNodeKeepsTheLimitByItselfAndAnAlarmSaysSo() {
    redis.up = false;

    assertThat(admitted(node, "kiosk-1", 60)).isEqualTo(TERMINAL);
    assertThat(admitted(otherNode, "kiosk-1", 60)).isEqualTo(TERMINAL);
    assertThat(alarm()).isEqualTo(1);
    // It is not asked at each request whether it is back.
    assertThat(redis.asked).isLessThanOrEqualTo(4);

    redis.up = true;
    pass(MINUTE);
    assertThat(admitted(node, "kiosk-1", 60)).isEqualTo(TERMINAL);
    assertThat(alarm()).isZero();
  }

  @Test
  void aRedisThatIsSilentHoldsNobodyUpForLong() {
    redis.silent = true;

    assertThat(admitted(node, "kiosk-1", 60)).isEqualTo(TERMINAL);
  }

  @Test
  void failedLookUpsOfAnInstitutionAreCountedOverAllNodes() {
    Caller clinic = caller("receipt-1", "1312345670");
    for (int failed = 0; failed < FAILED; failed++) {
      assertThat(node.mayLookUp(clinic).await().indefinitely()).isEqualTo(new Ruling.Admitted());
      node.lookUpFailed(clinic).await().indefinitely();
    }

    assertThat(node.mayLookUp(clinic).await().indefinitely()).isInstanceOf(Ruling.Limited.class);
    assertThat(otherNode.mayLookUp(clinic).await().indefinitely())
        .isInstanceOf(Ruling.Limited.class);
    assertThat(node.mayLookUp(caller("receipt-1", "1312345688")).await().indefinitely())
        .isEqualTo(new Ruling.Admitted());
    redis.up = false;
    assertThat(node.mayLookUp(clinic).await().indefinitely()).isInstanceOf(Ruling.Limited.class);
  }

  private RequestLimits node() {
    return new RequestLimits(
        redis,
        new Allowance("terminal", TERMINAL, MINUTE),
        new Allowance("institution", INSTITUTION, MINUTE),
        new Allowance("failed", FAILED, Duration.ofHours(1)),
        nanos::get,
        new Alarms(meters));
  }

  private int admitted(RequestLimits limits, String terminal, int requests) {
    int admitted = 0;
    for (int i = 0; i < requests; i++) {
      Ruling ruling = limits.admit(caller(terminal, "1312345670")).await().indefinitely();
      admitted += ruling instanceof Ruling.Admitted ? 1 : 0;
    }
    return admitted;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    redis.millis += time.toMillis();
  }

  private double alarm() {
    return meters.get("kazashi.alarm").tag("kind", "redis").gauge().value();
  }

  private static Caller caller(String system, String institution) {
    return new Caller(
        Caller.Role.READER,
        system,
        institution,
        Digest.of(system.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Redis as it would count; its clock begins with a window. */
  private static final class Counts implements SharedCounts {
    private final Map<String, Long> sums = new HashMap<>();
    private long millis = TimeUnit.HOURS.toMillis(490_000);
    private boolean up = true;
    private boolean silent;
    private int asked;

    @Override
    public Uni<Long> add(String key, long amount, Duration keep) {
      return answer(() -> sums.merge(key, amount, Long::sum));
    }

    @Override
    public Uni<Long> sum(String key) {
      return answer(() -> sums.getOrDefault(key, 0L));
    }

    @Override
    public Uni<Long> millis() {
      return answer(() -> millis);
    }

    private Uni<Long> answer(Supplier<Long> what) {
      return Uni.createFrom()
          .deferred(() -> {
            asked++;
            if (silent) {
              return Uni.createFrom().nothing();
            }
            return up
                ? Uni.createFrom().item(what)
                : Uni.createFrom().failure(new IllegalStateException("connection refused"));
          });
    }
  }
}
