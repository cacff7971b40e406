package jp.kazashi.gateway.adapter.tsa;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import jp.kazashi.gateway.Foreign;
import jp.kazashi.gateway.adapter.http.BoundedHttp;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.audit.TimeStampToken;
import jp.kazashi.simulator.pki.TimeStampAuthority;
import jp.kazashi.simulator.tsa.TimeStamper;
import jp.kazashi.simulator.tsa.TsaLie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An authority that stamps, and one that lies in every way it knows. */
@SuppressWarnings("NullAway.Init") // the set-up sets the fields
class TimeStampServiceTest {
  private static final Instant NOON = Instant.parse("2026-06-01T03:00:00Z");
  private static final Digest ROOT = Digest.of(new byte[] {1, 2, 3});
  private static final Digest OTHER = Digest.of(new byte[] {4});

  /** Longer than anything may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SecureRandom random = new SecureRandom();
  private final Vertx vertx = Vertx.vertx();
  private final Foreign foreign = new Foreign();

  @TempDir Path folder;

  private TimeStampAuthority authority;
  private TimeStamper stamper;
  private TimeStampCheck check;

  @BeforeEach
  void open() throws IOException {
    authority = TimeStampAuthority.open(folder, NOON, random);
    stamper = new TimeStamper(authority, random);
    check = TimeStampCheck.trusting(authority.anchor());
  }

  @AfterEach
  void close() {
    foreign.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aStampProvesItsRootAndItsTimeToWhoeverTrustsTheAuthority() throws IOException {
    TimeStampToken token = stamp(question -> stamper.respond(question, NOON));

    assertThat(check.timeOf(ROOT, token)).contains(NOON);
    assertThat(check.timeOf(OTHER, token)).isEmpty();
    TimeStampAuthority stranger = TimeStampAuthority.open(folder.resolve("stranger"), NOON, random);
    assertThat(TimeStampCheck.trusting(stranger.anchor()).timeOf(ROOT, token)).isEmpty();
  }

  @Test
  void aBitOfATokenCannotBeTurned() {
    byte[] token = stamp(question -> stamper.respond(question, NOON)).bytes();
    // The signature is the last thing in it.
    for (int at : List.of(token.length - 2, token.length - 40, 200, token.length / 2)) {
      byte[] turned = token.clone();
      turned[at] ^= 1;
      assertThat(check.timeOf(ROOT, new TimeStampToken(turned)).filter(NOON::equals))
          .as("octet %d", at)
          .isEmpty();
    }
    assertThat(check.timeOf(ROOT, new TimeStampToken(new byte[] {0x30, 0x00}))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("lies")
  void noLieIsBelieved(TsaLie lie) {
    assertThatThrownBy(() -> stamp(question -> stamper.respond(question, NOON, lie)))
        .as(lie.toString())
        .isInstanceOf(NoTimeStamp.class);
  }

  static Stream<TsaLie> lies() {
    return Stream.of(
        new TsaLie.WrongSigner(),
        new TsaLie.BadSignature(),
        new TsaLie.OtherImprint(),
        new TsaLie.WithoutNonce(),
        new TsaLie.OtherNonce(),
        new TsaLie.Behind(Duration.ofDays(1)),
        new TsaLie.Ahead(Duration.ofDays(1)),
        new TsaLie.Refuses(),
        new TsaLie.NoDer(),
        new TsaLie.HalfOfIt());
  }

  /** Between two stamps the other end may close a connection that was kept. */
  @Test
  void aConnectionThatWasClosedIsNoRefusal() {
    AtomicInteger asked = new AtomicInteger();

    foreign.honestly((path, question) ->
        asked.incrementAndGet() == 1
            ? aResponse().withFault(Fault.EMPTY_RESPONSE)
            : aResponse().withBody(stamper.respond(question, NOON)));

    assertThat(check.timeOf(ROOT, stampAt(foreign.address(), PATIENCE))).contains(NOON);
    assertThat(asked).hasValue(2);
  }

  /** Nobody waits for it longer than its time. */
  @ParameterizedTest
  @MethodSource("silences")
  void whoIsDownOrSlowGaveNoStamp(
      ResponseDefinitionBuilder answer, Duration budget, Class<? extends Throwable> because) {
    assertThatThrownBy(() -> stamp(answer, question -> stamper.respond(question, NOON), budget))
        .satisfiesAnyOf(
            failure -> assertThat(failure).isInstanceOf(because),
            failure -> assertThat(failure).hasRootCauseInstanceOf(because));
  }

  static Stream<Arguments> silences() {
    int minute = 60_000;
    Duration brief = Duration.ofMillis(300);
    return Stream.of(
        Arguments.of(aResponse().withFixedDelay(minute), brief, TimeoutException.class),
        Arguments.of(
            aResponse().withChunkedDribbleDelay(minute / 1000, minute),
            brief,
            TimeoutException.class),
        Arguments.of(aResponse().withStatus(503), PATIENCE, NoTimeStamp.class),
        Arguments.of(
            aResponse().withStatus(302).withHeader("Location", "/there"),
            PATIENCE,
            NoTimeStamp.class),
        Arguments.of(
            aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), PATIENCE, IOException.class));
  }

  @Test
  void moreThanAStampMayBeIsNotReadToItsEnd() {
    assertThatThrownBy(() -> stamp(question -> new byte[1 << 20]))
        .hasRootCauseInstanceOf(BoundedHttp.TooLarge.class);
  }

  private TimeStampToken stamp(UnaryOperator<byte[]> answers) {
    return stamp(aResponse(), answers, PATIENCE);
  }

  private TimeStampToken stamp(
      ResponseDefinitionBuilder answer, UnaryOperator<byte[]> answers, Duration budget) {
    foreign.says("/", answer, answers);
    return stampAt(foreign.address(), budget);
  }

  private TimeStampToken stampAt(URI address, Duration budget) {
    return new TimeStampService(new BoundedHttp(vertx), address, budget, check, () -> NOON, random)
        .stamp(ROOT)
        .await()
        .atMost(PATIENCE);
  }
}
