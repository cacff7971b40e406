package jp.kazashi.simulator.world;

import java.nio.file.Path;
import java.util.List;
import jp.kazashi.simulator.pki.TimeStampAuthority;

/** The folder of one world, by default {@code .kazashi} at the root. */
public record WorldHome(Path folder) {
  static final String CARD_ISSUERS = "card-issuers.pem";

  public WorldHome {
    folder = folder.toAbsolutePath().normalize();
  }

  Path worldFile() {
    return folder.resolve("world.json");
  }

  Path lock() {
    return folder.resolve("lock");
  }

  Path log(String part) {
    return folder.resolve("logs").resolve(part + ".log");
  }

  Path logs() {
    return folder.resolve("logs");
  }

  Path postgres() {
    return folder.resolve("postgres");
  }

  Path redis() {
    return folder.resolve("redis");
  }

  Path keys() {
    return folder.resolve("keys");
  }

  Path jpki() {
    return folder.resolve("jpki");
  }

  Path timeStamps() {
    return folder.resolve("tsa");
  }

  Path cards() {
    return folder.resolve("cards");
  }

  /** How far a population was loaded. */
  Path population() {
    return folder.resolve("population");
  }

  /** Databases with a population, saved: they outlive a fresh start. */
  Path images() {
    return folder.resolve("images");
  }

  /** Networks that compare faces; a fresh start leaves them. */
  Path faceModels() {
    return folder.resolve("face");
  }

  Path clock() {
    return folder.resolve("clock.json");
  }

  Path programs() {
    return folder.resolve("programs");
  }

  Path classCache(String part) {
    return folder.resolve("classes").resolve(part + ".jsa");
  }

  Path exchange(String which) {
    return folder.resolve("exchange").resolve(which);
  }

  /** The certificates the gateway trusts for cards and phones; the simulator writes it. */
  Path jpkiAnchors() {
    return jpki().resolve("authentication-anchors.pem");
  }

  /** Whom the gateway trusts for time stamps; the simulator writes it. */
  Path timeStampAnchor() {
    return timeStamps().resolve(TimeStampAuthority.ANCHOR);
  }

  /** Whom terminals trust for what is on the face of cards; the simulator writes it. */
  Path cardIssuers() {
    return cards().resolve(CARD_ISSUERS);
  }

  /** What a terminal keeps over its restarts. */
  Path terminal(String part) {
    return folder.resolve(part);
  }

  /** All that a fresh start forgets; programs, class caches and logs are no data. */
  List<Path> data() {
    return List.of(
        worldFile(),
        clock(),
        postgres(),
        redis(),
        keys(),
        jpki(),
        timeStamps(),
        cards(),
        population(),
        terminal("reader"),
        terminal("reader-2"),
        folder.resolve("exchange"));
  }
}
