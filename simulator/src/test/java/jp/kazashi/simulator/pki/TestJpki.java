package jp.kazashi.simulator.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;

/** Simulated JPKIs with keys that were made once: making them takes a second each time. */
public final class TestJpki {
  public static final Instant NOW = Instant.parse("2026-12-01T01:00:00Z");
  public static final SecureRandom RANDOM = new SecureRandom();
  public static final LocalDate LAST_DAY = LocalDate.of(2030, 2, 17);

  private TestJpki() {}

  private static final class Once {
    static final KeyPair HOLDER = KeyPairs.rsa2048(RANDOM);
    static final Path KEYS = make();

    private static Path make() {
      try {
        Path folder = Files.createTempDirectory("jpki");
        SimulatedJpki jpki =
            SimulatedJpki.open(folder, NOW, URI.create("http://unused.invalid/"), RANDOM);
        jpki.authority(Issuer.AUTHENTICATION_3).responder();
        jpki.authority(Issuer.STRANGER).responder();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** One key for all cards here. */
  public static KeyPair holder() {
    return Once.HOLDER;
  }

  /** A JPKI of the test's own in an empty folder, made as of {@link #NOW}. */
  public static SimulatedJpki in(Path folder, URI ocsp) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(Once.KEYS)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return SimulatedJpki.open(folder, NOW, ocsp, RANDOM);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException left) {
      // It is a temporary one.
    }
  }
}
