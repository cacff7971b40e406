package jp.kazashi.reader.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jp.kazashi.reader.link.FaceCalibration;
import jp.kazashi.reader.myna.PortraitReading;
import jp.kazashi.reader.visit.FaceCheck.Verdict;
import jp.kazashi.reader.visit.FaceCheck.Verdict.Unconfirmed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands for camera and face in a simulated world. */
@Timeout(60)
class SimulatorFaceTest {

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer simulator;
  private volatile int status = 200;
  private volatile String body = "{\"number\":\"53041220359753\"}";

  @BeforeEach
  void start() throws IOException {
    simulator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    simulator.createContext(
        "/",
        call -> {
          asked.add(
              call.getRequestURI().getRawPath()
                  + " "
                  + call.getRequestHeaders().getFirst("Authorization"));
          byte[] answer = body.getBytes(StandardCharsets.UTF_8);
          call.sendResponseHeaders(status, answer.length);
          call.getResponseBody().write(answer);
          call.close();
        });
    simulator.start();
  }

  @AfterEach
  void stop() {
    simulator.stop(0);
  }

  @Test
  void numberOfTheCardOnThatReaderIsScanned() {
    assertThat(scan("Headless 1").scan())
        .hasValueSatisfying(
            number -> assertThat(number).hasToString("number on the face (withheld)"));
    assertThat(asked).containsExactly("/readers/Headless%201/printed-number Bearer token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "{\"number\":\"123\"}", "{\"number\":\"5304122035975x\"}"})
  void whatIsNoSuchNumberIsNotScanned(String other) {
    body = other;

    assertThat(scan("Kiosk").scan()).isEmpty();
  }

  @Test
  void emptyReaderOrSimulatorThatIsAwayScansNothing() {
    status = 404;
    assertThat(scan("Kiosk").scan()).isEmpty();
    SimulatorFaceScan scan = scan("Kiosk");
    simulator.stop(0);
    assertThat(scan.scan()).isEmpty();
  }

  @Test
  void scriptedFaceSaysWhatWasWrittenAndWipesThePortrait() {
    byte[] portrait = {1, 2, 3};

    assertThat(new ScriptedFace(Unconfirmed.NOT_SURE).compare(read(portrait), () -> true))
        .isEqualTo(Unconfirmed.NOT_SURE);
    assertThat(portrait).containsOnly(0);
    assertThat(new ScriptedFace(ScriptedFace.MATCH).compare(read(new byte[] {1}), () -> true))
        .isEqualTo(new Verdict.Match(new FaceCalibration("scripted")));
    assertThat(new ScriptedFace(ScriptedFace.MATCH).compare(read(new byte[0]), () -> true))
        .isEqualTo(Unconfirmed.CANNOT_READ);
  }

  private static PortraitReading.Read read(byte[] portrait) {
    return new PortraitReading.Read(portrait, PortraitReading.Origin.NOT_VERIFIED);
  }

  private SimulatorFaceScan scan(String reader) {
    return new SimulatorFaceScan(
        URI.create("http://127.0.0.1:" + simulator.getAddress().getPort()), "token", reader);
  }
}
