package jp.kazashi.reader.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.reader.link.PrivateFile;
import jp.kazashi.reader.link.WireJson;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Who may sign in at this terminal while the line is down: whoever the gateway let in here within
 * the last 12 hours, by the same password (design §10). Of a password only an Argon2id hash is
 * kept; too many wrong ones, and it is forgotten until the line is back.
 */
final class LocalSignIn {

  static final Duration LONGEST = Duration.ofHours(12);
  static final int MOST_WRONG = 5;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int KIBIBYTES = 19_456;
  private static final int PASSES = 2;

  private final Optional<Path> file;
  private final InstantSource real;
  private final SecureRandom random;
  private final ObjectMapper json = WireJson.mapper();
  private final Map<String, Known> known = new TreeMap<>();

  LocalSignIn(Optional<Path> file, InstantSource real, SecureRandom random) {
    this.file = file;
    this.real = real;
    this.random = random;
    file.ifPresent(this::load);
  }

  /** Somebody the gateway let in here. */
  private record Known(
      String name, Seat.Right right, Instant at, String salt, String hash, int wrong) {

    Known missed() {
      return new Known(name, right, at, salt, hash, wrong + 1);
    }
  }

  /** Who came in. */
  record Found(String name, Seat.Right right) {}

  /** The gateway let them in. */
  synchronized void remember(String login, String password, String name, Seat.Right right) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    HexFormat hex = HexFormat.of();
    known.put(
        login,
        new Known(
            name,
            right,
            real.instant(),
            hex.formatHex(salt),
            hex.formatHex(hash(password, salt)),
            0));
    save();
  }

  /** The gateway did not let them in: what is known of them is no longer true. */
  synchronized void forget(String login) {
    if (known.remove(login) != null) {
      save();
    }
  }

  synchronized Optional<Found> find(String login, String password) {
    Known account = known.get(login);
    Instant now = real.instant();
    if (account == null
        || account.wrong() >= MOST_WRONG
        || now.isBefore(account.at())
        || !now.isBefore(account.at().plus(LONGEST))) {
      return Optional.empty();
    }
    HexFormat hex = HexFormat.of();
    if (MessageDigest.isEqual(
        hash(password, hex.parseHex(account.salt())), hex.parseHex(account.hash()))) {
      return Optional.of(new Found(account.name(), account.right()));
    }
    known.put(login, account.missed());
    save();
    return Optional.empty();
  }

  private static byte[] hash(String password, byte[] salt) {
    Argon2BytesGenerator argon = new Argon2BytesGenerator();
    argon.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(KIBIBYTES)
            .withIterations(PASSES)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    argon.generateBytes(password.getBytes(UTF_8), hash);
    return hash;
  }

  private void load(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try {
      known.putAll(json.readValue(path.toFile(), new TypeReference<TreeMap<String, Known>>() {}));
    } catch (IOException unreadable) {
      // Then nobody is known, and they sign in when the line is back.
      known.clear();
    }
  }

  private void save() {
    file.ifPresent(path -> {
      try {
        PrivateFile.replace(path, json.writeValueAsString(known));
      } catch (IOException unwritable) {
        // Known until this program ends; the self-test shows the disk.
      }
    });
  }
}
