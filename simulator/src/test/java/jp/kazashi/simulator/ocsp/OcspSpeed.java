package jp.kazashi.simulator.ocsp;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import jp.kazashi.simulator.pki.TestJpki;
import jp.kazashi.simulator.world.RunningJpki;
import org.bouncycastle.cert.ocsp.CertificateID;

/**
 * Prints how many answers a second the responder gives, in its own thread and over HTTP, with and
 * without nonce. Not a test: speeds are measured by hand, on a quiet machine; asking costs as much
 * again, on the same cores.
 */
public final class OcspSpeed {
  private static final int CONNECTIONS = 32;
  private static final int SECONDS = 3;

  private OcspSpeed() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("ocsp-speed");
    Vertx vertx = Vertx.vertx();
    try (RunningJpki running = RunningJpki.in(folder)) {
      CertificateID id = OcspQuestions.id(running.jpki(), running.card().number());
      byte[] plain = OcspQuestions.plain(id);
      byte[] withNonce = OcspQuestions.withNonce(new byte[32], id);
      OcspResponder responder = new OcspResponder(running.jpki());
      for (int round = 0; round < 2; round++) {
        inThread("signed anew, one thread", responder, withNonce);
        inThread("signed a moment ago, one thread", responder, plain);
        overHttp(vertx, "over HTTP with nonce", running.jpki().addresses().ocsp(), withNonce);
        overHttp(vertx, "over HTTP without nonce", running.jpki().addresses().ocsp(), plain);
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static void inThread(String what, OcspResponder responder, byte[] question) {
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    int answers = 0;
    while (System.nanoTime() < end) {
      responder.respond(question, TestJpki.NOW);
      answers++;
    }
    System.out.printf("%-34s %,9d answers/s%n", what, answers / SECONDS);
  }

  private static void overHttp(Vertx vertx, String what, URI address, byte[] question)
      throws InterruptedException {
    HttpClient http = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(CONNECTIONS));
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    AtomicInteger answers = new AtomicInteger();
    AtomicInteger failures = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(CONNECTIONS);
    for (int i = 0; i < CONNECTIONS; i++) {
      ask(http, address, Buffer.buffer(question), end, answers, failures, done);
    }
    done.await();
    System.out.printf(
        "%-34s %,9d answers/s, %d failures%n", what, answers.get() / SECONDS, failures.get());
    http.close();
  }

  private static void ask(
      HttpClient http,
      URI address,
      Buffer question,
      long end,
      AtomicInteger answers,
      AtomicInteger failures,
      CountDownLatch done) {
    if (System.nanoTime() > end) {
      done.countDown();
      return;
    }
    http.request(HttpMethod.POST, address.getPort(), address.getHost(), address.getPath())
        .compose(
            request -> request.putHeader("Content-Type", "application/ocsp-request").send(question))
        .compose(response -> response.body())
        .onComplete(body -> {
          (body.succeeded() && body.result().length() > 1000 ? answers : failures)
              .incrementAndGet();
          ask(http, address, question, end, answers, failures, done);
        });
  }
}
