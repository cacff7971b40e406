package jp.kazashi.gateway.adapter.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import jp.kazashi.gateway.adapter.http.BoundedHttp;
import jp.kazashi.gateway.adapter.revocation.AskedJpki.Place;
import jp.kazashi.jpki.revocation.ListJudge;
import jp.kazashi.jpki.revocation.ListLimits;
import jp.kazashi.jpki.revocation.RevocationList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists that are kept warm over real HTTP; when, is said by clocks that the test turns. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the set-up sets the fields
class CrlPrefetchTest {
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final ListLimits LIMITS = new ListLimits(64 * 1024, 1_000);

  private AskedJpki jpki;
  private Place place;
  private Timers steady;
  private CrlShelf shelf;
  private SimpleMeterRegistry meters;
  private CrlPrefetch prefetch;

  @BeforeAll
  void make(@TempDir Path folder) {
    jpki = new AskedJpki(folder);
    place = jpki.place();
  }

  @AfterAll
  void close() {
    jpki.close();
  }

  @BeforeEach
  void open() {
    jpki.moveTo(AskedJpki.NOON);
    place.behaves("crl", "honest", "");
    place.server().republish();
    begin(place.crl());
  }

  private void begin(URI source) {
    steady = new Timers();
    shelf = new CrlShelf(new ListJudge(jpki.policy().lists(), jpki.policy().anchors()));
    meters = new SimpleMeterRegistry();
    prefetch =
        new CrlPrefetch(
            jpki.vertx(),
            new BoundedHttp(jpki.vertx()),
            shelf,
            new CrlPrefetch.Settings(List.of(source), EVERY, Duration.ofSeconds(2), LIMITS),
            new RevocationMeters(meters),
            jpki.clock(),
            steady,
            new SecureRandom());
  }

  @Test
  void aListIsThereAfterTheFirstLookAndIsAskedForAgainOnlyWhenThatIsDue() {
    assertThat(prefetch.hasLooked()).isFalse();
    look();

    assertThat(prefetch.hasLooked()).isTrue();
    assertThat(shelf.of(place.crl())).isPresent();
    assertThat(prefetch.trouble()).isEmpty();
    look();
    assertThat(times("taken")).isEqualTo(1);
    assertThat(times("unchanged")).isZero();
  }

  @Test
  void whatDidNotChangeIsNotFetchedAgain() {
    look();
    RevocationList first = list();
    steady.pass(EVERY);
    look();

    assertThat(times("unchanged")).isEqualTo(1);
    assertThat(times("taken")).isEqualTo(1);
    assertThat(list()).isSameAs(first);
  }

  @Test
  void aNewListTakesThePlaceOfTheOld() {
    look();
    RevocationList first = list();
    jpki.moveTo(AskedJpki.NOON.plusSeconds(60));
    place.server().republish();
    steady.pass(EVERY);
    look();

    assertThat(list().thisUpdate()).isAfter(first.thisUpdate());
  }

  @Test
  void theNextListIsFetchedBeforeTheOldOneRunsOut() {
    look();
    Instant until = shelf.of(place.crl()).orElseThrow().until();
    Duration life = Duration.between(list().thisUpdate(), until);
    steady.pass(RefreshRule.SHORTEST);
    // Not yet in three quarters of its life; by nineteen twentieths it is.
    jpki.moveTo(list().thisUpdate().plus(life.multipliedBy(74).dividedBy(100)));
    look();
    assertThat(times("taken") + times("unchanged")).isEqualTo(1);

    jpki.moveTo(list().thisUpdate().plus(life.multipliedBy(96).dividedBy(100)));
    look();
    assertThat(times("taken") + times("unchanged")).isEqualTo(2);
    assertThat(jpki.instant()).isBefore(until);
  }

  @Test
  void aClockThatWasTurnedBackMakesAListFromTheFutureDue() {
    look();
    steady.pass(RefreshRule.SHORTEST);
    jpki.moveTo(AskedJpki.NOON.minus(Duration.ofDays(3)));
    place.server().republish();
    look();

    assertThat(times("taken")).isEqualTo(2);
    assertThat(list().thisUpdate()).isBefore(AskedJpki.NOON);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "drop, -, unreachable",
        "http-error, 503, refused",
        "huge, 1000000, too-large",
        "slow-loris, PT1S, timed-out",
        "malformed, -, malformed",
        "truncated, -, malformed",
        "wrong-signer, -, signature-invalid",
        "bad-signature, -, signature-invalid",
        "stale, P3D, stale",
        "future, P3D, from-the-future",
        "no-next-update, -, stale",
        "indirect, -, indirect-list",
        "unknown-extension, -, critical-extension-unknown"
      })
  void whatCannotBeUsedLeavesTheLastGoodListWhereItIs(String behaviour, String with, String cause) {
    look();
    RevocationList good = list();
    place.behaves("crl", behaviour, with == null ? "" : with);
    place.server().republish();
    steady.pass(EVERY);
    look();

    assertThat(list()).isSameAs(good);
    assertThat(times(cause)).isEqualTo(1);
    assertThat(prefetch.trouble()).contains(place.crl() + ": " + cause);

    place.behaves("crl", "honest", "");
    steady.pass(EVERY);
    look();
    assertThat(prefetch.trouble()).isEmpty();
  }

  @Test
  void whoFailsIsAskedLessAndLessOften() {
    place.behaves("crl", "drop", "");
    for (int tick = 0; tick < 120; tick++) {
      look();
      steady.pass(Duration.ofSeconds(1));
    }
    // 5, 10, 20, 40 and 80 seconds apart, each shortened by up to a fifth.
    assertThat(times("unreachable")).isBetween(4L, 6L);
  }

  @Test
  void anOlderListNeverTakesThePlaceOfAYoungerOneThatIsGood() {
    RevocationList older = jpki.list();
    jpki.moveTo(AskedJpki.NOON.plusSeconds(60));
    RevocationList younger = jpki.list();
    AtomicReference<RevocationList> served = new AtomicReference<>(younger);
    URI source = serve(served);
    begin(source);
    look();
    served.set(older);
    steady.pass(EVERY);
    look();

    assertThat(shelf.of(source).orElseThrow().snapshot().list().digest())
        .isEqualTo(younger.digest());
    assertThat(times("older")).isEqualTo(1);
  }

  /** Without a tag, and with a date. */
  @Test
  void aSourceThatKnowsDatesAloneIsAskedByDate() {
    RevocationList list = jpki.list();
    AtomicReference<RevocationList> served = new AtomicReference<>(list);
    URI source = serve(served);
    begin(source);
    look();
    steady.pass(EVERY);
    look();

    assertThat(times("unchanged")).isEqualTo(1);
  }

  private URI serve(AtomicReference<RevocationList> served) {
    int port =
        jpki.vertx()
            .createHttpServer()
            .requestHandler(request -> {
              RevocationList list = served.get();
              String modified = list == null ? "" : list.thisUpdate().toString();
              if (modified.equals(request.getHeader("If-Modified-Since"))) {
                request.response().setStatusCode(304).end();
              } else if (list != null) {
                request
                    .response()
                    .putHeader("Last-Modified", modified)
                    .end(Buffer.buffer(list.toArray()));
              }
            })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
    return URI.create("http://127.0.0.1:" + port + "/a.crl");
  }

  private void look() {
    prefetch.look().await().atMost(Duration.ofSeconds(30));
  }

  private RevocationList list() {
    return shelf.of(place.crl()).orElseThrow().snapshot().list();
  }

  private long times(String outcome) {
    return meters.find("kazashi.revocation.exchange").tag("outcome", outcome).timers().stream()
        .mapToLong(Timer::count)
        .sum();
  }
}
