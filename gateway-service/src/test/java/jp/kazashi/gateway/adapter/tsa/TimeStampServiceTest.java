package jp.kazashi.gateway.adapter.tsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.provider.MethodSource;

/** An authority that stamps, and one that lies in every way it knows. */
@SuppressWarnings("NullAway.Init") // the set-up sets the fields
class TimeStampServiceTest {
  private static final Instant NOON = Instant.parse("2026-06-01T03:00:00Z");
  private static final Digest ROOT = Digest.of(new byte[] {1, 2, 3});
  private static final Digest OTHER = Digest.of(new byte[] {4});

  private final SecureRandom random = new SecureRandom();
  private final Vertx vertx = Vertx.vertx();

  @TempDir Path folder;

  private TimeStampAuthority authority;
  private TimeStamper stamper;
  private TimeStampCheck check;
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    authority = TimeStampAuthority.open(folder, NOON, random);
    stamper = new TimeStamper(authority, random);
    check = TimeStampCheck.trusting(authority.anchor());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
    vertx.closeAndAwait();
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

  private TimeStampToken stamp(Function<byte[], byte[]> answers) {
    server.createContext(
        "/",
        exchange -> {
          byte[] body = answers.apply(exchange.getRequestBody().readAllBytes());
          exchange.getResponseHeaders().add("Content-Type", "application/timestamp-reply");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    return new TimeStampService(WebClient.create(vertx), address, check, () -> NOON, random)
        .stamp(ROOT)
        .await()
        .atMost(Duration.ofSeconds(30));
  }
}
