package jp.kazashi.gateway.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.eclipse.microprofile.config.Config;

/**
 * What terminals encrypt to while the line is down.
 *
 * @param secrets of which the keys are derived; the first is current, the others still open
 */
public record ReconciliationSettings(List<byte[]> secrets) {
  private static final int SECRET_BYTES = 32;
  private static final byte[] LABEL = "kazashi degraded key".getBytes(StandardCharsets.US_ASCII);

  public ReconciliationSettings {
    secrets = List.copyOf(secrets);
  }

  /** Without a file of its own, from the secret that all nodes share. */
  public static ReconciliationSettings from(Config config, byte[] challengeSecret) {
    Optional<Path> file = config.getOptionalValue("kazashi.degraded-keys", Path.class);
    return new ReconciliationSettings(
        file.map(ReconciliationSettings::read).orElseGet(() -> List.of(derived(challengeSecret))));
  }

  private static List<byte[]> read(Path file) {
    try {
      List<byte[]> secrets = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          secrets.add(Base64.getDecoder().decode(line.strip()));
        }
      }
      if (secrets.isEmpty() || secrets.stream().anyMatch(secret -> secret.length != SECRET_BYTES)) {
        throw new IllegalArgumentException("each line is 32 random bytes in base64");
      }
      return secrets;
    } catch (IOException | IllegalArgumentException e) {
      throw new StartupGuard.Refusal("KAZASHI_DEGRADED_KEYS: " + e.getMessage());
    }
  }

  private static byte[] derived(byte[] challengeSecret) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(challengeSecret)
                  .thenExpand(LABEL, SECRET_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK of this release has HKDF", e);
    }
  }
}
