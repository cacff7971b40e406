package jp.kazashi.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import jp.kazashi.consent.pages.KioskSetup;
import jp.kazashi.reader.face.Calibration;
import jp.kazashi.reader.face.FacePolicy;
import jp.kazashi.reader.face.Terms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderSettingsTest {

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private final Properties properties = new Properties();

  @BeforeEach
  void aSimulatedWorld() throws IOException {
    String file = Files.createFile(folder.resolve("file")).toString();
    environment.put("KAZASHI_GATEWAY_URL", "https://127.0.0.1:8440");
    environment.put("KAZASHI_GATEWAY_CA", file);
    environment.put("KAZASHI_READER_KEYSTORE", file);
    environment.put("KAZASHI_READER_PASSWORD", "secret-1");
    environment.put("KAZASHI_WORLD_SIMULATED", "true");
    environment.put("KAZASHI_CARD_PROVIDER", file);
    environment.put("KAZASHI_CONTROL_URL", "http://127.0.0.1:8444");
    environment.put("KAZASHI_CONTROL_TOKEN", "secret-2");
  }

  @Test
  void simulatedWorldReadsItsKioskReaderUnlessToldOtherwise() throws BadSettings {
    environment.put("KAZASHI_WORLD_OFFSET_MILLIS", "-5000");

    ReaderSettings settings = read();

    assertThat(settings.cardReader()).contains("Kiosk");
    assertThat(settings.kioskPort()).isEqualTo(8442);
    assertThat(settings.desk().port()).isEqualTo(8443);
    assertThat(settings.desk().address().getHostAddress()).isEqualTo("127.0.0.1");
    assertThat(settings.desk().key()).isEmpty();
    assertThat(settings.world().orElseThrow().offset()).isEqualTo(Duration.ofSeconds(-5));
    assertThat(settings.tied()).isFalse();
  }

  @Test
  void facesAreScriptedUnlessTheyAreAskedToBeReal() throws BadSettings {
    assertThat(read().world().orElseThrow().face()).isEmpty();

    environment.put("KAZASHI_FACE", "real");
    assertRefused("KAZASHI_FACE_MODELS");
    environment.put("KAZASHI_FACE_MODELS", folder.toString());
    assertRefused("KAZASHI_FACE_CAMERA");
    environment.put("KAZASHI_FACE_CAMERA", "0");
    environment.put("KAZASHI_FACE_PROFILE", "strict");

    ReaderSettings.RealFace face = read().world().orElseThrow().face().orElseThrow();
    assertThat(face.camera()).isEqualTo("0");
    assertThat(face.terms().embedder()).isEqualTo(Terms.USUAL_EMBEDDER);
    assertThat(face.terms().policy())
        .isEqualTo(FacePolicy.atTerminal(Calibration.Profile.STRICT, FacePolicy.Liveness.PASSIVE));
    environment.put("KAZASHI_FACE_FRAMES", "5");
    assertThat(read().world().orElseThrow().face().orElseThrow().terms().policy().frames())
        .isEqualTo(5);
    environment.put("KAZASHI_FACE_FRAMES", "2");
    assertRefused("KAZASHI_FACE_FRAMES");
  }

  @Test
  void issuersOfCardsAreKnownOnlyWhereTheyAreNamed() throws Exception {
    assertThat(read().world().orElseThrow().cardIssuers().areKnown()).isFalse();

    Path keys = folder.resolve("issuers.pem");
    environment.put("KAZASHI_CARD_ISSUERS", keys.toString());
    assertRefused("KAZASHI_CARD_ISSUERS");
    Files.writeString(keys, "no key");
    assertRefused("KAZASHI_CARD_ISSUERS");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2_048);
    byte[] key = generator.generateKeyPair().getPublic().getEncoded();
    String pem = Base64.getMimeEncoder().encodeToString(key);
    Files.writeString(keys, "-----BEGIN PUBLIC KEY-----\n" + pem + "\n-----END PUBLIC KEY-----\n");

    assertThat(read().world().orElseThrow().cardIssuers().areKnown()).isTrue();
  }

  @Test
  void livenessCannotBeSwitchedOff() {
    environment.put("KAZASHI_FACE", "real");
    environment.put("KAZASHI_FACE_MODELS", folder.toString());
    environment.put("KAZASHI_FACE_CAMERA", "0");
    environment.put("KAZASHI_FACE_LIVENESS", "not_judged");

    assertRefused("KAZASHI_FACE_LIVENESS");
  }

  @Test
  void realTerminalTakesTheFirstReaderOfTheMachine() throws BadSettings {
    makeReal();

    assertThat(read().cardReader()).isEmpty();
    assertThat(read().world()).isEmpty();
  }

  @Test
  void realTerminalDoesNotLoadAVirtualCard() {
    environment.remove("KAZASHI_WORLD_SIMULATED");

    assertRefused("KAZASHI_CARD_PROVIDER");
  }

  @Test
  void realClockIsNotMoved() {
    makeReal();
    environment.put("KAZASHI_WORLD_OFFSET_MILLIS", "1");

    assertRefused("KAZASHI_WORLD_OFFSET_MILLIS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KAZASHI_GATEWAY_URL",
        "KAZASHI_GATEWAY_CA",
        "KAZASHI_READER_KEYSTORE",
        "KAZASHI_READER_PASSWORD",
        "KAZASHI_CARD_PROVIDER",
        "KAZASHI_CONTROL_URL",
        "KAZASHI_CONTROL_TOKEN"
      })
  void whatIsMissingIsNamedInOneLine(String name) {
    environment.remove(name);

    assertRefused(name);
  }

  @ParameterizedTest
  @CsvSource({
    "KAZASHI_GATEWAY_URL, http://127.0.0.1:8440",
    "KAZASHI_GATEWAY_URL, not an address",
    "KAZASHI_GATEWAY_CA, /nowhere/ca.pem",
    "KAZASHI_KIOSK_PORT, eight",
    "KAZASHI_DESK_PORT, 65536",
    "KAZASHI_DESK_ADDRESS, desk.clinic.example",
    "KAZASHI_DESK_ADDRESS, 192.0.2.300",
    "KAZASHI_WORLD_SIMULATED, maybe",
    "KAZASHI_WORLD_OFFSET_MILLIS, 1.5",
    "KAZASHI_TIED, 1"
  })
  void whatCannotBeUsedIsNamedInOneLine(String name, String value) {
    environment.put(name, value);

    assertRefused(name);
  }

  @Test
  void deskHasAKeyOfItsOwnOrNone() throws BadSettings {
    assertThat(read().viewer()).isEmpty();

    environment.put("KAZASHI_VIEWER_KEYSTORE", environment.get("KAZASHI_GATEWAY_CA"));
    assertRefused("KAZASHI_VIEWER_PASSWORD");

    environment.put("KAZASHI_VIEWER_PASSWORD", "secret-3");
    assertThat(read().viewer().orElseThrow().password()).isEqualTo("secret-3");
    assertThat(read().viewer().toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.0.2.7", "::", "2001:db8::7"})
  void beyondThisMachineTheDeskIsOpenedOverTlsOnly(String address) throws BadSettings {
    environment.put("KAZASHI_DESK_ADDRESS", address);
    assertRefused("KAZASHI_DESK_ADDRESS");

    environment.put("KAZASHI_DESK_KEYSTORE", environment.get("KAZASHI_GATEWAY_CA"));
    assertRefused("KAZASHI_DESK_PASSWORD");

    environment.put("KAZASHI_DESK_PASSWORD", "secret-4");
    assertThat(read().desk().key().orElseThrow().password()).isEqualTo("secret-4");
    assertThat(read().desk().toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.5", "::1"})
  void onThisMachineTheDeskNeedsNoKey(String address) throws BadSettings {
    environment.put("KAZASHI_DESK_ADDRESS", address);

    assertThat(read().desk().key()).isEmpty();
  }

  @Test
  void systemPropertyGoesBeforeTheEnvironment() throws BadSettings {
    properties.setProperty("kazashi.kiosk.port", "9000");
    environment.put("KAZASHI_KIOSK_PORT", "9001");

    assertThat(read().kioskPort()).isEqualTo(9000);
  }

  @Test
  void kioskSpeaksWhereItsOperatorSays() throws BadSettings {
    assertThat(read().kioskVoice()).isEqualTo(KioskSetup.Loudness.LOUDSPEAKER);

    environment.put("KAZASHI_KIOSK_VOICE", "headphones");
    assertThat(read().kioskVoice()).isEqualTo(KioskSetup.Loudness.HEADPHONES);

    environment.put("KAZASHI_KIOSK_VOICE", "louder");
    assertRefused("KAZASHI_KIOSK_VOICE");
  }

  @Test
  void secretsAreNotPrinted() throws BadSettings {
    assertThat(read() + " " + read().world()).doesNotContain("secret");
  }

  private void makeReal() {
    environment.remove("KAZASHI_WORLD_SIMULATED");
    environment.remove("KAZASHI_CARD_PROVIDER");
  }

  private ReaderSettings read() throws BadSettings {
    return ReaderSettings.read(environment, properties);
  }

  private void assertRefused(String name) {
    assertThatThrownBy(this::read)
        .isInstanceOf(BadSettings.class)
        .hasMessageStartingWith(name)
        .message()
        .doesNotContain("\n", "secret");
  }
}
