package jp.kazashi.simulator.world;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * One world a folder. The kernel holds the lock, so it is gone with its holder however that ends;
 * the holder's process id is written in it.
 */
final class WorldLock implements AutoCloseable {
  private final FileChannel channel;

  private WorldLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Empty where another world has it. */
  static Optional<WorldLock> take(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      FileChannel channel = open(file);
      Optional<FileLock> lock = tryLock(channel);
      if (lock.isEmpty()) {
        channel.close();
        return Optional.empty();
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
          0);
      return Optional.of(new WorldLock(channel));
    } catch (IOException failed) {
      throw new WorldTrouble(
          "Cannot write "
              + file
              + ": "
              + failed.getMessage()
              + ". Make the folder writable, or set"
              + " KAZASHI_HOME to one that is.",
          failed);
    }
  }

  /** The supervisor of the world that runs here; empty where none does. */
  static Optional<Long> holder(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = open(file)) {
      if (tryLock(channel).isPresent()) {
        return Optional.empty();
      }
      String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
      // Between lock and pid there is a moment: then it runs, and who is not yet known.
      return Optional.of(text.matches("\\d{1,18}") ? Long.parseLong(text) : 0L);
    } catch (IOException failed) {
      throw new WorldTrouble(
          "Cannot read " + file + ": " + failed.getMessage() + ". Start as the user it belongs to.",
          failed);
    }
  }

  @Override
  public void close() {
    try {
      channel.truncate(0);
      channel.close();
    } catch (IOException gone) {
      throw new WorldTrouble("Cannot let go of the world's lock: " + gone.getMessage(), gone);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException inThisProcess) {
      return Optional.empty();
    }
  }
}
