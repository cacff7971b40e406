package jp.kazashi.reader.card.pcsc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.myna.MynaCard;
import jp.kazashi.reader.myna.PinTries;
import jp.kazashi.reader.myna.Recognition;
import jp.kazashi.reader.myna.TestCards;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.PinReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A witness that knows nothing of us: OpenSC, which was written for the real card, lists the
 * virtual one, reads it, logs in to it and has it sign, and OpenSSL verifies what was signed. Runs
 * where these programs are installed and is skipped elsewhere.
 */
class OpenScWitnessTest {

  private static final List<Path> MODULES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so"),
          Path.of("/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so"));

  @TempDir static Path folder;

  private static final PinCounters COUNTERS = PinCounters.inMemory();
  private static @Nullable Pcscd pcscd;
  private static Program programs = new Program(Path.of("."));

  @BeforeAll
  static void offerTheCard() throws Exception {
    Pcscd started =
        Pcscd.prepare(
            folder, "opensc-tool", "pkcs15-tool", "pkcs11-tool", "pkcs15-crypt", "openssl");
    pcscd = started;
    programs = new Program(folder);
    started.start();
    started.offer(TestCards.everything("hanako", COUNTERS));
    CardPort reader = PcscReaders.system().reader(Pcscd.READER);
    assertThat(reader.awaitInsertion(Duration.ofSeconds(20))).isTrue();
    Files.writeString(folder.resolve("message"), "statement");
    Files.write(
        folder.resolve("hash"),
        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve("message"))));
    pem("authentication", TestCards.KEYS.getPublic().getEncoded());
    pem("signature", TestCards.OTHER.getPublic().getEncoded());
  }

  @AfterAll
  static void end() throws Exception {
    if (pcscd != null) {
      pcscd.close();
    }
  }

  @Test
  void cardIsNamedJpki() throws Exception {
    assertThat(programs.succeed("opensc-tool", "--name").strip()).endsWith("jpki");
  }

  @Test
  void bothPinsWithTheirTriesAndAllKeysAreListed() throws Exception {
    String dump = programs.succeed("pkcs15-tool", "--dump");
    assertThat(dump)
        .contains("JPKI")
        .contains("User Authentication PIN", "Digital Signature PIN")
        .contains("Tries left     : 3", "Tries left     : 5");
    assertThat(dump.split("Private RSA Key", -1)).hasSize(3);
    assertThat(dump.split("X.509 Certificate", -1)).hasSize(5);
  }

  @Test
  void certificatesAreReadAndTheSignatureOneOnlyWithItsPassword() throws Exception {
    assertThat(programs.succeed("pkcs15-tool", "--read-certificate", "01"))
        .contains(base64(TestCards.CERTIFICATE));
    assertThat(
            programs.succeed(
                "pkcs15-tool",
                "--auth-id",
                "02",
                "--pin",
                TestCards.PASSWORD,
                "--verify-pin",
                "--read-certificate",
                "02"))
        .contains(base64(TestCards.OTHER_CERTIFICATE));
  }

  @Test
  void authenticationKeySignsOverPkcs11() throws Exception {
    sign("0", "1234", "01", "first.sig");
    verified("authentication", "first.sig");
  }

  @Test
  void signatureKeySignsOverPkcs11() throws Exception {
    sign("1", TestCards.PASSWORD, "02", "second.sig");
    verified("signature", "second.sig");
  }

  @Test
  void authenticationKeySignsOverPkcs15() throws Exception {
    programs.succeed(
        "pkcs15-crypt",
        "--sign",
        "--key",
        "01",
        "--pin",
        "1234",
        "--sha-256",
        "--pkcs1",
        "--input",
        "hash",
        "--output",
        "third.sig",
        "--raw");
    verified("authentication", "third.sig");
  }

  @Test
  void wrongPasswordCostsATryAndTheRightOneGivesAllBack() throws Exception {
    PinReference password = PinReference.signature("hanako");
    Program.Output wrong =
        programs.run("pkcs15-tool", "--auth-id", "02", "--pin", "WRONG1", "--verify-pin");
    assertThat(wrong.exit()).isNotZero();
    assertThat(COUNTERS.left(password)).isEqualTo(4);
    programs.succeed("pkcs15-tool", "--auth-id", "02", "--pin", TestCards.PASSWORD, "--verify-pin");
    assertThat(COUNTERS.left(password)).isEqualTo(5);
  }

  /** 6984 is a general error to OpenSC: who is blocked is told by the card and not by it. */
  @Test
  void blockedPinIsToldByTheCardItselfWhateverOpenScMakesOfIt_13() throws Exception {
    PinReference pin = PinReference.authentication("hanako");
    COUNTERS.set(pin, 0);
    try {
      assertThat(
              programs
                  .run("pkcs15-tool", "--auth-id", "01", "--pin", "1234", "--verify-pin")
                  .exit())
          .isNotZero();
      CardPort reader = PcscReaders.system().reader(Pcscd.READER);
      try (CardSession session = ((CardOpening.Opened) reader.open()).session()) {
        MynaCard card = ((Recognition.Recognised) MynaCard.recognise(session)).card();
        assertThat(card.pinTries()).isEqualTo(new PinTries.Blocked());
      }
    } finally {
      COUNTERS.set(pin, 3);
    }
  }

  /** With all its drivers OpenSC asks about thirty questions before it comes to this card. */
  @Test
  void questionsForOtherCardsAreAnsweredToo_12() throws Exception {
    Process process = new ProcessBuilder("opensc-tool", "--name").redirectErrorStream(true).start();
    String name = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(name.strip()).endsWith("jpki");
  }

  private static void sign(String slot, String pin, String key, String output) throws Exception {
    Path module = MODULES.stream().filter(Files::exists).findFirst().orElseThrow();
    programs.succeed(
        "pkcs11-tool",
        "--module",
        module.toString(),
        "--slot-index",
        slot,
        "--login",
        "--pin",
        pin,
        "--sign",
        "--id",
        key,
        "-m",
        "SHA256-RSA-PKCS",
        "--input-file",
        "message",
        "--output-file",
        output);
  }

  private static void verified(String key, String signature) throws Exception {
    assertThat(
            programs.succeed(
                "openssl",
                "dgst",
                "-sha256",
                "-verify",
                key + ".pem",
                "-signature",
                signature,
                "message"))
        .contains("Verified OK");
  }

  private static void pem(String name, byte[] key) throws Exception {
    Files.writeString(
        folder.resolve(name + ".pem"),
        Stream.of("-----BEGIN PUBLIC KEY-----", base64(key), "-----END PUBLIC KEY-----", "")
            .collect(Collectors.joining("\n")));
  }

  private static String base64(byte[] bytes) {
    return Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
  }
}
