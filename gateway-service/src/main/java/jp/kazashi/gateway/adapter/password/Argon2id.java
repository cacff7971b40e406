package jp.kazashi.gateway.adapter.password;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.kazashi.gateway.port.HashPasswords;
import jp.kazashi.qualification.staff.PasswordHash;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * RFC 9106, with 19 MiB, two passes and one lane. A hash is checked by its own parameters, as long
 * as they are bearable. Few at a time: each needs its memory.
 */
public final class Argon2id implements HashPasswords, AutoCloseable {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int AT_ONCE = 2;
  private static final int MOST_MEMORY_KIB = 256 * 1024;
  private static final int MOST_PASSES = 16;
  private static final Pattern FORM =
      Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([^$]+)\\$([^$]+)");

  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          AT_ONCE, Thread.ofPlatform().daemon().name("argon2-", 0).factory());
  private final RandomGenerator random;

  public Argon2id(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Uni<PasswordHash> hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return away(() -> {
      byte[] hash = hash(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
      Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
      return new PasswordHash(
          "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
              .formatted(
                  MEMORY_KIB,
                  PASSES,
                  LANES,
                  base64.encodeToString(salt),
                  base64.encodeToString(hash)));
    });
  }

  @Override
  public Uni<Boolean> fits(String password, PasswordHash kept) {
    return away(() -> fitsNow(password, kept));
  }

  private static boolean fitsNow(String password, PasswordHash kept) {
    Matcher form = FORM.matcher(kept.encoded());
    if (!form.matches()) {
      return false;
    }
    int memory = Integer.parseInt(form.group(1));
    int passes = Integer.parseInt(form.group(2));
    int lanes = Integer.parseInt(form.group(3));
    if (memory > MOST_MEMORY_KIB || passes > MOST_PASSES || passes < 1 || lanes < 1) {
      return false;
    }
    byte[] expected = Base64.getDecoder().decode(form.group(5));
    byte[] salt = Base64.getDecoder().decode(form.group(4));
    return MessageDigest.isEqual(
        expected, hash(password, salt, memory, passes, lanes, expected.length));
  }

  private static byte[] hash(
      String password, byte[] salt, int memory, int passes, int lanes, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  /** Off the event loop, and back to where the caller was. */
  private <T> Uni<T> away(Supplier<T> work) {
    return Uni.createFrom()
        .deferred(() -> {
          Context caller = Vertx.currentContext();
          Executor back =
              caller == null ? Runnable::run : go -> caller.runOnContext(on -> go.run());
          return Uni.createFrom().item(work).runSubscriptionOn(workers).emitOn(back);
        });
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
