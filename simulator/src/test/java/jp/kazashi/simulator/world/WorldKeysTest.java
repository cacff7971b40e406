package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

  @TempDir Path folder;
  private WorldKeys keys;

  @BeforeEach
  void make() {
    keys = WorldKeys.of(folder.resolve("keys"), "1312345670", NOW);
  }

  @Test
  void everyRoleHasItsNameItsRoleAndItsInstitutionInItsCertificate() throws Exception {
    assertThat(subject("READER")).isEqualTo("CN=kiosk-1,OU=READER,O=1312345670");
    assertThat(subject("VIEWER")).isEqualTo("CN=desk-1,OU=VIEWER,O=1312345670");
    assertThat(subject("RECEIPT")).isEqualTo("CN=receipt-1,OU=RECEIPT,O=1312345670");
    assertThat(subject("OPERATOR")).isEqualTo("CN=operator-1,OU=OPERATOR,O=1312345670");
    assertThat(subject("INSURER"))
        .isEqualTo("CN=system-1,OU=INSURER,O=" + Insurer.SOCIETY.number());
    for (Insurer insurer : Insurer.values()) {
      assertThat(keys.payerIdentity(insurer.number(), NOW)).isNotNull();
    }
  }

  @Test
  void theSecondStartFindsTheSameKeys() {
    assertThat(WorldKeys.of(folder.resolve("keys"), "1312345670", NOW)).isEqualTo(keys);
  }

  @Test
  void nothingInTheFolderIsForOthersEyes() throws Exception {
    assertThat(Files.getPosixFilePermissions(folder.resolve("keys")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    try (var files = Files.list(folder.resolve("keys"))) {
      for (Path file : files.toList()) {
        assertThat(Files.getPosixFilePermissions(file))
            .as(file.toString())
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
    }
  }

  @Test
  void damagedKeysAreSaidWithTheNextStep() throws Exception {
    Files.writeString(folder.resolve("keys/transport-ca.pem"), "-----BEGIN");
    assertThatThrownBy(() -> WorldKeys.of(folder.resolve("keys"), "1312345670", NOW))
        .isInstanceOf(WorldTrouble.class)
        .hasMessageContaining("--fresh");
  }

  @Test
  void secretsDoNotAppearWhenKeysArePrinted() {
    assertThat(keys.toString())
        .doesNotContain(keys.trust().password(), keys.control(), keys.challengeSecret());
  }

  private String subject(String role) throws Exception {
    WorldFile.KeyStoreFiles files =
        Map.copyOf(keys.roles()).entrySet().stream()
            .filter(entry -> entry.getKey().equals(role))
            .findFirst()
            .orElseThrow()
            .getValue();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Path.of(files.pkcs12()))) {
      store.load(in, files.password().toCharArray());
    }
    X509Certificate certificate =
        (X509Certificate) store.getCertificate(store.aliases().nextElement());
    return certificate.getSubjectX500Principal().getName();
  }
}
