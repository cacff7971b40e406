package jp.kazashi.reader.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kazashi.consent.desk.FrontDesk.Light;
import jp.kazashi.consent.desk.FrontDesk.Light.State;
import jp.kazashi.consent.desk.FrontDesk.Light.Subject;
import jp.kazashi.reader.link.Answers;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.LocalReason;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.TestTransport;
import jp.kazashi.reader.link.TlsIdentity;
import jp.kazashi.reader.visit.FakeGateway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelfTestTest {

  private static final Path NO_CAMERA = Path.of("/no/camera");

  private final SelfTest.Readers well =
      new SelfTest.Readers(new SelfTest.Service.Answers(), List.of("Kiosk"), Map.of());
  private final SelfTest.Faces faces = new SelfTest.Faces.NotUsed();
  private final FakeGateway gateway = new FakeGateway();

  @SuppressWarnings("NullAway.Init") // made once, before all
  private X509Certificate certificate;

  @BeforeAll
  void makeACertificate(@TempDir Path folder) throws Exception {
    certificate =
        TlsIdentity.certificate(
            new TestTransport().server(folder, "desk.clinic.example"),
            TestTransport.PASSWORD.toCharArray());
  }

  @Test
  void terminalThatHasAllItNeedsShowsOnlyGreenButForTheExchangeItDoesNotCarry() {
    Map<Subject, Light> lights = lights(test(well, faces, new SelfTest.Line.To(gateway)));

    assertThat(lights)
        .containsOnlyKeys(
            Subject.LINE,
            Subject.GATEWAY,
            Subject.CLOCK,
            Subject.CERTIFICATES,
            Subject.SERVICE,
            Subject.READER,
            Subject.CAMERA,
            Subject.FACE,
            Subject.STORE,
            Subject.EXCHANGE);
    assertThat(lights.values().stream().filter(light -> light.state() != State.GREEN))
        .extracting(Light::subject)
        .containsExactly(Subject.EXCHANGE);
  }

  @Test
  void deadLineIsRedAndWhatCannotBeSeenThroughItIsNotGuessed() {
    gateway.willChallenge(
        new GatewayReply.Refused<>(LocalReasons.load().refusal(LocalReason.GATEWAY_UNREACHABLE)));

    Map<Subject, Light> lights = lights(test(well, faces, new SelfTest.Line.To(gateway)));

    assertThat(light(lights, Subject.LINE).state()).isEqualTo(State.RED);
    assertThat(light(lights, Subject.GATEWAY).state()).isEqualTo(State.YELLOW);
    assertThat(light(lights, Subject.CLOCK).state()).isEqualTo(State.YELLOW);
  }

  @Test
  void gatewayThatRefusesIsNoDeadLine() {
    gateway.willChallenge(new GatewayReply.Refused<>(Answers.revoked()));

    Map<Subject, Light> lights = lights(test(well, faces, new SelfTest.Line.To(gateway)));

    assertThat(light(lights, Subject.LINE).state()).isEqualTo(State.GREEN);
    assertThat(light(lights, Subject.GATEWAY).state()).isEqualTo(State.RED);
    assertThat(light(lights, Subject.GATEWAY).remedy()).contains(Answers.revoked().nextStep());
  }

  @Test
  void terminalWithoutAGatewayOrWithoutItsKeysIsToldWhatToSet() {
    assertThat(remedy(new SelfTest.Line.NotConfigured())).contains("KAZASHI_GATEWAY_URL");
    assertThat(remedy(new SelfTest.Line.WithoutKeys("wrong password")))
        .contains("KAZASHI_READER_PASSWORD");
  }

  private String remedy(SelfTest.Line line) {
    Light light = light(lights(test(well, faces, line)), Subject.LINE);
    assertThat(light.state()).isEqualTo(State.RED);
    return light.remedy().orElseThrow().en();
  }

  @Test
  void clockThatIsApartIsRed() {
    gateway.willChallenge(
        new GatewayReply.Given<>(
            Answers.challenge(Answers.NOW.plusSeconds(31), Duration.ofMinutes(5))));

    Light clock = light(lights(test(well, faces, new SelfTest.Line.To(gateway))), Subject.CLOCK);

    assertThat(clock.state()).isEqualTo(State.RED);
    assertThat(clock.says().en()).contains("31 s");
  }

  @ParameterizedTest
  @CsvSource({
    "P31D, GREEN, 31",
    "P30D, YELLOW, 30",
    "P8D, YELLOW, 8",
    "P7D, RED, 7",
    "PT1H, RED, 0"
  })
  void certificateTellsTheDaysThatAreLeft(Duration left, State state, String days) {
    Instant now = certificate.getNotAfter().toInstant().minus(left);

    Light light = ofCertificate(now);

    assertThat(light.state()).isEqualTo(state);
    assertThat(light.says().en()).contains("DESK", ": " + days + ".");
  }

  @Test
  void certificateThatHasEndedIsSaidToHaveEnded() {
    Light light = ofCertificate(certificate.getNotAfter().toInstant().plusSeconds(1));

    assertThat(light.state()).isEqualTo(State.RED);
    assertThat(light.says().en()).contains("has ended");
  }

  private Light ofCertificate(Instant now) {
    SelfTest test =
        new SelfTest(
            new SelfTest.Equipment(Map.of("DESK", certificate), () -> well, NO_CAMERA, () -> faces),
            new SelfTest.Line.To(gateway),
            () -> new SelfTest.Store.Ready(0),
            new SelfTest.Clocks(() -> Answers.NOW, () -> now));
    return light(lights(test), Subject.CERTIFICATES);
  }

  @Test
  void readerThatIsIllIsNamedWithWhatItSays() {
    SelfTest.Readers ill =
        new SelfTest.Readers(
            new SelfTest.Service.Silent("The service is not running."),
            List.of("Kiosk", "Phone"),
            Map.of("Phone", "No reader is named 'Phone'."));

    Map<Subject, Light> lights = lights(test(ill, faces, new SelfTest.Line.To(gateway)));

    assertThat(light(lights, Subject.READER).state()).isEqualTo(State.RED);
    assertThat(light(lights, Subject.READER).says().en()).contains("Phone (No reader is named");
    assertThat(light(lights, Subject.SERVICE).state()).isEqualTo(State.RED);
    assertThat(light(lights, Subject.SERVICE).remedy().orElseThrow().en()).contains("pcscd");
  }

  @Test
  void cameraIsMissedOnlyWhereFacesAreCompared() {
    SelfTest.Line line = new SelfTest.Line.To(gateway);
    assertThat(camera(test(well, new SelfTest.Faces.Scripted(), line))).isEqualTo(State.GREEN);
    assertThat(camera(test(well, new SelfTest.Faces.Ready("net", "usual"), line)))
        .isEqualTo(State.YELLOW);
  }

  private static State camera(SelfTest test) {
    return light(lights(test), Subject.CAMERA).state();
  }

  private SelfTest test(SelfTest.Readers readers, SelfTest.Faces seen, SelfTest.Line line) {
    return new SelfTest(
        new SelfTest.Equipment(Map.of("READER", certificate), () -> readers, NO_CAMERA, () -> seen),
        line,
        () -> new SelfTest.Store.Ready(0),
        new SelfTest.Clocks(() -> Answers.NOW, () -> Answers.NOW));
  }

  private static Map<Subject, Light> lights(SelfTest test) {
    return test.get().stream().collect(Collectors.toMap(Light::subject, light -> light));
  }

  private static Light light(Map<Subject, Light> lights, Subject subject) {
    return Optional.ofNullable(lights.get(subject)).orElseThrow();
  }
}
