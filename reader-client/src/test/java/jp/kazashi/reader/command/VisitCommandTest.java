package jp.kazashi.reader.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jp.kazashi.reader.ReaderCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class VisitCommandTest {

  private static final String ANSWERED =
      """
      {"checkId": "c-1", "outcome": "ANSWERED",
       "certificate": {"phase": "NORMAL", "expiresAt": "2029-01-01T14:59:59.000Z"},
       "qualification": {"validityCode": 1, "name": "架空 花子", "birthDate": "1985-04-02"},
       "offeredConsents": ["medication"], "consents": ["medication"],
       "consentsUntil": "2026-12-02T00:00:00.000Z", "notices": [],
       "receipt": {"chain": "node-1/1", "number": 7}, "machineMillis": 120}
      """;

  @TempDir Path home;

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer parts;
  private volatile int openStatus = 201;
  private volatile String openAnswer = "{\"reader\": \"Headless-7\"}";
  private volatile int visitStatus = 200;
  private volatile String visitAnswer = ANSWERED;

  @BeforeEach
  void start() throws IOException {
    parts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    parts.createContext("/readers/headless", call -> answer(call, openStatus, openAnswer));
    parts.createContext("/readers/Headless-7", call -> answer(call, 204, ""));
    parts.createContext("/world/visits", call -> answer(call, visitStatus, visitAnswer));
    parts.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    parts.start();
    String address = "http://127.0.0.1:" + parts.getAddress().getPort();
    Files.writeString(
        home.resolve("world.json"),
        """
        {"version": 1, "addresses": {"simulator": "%1$s", "kiosk": "%1$s"}, "control": "token-1",
         "staff": [{"login": "uketsuke", "name": "受付", "role": "CLERK", "password": "pw-1"}]}
        """
            .formatted(address));
    System.setProperty("kazashi.home", home.toString());
  }

  @AfterEach
  void stop() {
    System.clearProperty("kazashi.home");
    parts.stop(0);
  }

  @Test
  void visitIsCarriedOutOnAReaderOfItsOwnWhichIsClosedAfterwards() {
    int exit = run("--card", "hanako", "--pin", "4321", "--consent", "medication, care");

    assertThat(exit).isZero();
    assertThat(calls)
        .containsExactly(
            "POST /readers/headless Bearer token-1 {\"name\":\"hanako\"}",
            "POST /world/visits Bearer token-1 {\"method\":\"PIN\",\"pin\":\"4321\","
                + "\"register\":false,\"consent\":[\"medication\",\"care\"],"
                + "\"reader\":\"Headless-7\"}",
            "DELETE /readers/Headless-7 Bearer token-1 ");
  }

  @Test
  void bySightTheFirstDemoAccountConfirms() {
    assertThat(run("--card", "goro", "--method", "staff")).isZero();

    assertThat(calls.get(1))
        .contains(
            "\"method\":\"STAFF\"", "\"staff\":{\"login\":\"uketsuke\",\"password\":\"pw-1\"}");
  }

  @Test
  void jsonIsPrintedWholeAndAlone() {
    assertThat(run("--card", "hanako", "--consent", "all", "--json")).isZero();

    assertThat(out.toString()).startsWith("{").contains("\"machineMillis\" : 120");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void textTellsAnAnswerInAFewLines() {
    assertThat(run("--card", "hanako")).isZero();

    assertThat(out.toString())
        .contains("ANSWERED", "架空 花子", "medication, until 2026-12-02", "node-1/1 #7");
  }

  @ParameterizedTest
  @CsvSource({
    "CERTIFICATE_REVOKED, 3",
    "WRONG_PIN, 3",
    "CARD_REMOVED, 3",
    "GATEWAY_UNREACHABLE, 1",
    "READER_TROUBLE, 1"
  })
  void refusalIsOneLineWithTheNextStep(String reason, int exit) {
    visitAnswer = refused(reason);

    assertThat(run("--card", "shiro")).isEqualTo(exit);
    assertThat(err.toString().strip())
        .isEqualTo(reason + ": It did not work. Next: Do something else.");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void unknownCardIsSaidInTheSimulatorsWords() {
    openStatus = 404;
    openAnswer = "{\"error\": \"No card is named 'x'. Cards: hanako, taro\"}";

    assertThat(run("--card", "x")).isEqualTo(1);
    assertThat(err.toString().strip()).isEqualTo("No card is named 'x'. Cards: hanako, taro");
  }

  @Test
  void readerIsClosedWhenTheVisitBreaks() {
    visitStatus = 500;
    visitAnswer = "{\"error\": \"The visit broke: x\"}";

    assertThat(run("--card", "hanako")).isEqualTo(1);
    assertThat(err.toString().strip()).isEqualTo("The visit broke: x");
    assertThat(calls).last().asString().startsWith("DELETE /readers/Headless-7");
  }

  @Test
  void withoutAWorldTheNextStepIsSaid() throws IOException {
    Files.delete(home.resolve("world.json"));

    assertThat(run("--card", "hanako")).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("No world is running. Start one with: ./kazashi up");
  }

  @Test
  void worldFileThatACrashLeftBehindIsNoWorld() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    parts.stop(0);
    String file = Files.readString(home.resolve("world.json"));
    Files.writeString(
        home.resolve("world.json"),
        file.replaceFirst("\\{", "{\"processes\": {\"supervisor\": %d}, ".formatted(ended.pid())));

    assertThat(run("--card", "hanako")).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("No world is running. Start one with: ./kazashi up");
    err.getBuffer().setLength(0);
    assertThat(command("card", "read", "--reader", "No such reader")).isEqualTo(1);
    assertThat(err.toString()).as("a reader of this machine is asked for").contains("self-test");
  }

  @Test
  void readerIsClosedWhenTheVisitIsInterrupted() throws Exception {
    CountDownLatch visiting = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    parts.removeContext("/world/visits");
    parts.createContext(
        "/world/visits",
        call -> {
          visiting.countDown();
          await(held);
        });
    Process visit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dkazashi.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                ReaderCommand.class.getName(),
                "visit",
                "--card",
                "hanako")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("visit.log").toFile())
            .start();
    try {
      assertThat(visiting.await(30, TimeUnit.SECONDS)).isTrue();

      visit.destroy(); // as Ctrl-C does

      assertThat(visit.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(calls).last().asString().startsWith("DELETE /readers/Headless-7");
    } finally {
      visit.destroyForcibly();
      held.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"version\": 1, \"addr", "[]", "{\"addresses\": {}}"})
  void halfAWorldFileIsSaidInOneLine(String text) throws IOException {
    Files.writeString(home.resolve("world.json"), text);

    assertThat(run("--card", "hanako")).isEqualTo(1);
    assertThat(err.toString().strip()).contains("./kazashi down").doesNotContain("\n");
  }

  @Test
  void worldWhoseSimulatorIsAwayIsSaidInOneLine() {
    parts.stop(0);

    assertThat(run("--card", "hanako")).isEqualTo(1);
    assertThat(err.toString().strip())
        .startsWith("The simulator does not answer")
        .endsWith("./kazashi status");
  }

  @ParameterizedTest
  @ValueSource(strings = {"face", "staff"})
  void methodGoesToTheReaderWhichSaysWhetherItCanDoThat(String method) {
    run("--card", "hanako", "--method", method);

    assertThat(calls).anyMatch(call -> call.contains(method.toUpperCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @CsvSource({
    "--pin, 12",
    "--pin, abcd",
    "--consent, horoscope",
    "--register, perhaps",
    "--method, smell",
    "--colour, blue"
  })
  void whatMakesNoSenseIsSaidInOneLine(String option, String value) {
    assertThat(run("--card", "hanako", option, value)).isEqualTo(1);
    assertThat(err.toString().strip()).isNotEmpty().doesNotContain("\n", "abcd", "Exception");
    assertThat(calls).isEmpty();
  }

  @Test
  void cardMustBeNamed() {
    assertThat(run()).isEqualTo(1);
    assertThat(err.toString()).contains("--card", "kazashi visit --help").hasLineCount(1);
  }

  @Test
  void helpTellsOptionsAndExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("--card", "--consent", "3   refused");
  }

  private int run(String... arguments) {
    String[] whole = new String[arguments.length + 1];
    whole[0] = "visit";
    System.arraycopy(arguments, 0, whole, 1, arguments.length);
    return command(whole);
  }

  private int command(String... whole) {
    return ReaderCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), whole);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange call, int status, String body) throws IOException {
    calls.add(
        "%s %s %s %s"
            .formatted(
                call.getRequestMethod(),
                call.getRequestURI(),
                call.getRequestHeaders().getFirst("Authorization"),
                new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    call.getResponseBody().write(bytes);
    call.close();
  }

  private static String refused(String reason) {
    return """
    {"checkId": null, "outcome": "REFUSED", "reason": "%s",
     "patient": {"ja": "あ", "en": "It did not work."},
     "nextStep": {"ja": "い", "en": "Do something else."}}
    """
        .formatted(reason);
  }
}
