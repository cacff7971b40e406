package jp.kazashi.simulator.world;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The server programs that came through Maven, unpacked once. A folder is named after the digest of
 * what it was unpacked from and appears by one rename, so half of one is never seen.
 */
public final class EmbeddedPrograms {
  private final Path folder;

  public EmbeddedPrograms(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /** Where {@code ./kazashi} keeps them when the build tells the root; else beside the data. */
  static EmbeddedPrograms besides(Path data) {
    String root = System.getProperty("kazashi.root");
    return new EmbeddedPrograms(
        root == null
            ? data.toAbsolutePath().resolveSibling("programs")
            : Path.of(root, ".kazashi", "programs"));
  }

  /** The folder that holds {@code bin/postgres} and {@code bin/initdb}. */
  Path postgres() {
    Machine machine = Machine.ofThis();
    String resource = "/postgres-%s-%s.txz".formatted(machine.postgresOs(), machine.postgresCpu());
    return unpacked(resource, "postgres", EmbeddedPrograms::untar);
  }

  /** The {@code redis-server} program. */
  Path redis() {
    Machine machine = Machine.ofThis();
    return unpacked(
            machine.redisResource(),
            "redis",
            (stream, target) -> {
              Path program = target.resolve("redis-server");
              Files.copy(stream, program);
              Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            })
        .resolve("redis-server");
  }

  private interface Unpack {
    void into(InputStream stream, Path target) throws IOException;
  }

  private Path unpacked(String resource, String name, Unpack unpack) {
    try {
      Path target = folder.resolve(name + "-" + digest(resource).substring(0, 16));
      if (Files.isDirectory(target)) {
        return target;
      }
      Files.createDirectories(folder);
      Path aside = folder.resolve(target.getFileName() + "." + UUID.randomUUID() + ".part");
      try (InputStream stream = open(resource)) {
        Files.createDirectory(aside);
        unpack.into(stream, aside);
        appear(aside, target);
      } finally {
        delete(aside);
      }
      return target;
    } catch (IOException failed) {
      throw new WorldTrouble(
          "Cannot unpack " + name + " into " + folder + ": " + failed.getMessage() + ".", failed);
    }
  }

  private static void appear(Path aside, Path target) throws IOException {
    try {
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException
        | DirectoryNotEmptyException
        | AtomicMoveNotSupportedException raced) {
      if (!Files.isDirectory(target)) {
        throw raced;
      }
    } catch (IOException raced) {
      // Linux says "directory not empty" when another process was first: its copy is as good.
      if (!Files.isDirectory(target)) {
        throw raced;
      }
    }
  }

  private static void untar(InputStream stream, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(stream)))) {
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("an entry leaves the folder: " + entry.getName());
        }
        place(tar, entry, path);
        entry = tar.getNextEntry();
      }
    }
  }

  private static void place(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, path);
    boolean program = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static String digest(String resource) throws IOException {
    try (InputStream stream = open(resource);
        DigestInputStream digesting =
            new DigestInputStream(stream, MessageDigest.getInstance("SHA-256"))) {
      digesting.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static InputStream open(String resource) {
    InputStream stream = EmbeddedPrograms.class.getResourceAsStream(resource);
    if (stream == null) {
      throw new WorldTrouble(
          "There is no embedded server for this machine ("
              + resource
              + "): start your own and set KAZASHI_DB_URL and KAZASHI_REDIS_URL.");
    }
    return stream;
  }

  /** Removes a folder and all in it; nothing there is fine. */
  public static void delete(Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException failed) {
      throw new WorldTrouble(
          "Cannot delete "
              + folder
              + ": "
              + failed.getMessage()
              + ". End what uses it (./kazashi down), or delete it yourself.",
          failed);
    }
  }

  /** How the two jars call this machine. */
  private record Machine(boolean mac, boolean arm) {
    static Machine ofThis() {
      String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
      String cpu = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
      return new Machine(os.contains("mac"), cpu.equals("aarch64") || cpu.equals("arm64"));
    }

    String postgresOs() {
      return mac ? "darwin" : "linux";
    }

    String postgresCpu() {
      return arm ? "arm_64" : "x86_64";
    }

    String redisResource() {
      if (mac) {
        return arm ? "/redis-server-6.2.6-v5-darwin-arm64" : "/redis-server-6.2.6-v5-darwin-amd64";
      }
      return arm ? "/redis-server-6.2.7-linux-arm64" : "/redis-server-6.2.6-v5-linux-amd64";
    }
  }
}
