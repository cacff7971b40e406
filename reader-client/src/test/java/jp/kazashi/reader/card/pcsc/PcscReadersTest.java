package jp.kazashi.reader.card.pcsc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.myna.MynaCard;
import jp.kazashi.reader.myna.PinEntry;
import jp.kazashi.reader.myna.Proving;
import jp.kazashi.reader.myna.Recognition;
import jp.kazashi.reader.myna.TestCards;
import jp.kazashi.simulator.card.VirtualCard;
import jp.kazashi.simulator.terminal.TerminalServer;
import jp.kazashi.simulator.terminal.VirtualReader;
import jp.kazashi.simulator.terminal.VirtualReaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader as it runs in a simulated world: provider from a jar of its own, over a socket. */
class PcscReadersTest {

  private static final String TOKEN = "token-of-this-test";
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir static Path folder;

  private final VirtualCard hanako = TestCards.card("hanako");
  private final VirtualReaders virtual = new VirtualReaders();
  private final VirtualReader kiosk = virtual.reader("Kiosk").orElseThrow();
  private Vertx vertx;
  private int port;

  @BeforeEach
  void start() throws Exception {
    serve(0);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
    virtual.close();
  }

  @Test
  void providerFromAJarOfItsOwnServesAWholeProof() throws Exception {
    kiosk.insert(hanako);
    CardPort reader = readers().reader("Kiosk");
    assertThat(reader.isCardPresent()).isTrue();
    try (CardSession session = ((CardOpening.Opened) reader.open()).session();
        PinEntry pin = PinEntry.taking("1234".getBytes(StandardCharsets.US_ASCII))) {
      var card = ((Recognition.Recognised) MynaCard.recognise(session)).card();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(new byte[] {1});
      assertThat(card.prove(pin, hash)).isInstanceOf(Proving.Signed.class);
    }
  }

  @Test
  void readersAreNamed() throws Exception {
    assertThat(readers().names()).containsExactly("Kiosk", "Phone");
    assertThat(readers().reader("Kiosk").name()).isEqualTo("Kiosk");
  }

  @Test
  void firstReaderIsTheOneThatIsListedFirst() throws Exception {
    CardPort first = readers().firstReader();
    assertThat(first.isCardPresent()).isFalse();
    assertThat(first.name()).isEqualTo("Kiosk");
  }

  @Test
  void insertionAndRemovalEndTheirWaits() throws Exception {
    CardPort reader = readers().reader("Kiosk");
    Future<Boolean> insertion = inAnotherThread(() -> reader.awaitInsertion(LONG));
    kiosk.insert(hanako);
    assertThat(insertion.get(10, SECONDS)).isTrue();
    Future<Boolean> removal = inAnotherThread(() -> reader.awaitRemoval(LONG));
    kiosk.remove();
    assertThat(removal.get(10, SECONDS)).isTrue();
  }

  @Test
  void waitsEndAtTheirLimit() throws Exception {
    CardPort reader = readers().reader("Kiosk");
    assertThat(reader.awaitInsertion(Duration.ofMillis(1))).isFalse();
    kiosk.insert(hanako);
    assertThat(reader.awaitRemoval(Duration.ofMillis(1))).isFalse();
    assertThat(reader.awaitInsertion(Duration.ZERO)).isTrue();
  }

  @Test
  void interruptEndsAWait() throws Exception {
    CardPort reader = readers().reader("Kiosk");
    CompletableFuture<Boolean> flagged = new CompletableFuture<>();
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              boolean seen = reader.awaitInsertion(Duration.ofHours(1));
              flagged.complete(!seen && Thread.currentThread().isInterrupted());
            });
    waiting.interrupt();
    assertThat(flagged.get(10, SECONDS)).isTrue();
  }

  @Test
  void emptyReaderHasNoCard() throws Exception {
    assertThat(readers().reader("Kiosk").open()).isEqualTo(new CardOpening.NoCard());
  }

  @Test
  void missingReaderIsATroubleThatNamesIt() throws Exception {
    CardPort missing = readers().reader("Window 7");
    assertThat(missing.isCardPresent()).isFalse();
    assertThat(missing.awaitRemoval(LONG)).isTrue();
    assertThat(missing.open())
        .isEqualTo(new CardOpening.ReaderTrouble("No reader is named 'Window 7'."));
  }

  @Test
  void readerThatVanishesIsATroubleAndNoException() throws Exception {
    String name = virtual.openHeadless(hanako).name();
    CardPort reader = readers().reader(name);
    assertThat(reader.isCardPresent()).isTrue();
    assertThat(virtual.closeHeadless(name)).isTrue();
    assertThat(reader.open()).isInstanceOf(CardOpening.ReaderTrouble.class);
    assertThat(reader.isCardPresent()).isFalse();
  }

  @Test
  void simulatorThatRestartsIsFoundAgainByItself() throws Exception {
    kiosk.insert(hanako);
    CardPort reader = readers().reader("Kiosk");
    var opened = (CardOpening.Opened) reader.open();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
    assertThat(reader.open()).isInstanceOf(CardOpening.ReaderTrouble.class);
    assertThat(reader.isCardPresent()).isFalse();
    assertThat(MynaCard.recognise(opened.session())).isInstanceOf(Recognition.Trouble.class);
    opened.session().close();

    Future<Boolean> waiting = inAnotherThread(() -> reader.awaitInsertion(LONG));
    serve(port);
    assertThat(waiting.get(20, SECONDS)).isTrue();
    assertThat(reader.open()).isInstanceOf(CardOpening.Opened.class);
  }

  @Test
  void machineWithoutServiceOrReaderIsATroubleAndNoException() {
    PcscReaders system = PcscReaders.system();
    assertThat(system.names()).doesNotContain("Kiosk", "Phone");
    assertThat(system.reader("No such reader").isCardPresent()).isFalse();
    assertThat(system.reader("No such reader").open())
        .isInstanceOf(CardOpening.ReaderTrouble.class);
  }

  @Test
  void jarThatIsNotThereOrNoProviderIsToldAtTheStart() throws Exception {
    URI control = control();
    Path missing = folder.resolve("missing.jar");
    assertThatThrownBy(() -> PcscReaders.virtual(missing, control, TOKEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing.jar");
    Path other = folder.resolve("other.jar");
    new JarOutputStream(Files.newOutputStream(other)).close();
    assertThatThrownBy(() -> PcscReaders.virtual(other, control, TOKEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other.jar");
  }

  private PcscReaders readers() throws Exception {
    return PcscReaders.virtual(providerJar(), control(), TOKEN);
  }

  private URI control() {
    return URI.create("http://127.0.0.1:" + port);
  }

  private void serve(int wanted) throws Exception {
    vertx = Vertx.vertx();
    TerminalServer terminals = new TerminalServer(virtual, TOKEN);
    port =
        vertx
            .createHttpServer()
            .requestHandler(terminals::accept)
            .listen(wanted, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, SECONDS)
            .actualPort();
  }

  /** Holds the terminal package alone, which shows that the provider needs nothing else. */
  private static Path providerJar() throws Exception {
    Path jar = folder.resolve("provider.jar");
    if (Files.exists(jar)) {
      return jar;
    }
    Path built =
        Path.of(TerminalServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isRegularFile(built)) {
      return built;
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(built.resolve("jp/kazashi/simulator/terminal"))) {
      List<Path> classes = files.filter(Files::isRegularFile).toList();
      for (Path file : classes) {
        copy(built, file, out);
      }
    }
    return jar;
  }

  private static void copy(Path root, Path file, JarOutputStream jar) throws IOException {
    jar.putNextEntry(new JarEntry(root.relativize(file).toString()));
    Files.copy(file, jar);
    jar.closeEntry();
  }

  private static <T> Future<T> inAnotherThread(Supplier<T> work) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> outcome.complete(work.get()));
    return outcome;
  }
}
