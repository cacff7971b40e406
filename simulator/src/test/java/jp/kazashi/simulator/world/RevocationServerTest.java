package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RevocationServerTest {
  private static final byte[] REQUEST = {0x30, (byte) 0xFB, (byte) 0xEF, (byte) 0xFF, 0};
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static Vertx vertx;
  private static URI address;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    RevocationServer server =
        new RevocationServer(
            vertx,
            request -> {
              if (request.length == 1) {
                throw new IllegalStateException("a fault");
              }
              byte[] answer = new byte[request.length + 1];
              System.arraycopy(request, 0, answer, 1, request.length);
              return answer;
            });
    int port = server.listen(0).toCompletionStage().toCompletableFuture().get().actualPort();
    address = URI.create("http://127.0.0.1:" + port + "/ocsp/");
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aPostedRequestIsAnsweredInItsOwnMediaType() throws Exception {
    HttpResponse<byte[]> answer = post(REQUEST);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/ocsp-response");
    assertThat(answer.body()).hasSize(REQUEST.length + 1).endsWith(REQUEST);
  }

  @Test
  void aRequestInThePathIsAnsweredTheSame() throws Exception {
    String path =
        URLEncoder.encode(Base64.getEncoder().encodeToString(REQUEST), StandardCharsets.UTF_8);
    HttpResponse<byte[]> answer =
        HTTP.send(
            HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofByteArray());
    assertThat(answer.body()).isEqualTo(post(REQUEST).body());
  }

  @Test
  void whatIsNoRequestIsRefusedAndAFaultIsAFault() throws Exception {
    HttpResponse<byte[]> refused =
        HTTP.send(
            HttpRequest.newBuilder(address.resolve("not*base64")).build(),
            BodyHandlers.ofByteArray());
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(post(new byte[1]).statusCode()).isEqualTo(500);
    assertThat(post(new byte[64 * 1024]).statusCode()).isEqualTo(413);
  }

  private static HttpResponse<byte[]> post(byte[] body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/ocsp-request")
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }
}
