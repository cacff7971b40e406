package jp.kazashi.load.ocsp;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.Freshness;
import jp.kazashi.jpki.revocation.OcspJudge;
import jp.kazashi.jpki.revocation.OcspQuestion;
import jp.kazashi.jpki.revocation.ResponderRules;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationStatus;
import jp.kazashi.simulator.pki.CertificateOrder;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.KeyPairs;
import jp.kazashi.simulator.pki.RsaSignature;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.pki.TimeStampAuthority;
import jp.kazashi.simulator.world.JpkiServer;

/** The simulated responder in this process, asked over HTTP, with what its own threads spend. */
final class AskedResponder implements AutoCloseable {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  // Nobody else here uses Vert.x.
  private static final String ITS_THREADS = "vert.x-";
  private static final int CARDS = 1000;
  private static final double NANOSECONDS = 1e9;

  private final Vertx vertx;
  private final URI address;
  private final PrivateKey key;
  private final List<Link> cards;
  private final InstantSource clock;
  private final SecureRandom random;

  private AskedResponder(
      Vertx vertx,
      URI address,
      PrivateKey key,
      List<Link> cards,
      InstantSource clock,
      SecureRandom random) {
    this.vertx = vertx;
    this.address = address;
    this.key = key;
    this.cards = cards;
    this.clock = clock;
    this.random = random;
  }

  /** Whether each answer must be signed for itself, or one serves for a minute. */
  enum Nonce {
    WITH,
    WITHOUT;

    String words() {
      return this == WITH ? "with nonce" : "without nonce";
    }
  }

  /** How many, and how many in a second of one core's time. */
  record Measured(long count, double perSecond) {
    static Measured of(long count, long nanoseconds) {
      return new Measured(count, count * NANOSECONDS / nanoseconds);
    }
  }

  static AskedResponder start(Path folder, InstantSource clock)
      throws IOException, InterruptedException, ExecutionException {
    SecureRandom random = new SecureRandom();
    int port = freePort();
    URI address = URI.create("http://127.0.0.1:" + port + "/ocsp");
    SimulatedJpki jpki =
        SimulatedJpki.open(folder.resolve("jpki"), clock.instant(), address, random);
    Vertx vertx = Vertx.vertx();
    new JpkiServer(
            vertx,
            jpki,
            TimeStampAuthority.open(folder.resolve("tsa"), clock.instant(), random),
            folder.resolve("crl-number"),
            clock,
            random)
        .listen(port)
        .toCompletionStage()
        .toCompletableFuture()
        .get();
    PrivateKey key = jpki.authority(Issuer.AUTHENTICATION_3).responderKey();
    return new AskedResponder(
        vertx, address, key, cards(jpki, clock.instant(), random), clock, random);
  }

  private static List<Link> cards(SimulatedJpki jpki, Instant now, SecureRandom random)
      throws IOException {
    TrustAnchors anchors = TrustAnchors.fromPem(Files.readString(jpki.anchors()));
    KeyPair holder = KeyPairs.rsa2048(random);
    LocalDate lastDay = LocalDate.ofInstant(now, ZoneId.of("Asia/Tokyo")).plusYears(2);
    List<Link> cards = new ArrayList<>();
    for (int i = 0; i < CARDS; i++) {
      byte[] der =
          jpki.issue(
                  CertificateOrder.of(
                      Issuer.AUTHENTICATION_3,
                      holder.getPublic(),
                      now.minus(Duration.ofHours(1)),
                      lastDay))
              .der();
      cards.add(Link.claimedBy(new UntrustedCertificate(der), anchors).orElseThrow());
    }
    return List.copyOf(cards);
  }

  /** The floor: the delegate's signature over as many octets as an answer has, and nothing else. */
  Measured signing(int seconds) {
    byte[] answer = new byte[512];
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    long spent = THREADS.getCurrentThreadCpuTime();
    long count = 0;
    while (System.nanoTime() < end) {
      answer[0] = RsaSignature.over(answer, key).getBytes()[0];
      count++;
    }
    return Measured.of(count, THREADS.getCurrentThreadCpuTime() - spent);
  }

  /** Asks from many connections for a while. */
  Measured asked(Nonce nonce, int connections, int seconds)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    long spent = spent();
    long count = 0;
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService askers = Executors.newFixedThreadPool(connections)) {
      List<Future<Long>> asking = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int first = i * (CARDS / connections);
        asking.add(askers.submit(() -> ask(http, nonce, first, end)));
      }
      for (Future<Long> asked : asking) {
        count += asked.get();
      }
    }
    return Measured.of(count, spent() - spent);
  }

  private long ask(HttpClient http, Nonce nonce, int first, long end)
      throws IOException, InterruptedException {
    long count = 0;
    while (System.nanoTime() < end) {
      ask(http, nonce, cards.get((int) ((first + count) % CARDS)));
      count++;
    }
    return count;
  }

  private void ask(HttpClient http, Nonce nonce, Link card)
      throws IOException, InterruptedException {
    OcspQuestion question =
        new OcspQuestion(
            card.id(HashAlgorithm.SHA256),
            nonce == Nonce.WITH ? Optional.of(freshNonce()) : Optional.empty());
    byte[] body =
        http.send(
                HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/ocsp-request")
                    .POST(BodyPublishers.ofByteArray(question.bytes()))
                    .build(),
                BodyHandlers.ofByteArray())
            .body();
    Instant now = clock.instant();
    OcspAnswer answer = new OcspAnswer(Octets.of(body), address, now, question.nonce());
    RevocationStatus status = judge(nonce).judge(answer, card, now);
    if (!(status instanceof RevocationStatus.Good)) {
      throw new IllegalStateException("What is counted must be a good answer: " + status);
    }
  }

  private OcspJudge judge(Nonce nonce) {
    return new OcspJudge(
        Freshness.ordinary(), new ResponderRules(nonce == Nonce.WITH ? Set.of() : Set.of(address)));
  }

  private Octets freshNonce() {
    byte[] nonce = new byte[OcspQuestion.NONCE_OCTETS];
    random.nextBytes(nonce);
    return Octets.of(nonce);
  }

  /** What the responder's threads have had of any core so far. */
  private static long spent() {
    long spent = 0;
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith(ITS_THREADS)) {
        spent += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return spent;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  // Certificates name the port before it is listened on.
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
