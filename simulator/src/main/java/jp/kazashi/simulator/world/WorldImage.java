package jp.kazashi.simulator.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import jp.kazashi.simulator.pki.PrivateFile;
import jp.kazashi.simulator.population.Population;

/**
 * A database with one population, saved before anything else was put in, and the time stamp
 * authority that sealed its audit. It is named after what it was made from: people, seed, the
 * maker's version and the migrations of the schema.
 */
final class WorldImage {
  private final Path root;
  private final WorldHome home;
  private final PeopleWanted people;

  WorldImage(Path root, WorldHome home, PeopleWanted people) {
    this.root = root;
    this.home = home;
    this.people = people;
  }

  boolean isThere() {
    return Files.exists(folder());
  }

  /** Data appears under its name only when it is whole. */
  void restore() {
    try {
      EmbeddedPrograms.delete(home.population());
      FolderCopy.copy(folder().resolve("population"), home.population(), any -> true);
      EmbeddedPrograms.delete(home.timeStamps());
      FolderCopy.copy(folder().resolve("timestamps"), home.timeStamps(), any -> true);
      Path part = home.postgres().resolveSibling("postgres.part");
      EmbeddedPrograms.delete(part);
      FolderCopy.copy(folder().resolve("postgres"), part, any -> true);
      flush();
      Files.move(part, home.postgres(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new WorldTrouble(
          "The saved population in %s cannot be used (%s): delete it and start again"
              .formatted(folder(), failed.getMessage()),
          failed);
    }
  }

  /** Returns why it was not saved, where there is a good reason. */
  Optional<String> save(EmbeddedPostgres server) {
    try {
      long needed = sizeOf(home.postgres());
      Files.createDirectories(home.images());
      long free = Files.getFileStore(home.images()).getUsableSpace();
      if (free - needed < needed / 5 + Preflight.NEEDED_BYTES) {
        return Optional.of(
            "it needs %d MB and there are %d MB left"
                .formatted(needed / (1024 * 1024), free / (1024 * 1024)));
      }
      Path part = home.images().resolve(name() + ".part");
      EmbeddedPrograms.delete(part);
      PrivateFile.createFolder(part);
      Path postgres = Files.createDirectory(part.resolve("postgres"));
      Files.copy(
          home.postgres().resolve("passwords.properties"),
          postgres.resolve("passwords.properties"),
          StandardCopyOption.COPY_ATTRIBUTES);
      server.backUp(postgres.resolve("data"));
      FolderCopy.copy(home.population(), part.resolve("population"), any -> true);
      FolderCopy.copy(home.timeStamps(), part.resolve("timestamps"), any -> true);
      flush();
      EmbeddedPrograms.delete(folder());
      Files.move(part, folder(), StandardCopyOption.ATOMIC_MOVE);
      return Optional.empty();
    } catch (IOException | UncheckedIOException | SQLException failed) {
      throw new WorldTrouble(
          "The population could not be saved under %s: %s"
              .formatted(home.images(), failed.getMessage()),
          failed);
    }
  }

  private Path folder() {
    return home.images().resolve(name());
  }

  private String name() {
    return "people-%d-seed-%d-version-%d-schema-%s"
        .formatted(people.count(), people.seed(), Population.VERSION, schema());
  }

  /** Of the gateway that will run on it: its migrations, by names and checksums. */
  private String schema() {
    Path libraries = root.resolve("gateway-service/target/quarkus-app/lib/main");
    try (Stream<Path> files = Files.list(libraries)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List<Path> jars =
          files
              .filter(file -> file.getFileName().toString().matches(".*qualification-db-.*\\.jar"))
              .sorted()
              .toList();
      for (Path jar : jars) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
          zip.stream()
              .filter(entry -> entry.getName().startsWith("db/migration/"))
              .map(entry -> entry.getName() + " " + entry.getCrc() + "\n")
              .sorted()
              .forEach(entry -> digest.update(entry.getBytes(StandardCharsets.UTF_8)));
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (IOException | NoSuchAlgorithmException notBuilt) {
      return "unknown";
    }
  }

  private static long sizeOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** What was copied must survive a power cut as what was written. */
  private static void flush() {
    Tether.run("sync");
  }
}
