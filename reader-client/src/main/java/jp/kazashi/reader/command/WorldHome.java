package jp.kazashi.reader.command;

import java.nio.file.Path;
import java.util.Optional;

/** Where the world of this machine keeps its files. */
final class WorldHome {

  private WorldHome() {}

  /** KAZASHI_HOME, or {@code .kazashi} where the command was started. */
  static Path find() {
    return Optional.ofNullable(System.getProperty("kazashi.home"))
        .or(() -> Optional.ofNullable(System.getenv("KAZASHI_HOME")))
        .filter(home -> !home.isBlank())
        .map(Path::of)
        .orElse(Path.of(".kazashi"));
  }
}
