package jp.kazashi.simulator.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import jp.kazashi.simulator.pki.PrivateFile;

/** World time = real time + one offset, kept in {@code clock.json} across starts. */
public final class WorldClock implements InstantSource {
  /** What a certificate and a database column can hold without a word about eras. */
  private static final Instant EARLIEST = Instant.parse("1970-01-02T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private final InstantSource real;
  private final Path file;
  private volatile Duration offset;

  WorldClock(InstantSource real, Path file) {
    this.real = real;
    this.file = file;
    this.offset = Duration.ofMillis(offsetMillis(file));
  }

  @Override
  public Instant instant() {
    return real.instant().plus(offset);
  }

  long offsetMillis() {
    return offset.toMillis();
  }

  /** Moves the clock and keeps it; the others are told afterwards. */
  synchronized void change(ClockChange change) throws IOException {
    Instant now = real.instant();
    Instant then = change.from(now.plus(offset), now);
    if (then.isBefore(EARLIEST) || then.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "The world's time must stay between " + EARLIEST + " and " + LATEST + ".");
    }
    Duration moved = Duration.ofMillis(Duration.between(now, then).toMillis());
    PrivateFile.write(file, "{\"offsetMillis\":" + moved.toMillis() + "}\n");
    offset = moved;
  }

  /** What the file says; real time where there is none. */
  static long offsetMillis(Path file) {
    try {
      JsonNode offset = Json.tree(Files.readString(file)).path("offsetMillis");
      if (!offset.isIntegralNumber()) {
        throw new WorldTrouble(damaged(file));
      }
      return offset.longValue();
    } catch (NoSuchFileException realTime) {
      return 0;
    } catch (JsonProcessingException half) {
      throw new WorldTrouble(damaged(file), half);
    } catch (IOException failed) {
      throw new WorldTrouble("Cannot read the world clock " + file + ": " + failed, failed);
    }
  }

  private static String damaged(Path file) {
    return "The world clock "
        + file
        + " is damaged: delete it (real time) or write"
        + " {\"offsetMillis\":0} into it.";
  }
}
